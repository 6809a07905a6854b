"""The gate decides at the last moment whether a notification that is due may be sent.

Its kind is asked first whether it is over. Then, for kinds with a rank, the reader's pauses, hours and budget count.
Kinds without a rank go out at once: an answer to something the person did, and a post whose turn has come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Notification, Person
from bot.services import notifications, pauses
from bot.services.notifications import Budget, ComesAt, Kind, Over, Rank, Wait

SNOOZED = "snoozed"
UNTIL_KNOWN = timedelta(days=1)  # an absence without an end is looked at again every day


@dataclass(frozen=True, slots=True)
class Join:
    """This person has had today's message: the notification joins it, which pings nobody."""

    carrier: Notification


Verdict = Over | Wait | Join | None

NOBODY: Mapping[int, datetime] = {}


async def verdict(
    session: AsyncSession,
    notification: Notification,
    kind: Kind,
    recipient: Person,
    *,
    now: datetime,
    undisturbed: Mapping[int, datetime] = NOBODY,
    beside: Notification | None = None,
    own_questions: Sequence[ComesAt] = (),
) -> Verdict:
    """The result is None if the notification may be sent. `undisturbed` maps a person's id to the end of their Do Not
    Disturb in Slack. `beside` is the notification whose message this one would join. `own_questions` say when the
    reader's own regular questions come, which thanks leave room for.
    """
    if kind.over and (said_by_kind := await kind.over(session, notification, recipient, now)):
        return said_by_kind
    if kind.rank is None:
        return None
    leaves_room_for = own_questions if kind.rank is Rank.THANKS else ()
    return (
        await _silent(session, notification, recipient, now)
        or _do_not_disturb(notification, recipient, now, undisturbed)
        or _outside_hours(notification, recipient, now)
        or await _over_budget(session, notification, recipient, now, beside or notification, leaves_room_for)
    )


async def _silent(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Verdict:
    silence = (await pauses.silence_of(session, [recipient], now)).get(recipient.id)
    if silence is None:
        return None
    until = silence.until or now + UNTIL_KNOWN
    return _later(notification, recipient, max(now, until), silence.reason)


def _do_not_disturb(
    notification: Notification, recipient: Person, now: datetime, undisturbed: Mapping[int, datetime]
) -> Verdict:
    until = undisturbed.get(recipient.id)
    if until is None or until <= now:
        return None
    return _later(notification, recipient, until, "do_not_disturb")


def _outside_hours(notification: Notification, recipient: Person, now: datetime) -> Verdict:
    """Unasked messages keep the reader's office hours, whether a date or a colleague's action causes them."""
    if clock.is_open(now, recipient.timezone, recipient.country):
        return None
    today = clock.local(now, recipient.timezone).date()
    working = clock.is_working_day(today, recipient.country)
    return _later(notification, recipient, now, "quiet_hours" if working else "day_off")


async def _over_budget(
    session: AsyncSession,
    notification: Notification,
    recipient: Person,
    now: datetime,
    in_hand: Notification,
    leaves_room_for: Sequence[ComesAt],
) -> Verdict:
    if notification.reason == SNOOZED:  # the reader asked for this time
        return None
    if until := await notifications.in_doubt_until(session, recipient, notification, in_hand):
        return Wait(max(now, until), "in_doubt")
    budget = await notifications.budget_of(session, recipient, now=now)
    if budget.todays is not None:
        return Join(budget.todays)
    if budget.allows_another:
        return await _leaves_room(session, notification, recipient, now, budget, leaves_room_for)
    full_week = budget.this_week >= notifications.A_WEEK
    begins_anew = notifications.next_week if full_week else notifications.next_day
    return _later(notification, recipient, begins_anew(now, recipient), "budget")


async def _leaves_room(
    session: AsyncSession,
    notification: Notification,
    recipient: Person,
    now: datetime,
    budget: Budget,
    questions: Sequence[ComesAt],
) -> Verdict:
    """Thanks can come any day, so they leave the weekly question its day and other messages the last one of a week."""
    times = [await comes_at(session, recipient, now) for comes_at in questions]
    asked_at = min(filter(None, times), default=None)
    if asked_at is None:
        return None
    is_today = asked_at < notifications.next_day(now, recipient)
    is_last = budget.this_week >= notifications.A_WEEK - 1
    return _later(notification, recipient, asked_at, "nudge_first") if is_today or is_last else None


def _later(notification: Notification, recipient: Person, until: datetime, reason: str) -> Over | Wait:
    """The notification waits for the next open hour after `until`; if it has expired by then, it is over."""
    opens = clock.next_open(until, recipient.timezone, recipient.country)
    if notification.expires_at is not None and opens >= notification.expires_at:
        return Over(reason)
    return Wait(opens, reason)
