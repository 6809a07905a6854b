"""The gate: whether a notice that is due may be said now, asked at the last moment.

Only what comes unasked is questioned. An answer to the person's own doing goes out at once, and a post when its turn
has come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Notice, Person
from bot.services import awards, checkins, notices, nudges, pauses
from bot.services.awards.kinds import POSTED as AWARD_POSTED
from bot.services.notices import Budget
from bot.services.nudges.kinds import KUDOS_RECEIVED, NUDGE, PLANNED, REMINDER, UNASKED

SNOOZED = "snoozed"
UNTIL_FURTHER_NOTICE = timedelta(days=1)  # an absence without an end is looked at again every day


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

    carrier: Notice


Verdict = Over | Wait | Join | None

NOBODY: Mapping[int, datetime] = {}


async def verdict(
    session: AsyncSession,
    notice: Notice,
    recipient: Person,
    *,
    now: datetime,
    undisturbed: Mapping[int, datetime] = NOBODY,
    beside: Notice | None = None,
) -> Verdict:
    """None: say it. `undisturbed`: person id → until when Slack's Do Not Disturb lasts. `beside`: in whose message."""
    if notice.kind not in UNASKED:
        return await _receiver_first(session, notice, now)
    return (
        _not_wanted(notice)
        or await _answered(session, notice, recipient)
        or await _needless(session, notice, recipient, now)
        or await _stopped(session, notice)
        or await _silent(session, notice, recipient, now)
        or _do_not_disturb(notice, recipient, now, undisturbed)
        or _outside_hours(notice, recipient, now)
        or await _over_budget(session, notice, recipient, now, beside or notice)
    )


async def _receiver_first(session: AsyncSession, notice: Notice, now: datetime) -> Verdict:
    """An award is its receiver's to know before any channel's, however long Slack keeps us from telling them."""
    if notice.kind != AWARD_POSTED:
        return None
    waits = await awards.receiver_waits(session, notice.subject["announcement"])
    return Wait(now + awards.LEAD, "receiver_first") if waits else None


def _not_wanted(notice: Notice) -> Verdict:
    """ "Not this week" was pressed while nobody knew yet whether it had arrived."""
    unwanted = notice.kind in (NUDGE, REMINDER) and notice.reason == notices.NOT_THIS_WEEK
    return Over(notices.NOT_THIS_WEEK) if unwanted else None


async def _answered(session: AsyncSession, notice: Notice, recipient: Person) -> Verdict:
    if notice.kind not in (NUDGE, REMINDER):
        return None
    week = date.fromisoformat(notice.subject["week"])
    return Over("answered") if await checkins.written(session, recipient, week) else None


async def _needless(session: AsyncSession, notice: Notice, recipient: Person, now: datetime) -> Verdict:
    """A reminder beside a nudge that had to wait until the same morning, or after "not this week"."""
    if notice.kind != REMINDER:
        return None
    week = date.fromisoformat(notice.subject["week"])
    reason = await nudges.needless(session, recipient, week, now)
    return Over(reason) if reason else None


async def _stopped(session: AsyncSession, notice: Notice) -> Verdict:
    if notice.kind not in PLANNED or await nudges.started_at(session):
        return None
    return Over("programme_off")


async def _silent(session: AsyncSession, notice: Notice, recipient: Person, now: datetime) -> Verdict:
    silence = (await pauses.silence_of(session, [recipient], now)).get(recipient.id)
    if silence is None:
        return None
    until = silence.until or now + UNTIL_FURTHER_NOTICE
    return _later(notice, recipient, max(now, until), silence.reason)


def _do_not_disturb(
    notice: Notice, recipient: Person, now: datetime, undisturbed: Mapping[int, datetime]
) -> Verdict:
    until = undisturbed.get(recipient.id)
    if until is None or until <= now:
        return None
    return _later(notice, recipient, until, "do_not_disturb")


def _outside_hours(notice: Notice, recipient: Person, now: datetime) -> Verdict:
    """Whether the clock makes us say it or a colleague's deed: it keeps the reader's office hours."""
    if clock.is_open(now, recipient.timezone, recipient.country):
        return None
    today = clock.local(now, recipient.timezone).date()
    working = clock.is_working_day(today, recipient.country)
    return _later(notice, recipient, now, "quiet_hours" if working else "day_off")


async def _over_budget(
    session: AsyncSession, notice: Notice, recipient: Person, now: datetime, in_hand: Notice
) -> Verdict:
    if notice.reason == SNOOZED:  # asked for
        return None
    if until := await notices.in_doubt_until(session, recipient, notice, in_hand, kinds=UNASKED):
        return Wait(max(now, until), "in_doubt")
    budget = await notices.budget_of(session, recipient, kinds=UNASKED, now=now)
    if budget.todays is not None:
        return Join(budget.todays)
    if budget.allows_another:
        return await _leaves_room(session, notice, recipient, now, budget)
    full_week = budget.this_week >= notices.A_WEEK
    begins_anew = notices.next_week if full_week else notices.next_day
    return _later(notice, recipient, begins_anew(now, recipient), "budget")


async def _leaves_room(
    session: AsyncSession, notice: Notice, recipient: Person, now: datetime, budget: Budget
) -> Verdict:
    """Thanks are welcome at any hour: they take neither the day of the week's question nor the week's last message."""
    if notice.kind != KUDOS_RECEIVED:
        return None
    asked_at = await nudges.asks_at(session, recipient, now)
    week = clock.week_of(clock.local(now, recipient.timezone).date())
    if asked_at is None or await checkins.written(session, recipient, week):
        return None
    is_today = asked_at < notices.next_day(now, recipient)
    is_last = budget.this_week >= notices.A_WEEK - 1
    return _later(notice, recipient, asked_at, "nudge_first") if is_today or is_last else None


def _later(notice: Notice, recipient: Person, until: datetime, reason: str) -> Over | Wait:
    """At the first open hour after that, if it is of use then."""
    opens = clock.next_open(until, recipient.timezone, recipient.country)
    if notice.expires_at is not None and opens >= notice.expires_at:
        return Over(reason)
    return Wait(opens, reason)
