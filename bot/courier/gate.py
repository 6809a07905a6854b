"""The gate: whether a notification that is due may be said now, asked at the last moment.

Only what comes unasked is questioned. An answer to the person's own doing goes out at once, and a post when its turn
has come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Notification, Person
from bot.services import awards, checkins, notifications, nudges, pauses
from bot.services.awards.kinds import POSTED as AWARD_POSTED
from bot.services.notifications import Budget
from bot.services.nudges.kinds import KUDOS_RECEIVED, NUDGE, PLANNED, REMINDER, UNASKED

SNOOZED = "snoozed"
UNTIL_FURTHER_NOTIFICATION = timedelta(days=1)  # an absence without an end is looked at again every day


@dataclass(frozen=True, slots=True)
class Over:
    """Not to be said any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Join:
    """This person has had today's message: say it inside that one, which pings nobody."""

    carrier: Notification


Verdict = Over | Wait | Join | None

NOBODY: Mapping[int, datetime] = {}


async def verdict(
    session: AsyncSession,
    notification: Notification,
    recipient: Person,
    *,
    now: datetime,
    undisturbed: Mapping[int, datetime] = NOBODY,
    beside: Notification | None = None,
) -> Verdict:
    """None: say it. `undisturbed`: person id → until when Slack's Do Not Disturb lasts. `beside`: in whose message."""
    if notification.kind not in UNASKED:
        return await _receiver_first(session, notification, now)
    return (
        _not_wanted(notification)
        or await _answered(session, notification, recipient)
        or await _needless(session, notification, recipient, now)
        or await _stopped(session, notification)
        or await _silent(session, notification, recipient, now)
        or _do_not_disturb(notification, recipient, now, undisturbed)
        or _outside_hours(notification, recipient, now)
        or await _over_budget(session, notification, recipient, now, beside or notification)
    )


async def _receiver_first(session: AsyncSession, notification: Notification, now: datetime) -> Verdict:
    """An award is its receiver's to know before any channel's, however long Slack keeps us from telling them."""
    if notification.kind != AWARD_POSTED:
        return None
    waits = await awards.receiver_waits(session, notification.subject["announcement"])
    return Wait(now + awards.LEAD, "receiver_first") if waits else None


def _not_wanted(notification: Notification) -> Verdict:
    """ "Not this week" was pressed while nobody knew yet whether it had arrived."""
    unwanted = notification.kind in (NUDGE, REMINDER) and notification.reason == notifications.NOT_THIS_WEEK
    return Over(notifications.NOT_THIS_WEEK) if unwanted else None


async def _answered(session: AsyncSession, notification: Notification, recipient: Person) -> Verdict:
    if notification.kind not in (NUDGE, REMINDER):
        return None
    week = date.fromisoformat(notification.subject["week"])
    return Over("answered") if await checkins.written(session, recipient, week) else None


async def _needless(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Verdict:
    """A reminder beside a nudge that had to wait until the same morning, or after "not this week"."""
    if notification.kind != REMINDER:
        return None
    week = date.fromisoformat(notification.subject["week"])
    reason = await nudges.needless(session, recipient, week, now)
    return Over(reason) if reason else None


async def _stopped(session: AsyncSession, notification: Notification) -> Verdict:
    if notification.kind not in PLANNED or await nudges.started_at(session):
        return None
    return Over("rollout_off")


async def _silent(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Verdict:
    silence = (await pauses.silence_of(session, [recipient], now)).get(recipient.id)
    if silence is None:
        return None
    until = silence.until or now + UNTIL_FURTHER_NOTIFICATION
    return _later(notification, recipient, max(now, until), silence.reason)


def _do_not_disturb(
    notification: Notification, recipient: Person, now: datetime, undisturbed: Mapping[int, datetime]
) -> Verdict:
    until = undisturbed.get(recipient.id)
    if until is None or until <= now:
        return None
    return _later(notification, recipient, until, "do_not_disturb")


def _outside_hours(notification: Notification, recipient: Person, now: datetime) -> Verdict:
    """Whether the clock makes us say it or a colleague's deed: it keeps the reader's office hours."""
    if clock.is_open(now, recipient.timezone, recipient.country):
        return None
    today = clock.local(now, recipient.timezone).date()
    working = clock.is_working_day(today, recipient.country)
    return _later(notification, recipient, now, "quiet_hours" if working else "day_off")


async def _over_budget(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime, in_hand: Notification
) -> Verdict:
    if notification.reason == SNOOZED:  # asked for
        return None
    if until := await notifications.in_doubt_until(session, recipient, notification, in_hand, kinds=UNASKED):
        return Wait(max(now, until), "in_doubt")
    budget = await notifications.budget_of(session, recipient, kinds=UNASKED, now=now)
    if budget.todays is not None:
        return Join(budget.todays)
    if budget.allows_another:
        return await _leaves_room(session, notification, recipient, now, budget)
    full_week = budget.this_week >= notifications.A_WEEK
    begins_anew = notifications.next_week if full_week else notifications.next_day
    return _later(notification, recipient, begins_anew(now, recipient), "budget")


async def _leaves_room(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime, budget: Budget
) -> Verdict:
    """Thanks are welcome at any hour: they take neither the day of the week's question nor the week's last message."""
    if notification.kind != KUDOS_RECEIVED:
        return None
    asked_at = await nudges.asks_at(session, recipient, now)
    week = clock.week_of(clock.local(now, recipient.timezone).date())
    if asked_at is None or await checkins.written(session, recipient, week):
        return None
    is_today = asked_at < notifications.next_day(now, recipient)
    is_last = budget.this_week >= notifications.A_WEEK - 1
    return _later(notification, recipient, asked_at, "nudge_first") if is_today or is_last else None


def _later(notification: Notification, recipient: Person, until: datetime, reason: str) -> Over | Wait:
    """At the first open hour after that, if it is of use then."""
    opens = clock.next_open(until, recipient.timezone, recipient.country)
    if notification.expires_at is not None and opens >= notification.expires_at:
        return Over(reason)
    return Wait(opens, reason)
