"""The gate decides at the last moment whether a notification that is due may be sent.

Its kind is asked first whether it is over. Then the reader's pauses and hours count, for every message to a person.
Only a direct answer to what the reader did half an hour ago or less goes out at once, like a post whose turn has come.
News and thanks keep the budget, too: the reader's own question and what waits for them are never displaced by others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Notification, Person
from bot.services import notifications, pauses
from bot.services.notifications import Budget, ComesAt, Kind, Over, Rank, Wait

UNTIL_KNOWN = timedelta(days=1)  # an absence without an end is looked at again every day
STILL_THERE = timedelta(minutes=30)  # whoever did something so shortly ago reads the answer at once


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
    Disturb in Slack. `beside` is the notification that is being sent and whose message can say this one as well, which
    costs no further message. `own_questions` say when the reader's own regular questions come, which news and thanks
    leave room for.
    """
    if kind.over and (said_by_kind := await kind.over(session, notification, recipient, now)):
        return said_by_kind
    if kind.rank is None or _is_still_there(notification, now):
        return None
    silence = (
        await _silent(session, notification, recipient, now)
        or _do_not_disturb(notification, recipient, now, undisturbed)
        or _outside_hours(notification, recipient, now)
    )
    if silence or kind.rank <= Rank.WAITS or beside:
        return silence
    return await _over_budget(session, notification, recipient, now, own_questions)


def _is_still_there(notification: Notification, now: datetime) -> bool:
    return notification.answers_at is not None and now - notification.answers_at <= STILL_THERE


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
    own_questions: Sequence[ComesAt],
) -> Verdict:
    if notification.reason == notifications.SNOOZED:  # the reader asked for this time
        return None
    if until := await notifications.in_doubt_until(session, recipient, notification):
        return Wait(max(now, until), "in_doubt")
    budget = await notifications.budget_of(session, recipient, now=now)
    if budget.todays is not None:
        return Join(budget.todays)
    if budget.allows_another:
        return await _leaves_room(session, notification, recipient, now, budget, own_questions)
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
    """News and thanks can come any day: the reader's own question keeps its day and the last place of the week."""
    times = [await comes_at(session, recipient, now) for comes_at in questions]
    times.append(await notifications.own_planned_at(session, recipient, now))
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
