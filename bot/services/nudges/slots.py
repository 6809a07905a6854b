"""A slot is the due time of a message, shared by all people with the same zone, country and rhythm. Pure
functions that know no person.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot import clock
from bot.models import Beat
from bot.services.notifications import Kind
from bot.services.nudges.kinds import DIGEST, NUDGE, REMINDER, WELCOME, key

WEEK = timedelta(weeks=1)
DAYS_BACK_TO_FRIDAY = timedelta(days=3)  # from the Monday after
KEPT = 10_000  # slots worked out once, since planning asks for the same ones all week
WELCOME_CLOSES = 17 * 60  # a first message should not meet somebody about to go home

HOLIDAY = "holiday"  # the rest of the week is off
OFF_WEEK = "off_week"  # every two or four weeks, and this is not one of them
TOO_LATE = "too_late"  # no working morning before the week closes


class Where(NamedTuple):
    """Zone and country as the directory has them, even if they are wrong; empty if there are none."""

    timezone: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """`week` is the one in the key: the check-in's, or that of a digest's own day. A slot with a `reason` is
    not sent.

    `follows`: when the question was due that this message repeats or sums up.
    """

    kind: Kind
    where: Where
    week: date | None
    day: date
    opens_at: datetime
    window: timedelta
    expires_at: datetime | None
    reason: str | None = None
    follows: datetime | None = None

    def due_at(self, person_id: int) -> datetime:
        """The same arithmetic that the database uses for everybody at once."""
        seconds = clock.spread(person_id, self.week or self.day, self.seconds)
        return self.opens_at + timedelta(seconds=seconds)

    def key(self, person_id: int) -> str:
        return key(self.kind, person_id, self.week)

    def is_void(self, started_at: datetime | None) -> bool:
        """True if nobody was asked about that week, because the check-in had not been started."""
        return self.follows is not None and started_at is not None and self.follows <= started_at

    @property
    def asks_for(self) -> date | None:
        """A check-in about this week makes the message needless."""
        return self.week if self.kind in (NUDGE, REMINDER) else None

    @property
    def seconds(self) -> int:
        return self.window // timedelta(seconds=1)


def asked(where: Where, beat: Beat, since: datetime, until: datetime) -> Iterator[Slot]:
    """Nudges and reminders of every week that is not over by `since` and has begun by `until`."""
    for week in _weeks(where, since, until):
        yield from _asked_in(week, where, beat)


def managing(where: Where, since: datetime, until: datetime) -> Iterator[Slot]:
    """The digest of the week before comes on Monday, or on the next working day."""
    for week in _weeks(where, since, until):
        yield _digest(week, where)


def welcome(where: Where, now: datetime) -> Slot:
    """A welcome comes at the next open hour of a working day, and is never too late."""
    opens_at = clock.next_open(
        now.replace(microsecond=0), where.timezone, where.country, opens=clock.MORNING, closes=WELCOME_CLOSES
    )
    day = clock.local(opens_at, where.timezone).date()
    ends = clock.due_at(day, clock.CLOSES, where.timezone)
    return Slot(
        kind=WELCOME,
        where=where,
        week=None,
        day=day,
        opens_at=opens_at,
        window=min(ends - opens_at, timedelta(minutes=clock.WINDOW)),
        expires_at=None,
    )


def _weeks(where: Where, since: datetime, until: datetime) -> Iterator[date]:
    """From the week before `since` (its check-in may still be open) to the week of `until`."""
    week = clock.week_of(clock.local(since, where.timezone).date()) - WEEK
    last = clock.local(until, where.timezone).date()
    while week <= last:
        yield week
        week += WEEK


@lru_cache(maxsize=KEPT)
def _asked_in(week: date, where: Where, beat: Beat) -> tuple[Slot, Slot]:
    nudge = _nudge(week, where, beat)
    return nudge, _reminder(week, where, nudge)


def _nudge(week: date, where: Where, beat: Beat) -> Slot:
    chosen = week + timedelta(days=beat.weekday)
    day = clock.working_day_in_week(chosen, where.country)
    nudge = _slot(NUDGE, where, week, day or chosen, beat.minute)
    if not clock.is_asked_in(week, beat.every_weeks):
        return replace(nudge, reason=OFF_WEEK)
    return nudge if day else replace(nudge, reason=HOLIDAY)


def _reminder(week: date, where: Where, nudge: Slot) -> Slot:
    morning = clock.next_working_day(nudge.day, where.country)
    reminder = _slot(REMINDER, where, week, morning, clock.MORNING)
    in_time = reminder.opens_at + reminder.window <= clock.closes_at(week, where.timezone)
    reason = nudge.reason or (None if in_time else TOO_LATE)
    return replace(reminder, reason=reason, follows=nudge.opens_at)


@lru_cache(maxsize=KEPT)
def _digest(week: date, where: Where) -> Slot:
    day = clock.working_day_in_week(week, where.country)
    ends = clock.due_at(week + timedelta(days=clock.SATURDAY), clock.FIRST_MINUTE, where.timezone)
    digest = _slot(DIGEST, where, week, day or week, clock.MORNING)
    last_asked = clock.due_at(week - DAYS_BACK_TO_FRIDAY, clock.CLOSES, where.timezone)
    return replace(digest, expires_at=ends, reason=None if day else HOLIDAY, follows=last_asked)


def _slot(kind: Kind, where: Where, week: date, day: date, minute: int) -> Slot:
    return Slot(
        kind=kind,
        where=where,
        week=week,
        day=day,
        opens_at=clock.due_at(day, minute, where.timezone),
        window=clock.window(day, minute, where.timezone),
        expires_at=clock.closes_at(week, where.timezone),
    )
