"""A preview of planned messages: to whom, what, when, and why or why not. It only reads."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from heapq import nsmallest

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Beat, Checkin, Notification, NotificationState, Person, RhythmInForce, Silence
from bot.packs import Packs
from bot.services import notifications, pauses, people, rhythms
from bot.services.nudges import audiences, rollout, slots
from bot.services.nudges.rules import rule
from bot.services.nudges.slots import Slot, Where

WAITING = "waiting"
NOT_IN_SLACK = "not_in_slack"
ANSWERED = "answered"
AT_ONCE = 500  # people looked up together, with the keys of two months for each of them


@dataclass(frozen=True, slots=True)
class PlannedNudge:
    """`state` and `reason` come from the ledger if it has them; else they say what will happen.

    If a planned message has a reason, that is why it comes later. `rule` says why it is planned at all.
    """

    person_id: int
    name: str
    email: str | None
    kind: str
    due_at: datetime
    timezone: str
    state: str
    reason: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The first planned messages, and the number of all."""

    nudges: Sequence[PlannedNudge]
    total: int


@dataclass(frozen=True, slots=True)
class Span:
    """The period of the preview, and the start of the check-in."""

    at: datetime
    until: datetime
    started_at: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """The database's facts about a few people."""

    rhythms: Mapping[int, RhythmInForce]
    managers: frozenset[int]
    silences: Mapping[int, Silence]
    written: frozenset[tuple[int, date]]


Outcome = tuple[datetime, str, str | None]  # when, state, reason


async def preview(
    session: AsyncSession,
    *,
    at: datetime,
    days: int,
    person: Person | None = None,
    packs: Packs,
    limit: int | None = None,
) -> Preview:
    """The messages due in the `days` from `at` on, in order, and at most `limit` of them.

    A person asked for by name is shown even if nothing can reach them, with the reason.
    """
    span = Span(at, at + timedelta(days=days), await rollout.started_at(session))
    first: list[PlannedNudge] = []
    total = 0
    async for some in _in_parts(session, person):
        found = await _of(session, some, span, packs)
        total += len(found)
        first = nsmallest(limit or total, first + found, key=lambda one: (one.due_at, one.name, one.kind))
    return Preview(first, total)


async def _in_parts(session: AsyncSession, person: Person | None) -> AsyncIterator[Sequence[Person]]:
    if person is not None:
        yield [person]
        return
    last = 0
    while True:
        following = select(Person).where(*audiences.REACHABLE, Person.id > last).order_by(Person.id)
        some = (await session.scalars(following.limit(AT_ONCE))).all()
        if not some:
            return
        yield some
        last = some[-1].id


async def _of(
    session: AsyncSession, persons: Sequence[Person], span: Span, packs: Packs
) -> list[PlannedNudge]:
    known = await _known(session, persons, span, packs)
    due = [(person, slot) for person in persons for slot in _slots(person, known, span)]
    ledger = await _ledger(session, [slot.key(person.id) for person, slot in due])
    shown = []
    for person, slot in due:
        row = ledger.get(slot.key(person.id))
        at, state, reason = _outcome(person, slot, row, known, span)
        if span.at <= at < span.until:
            rhythm = known.rhythms[person.id]
            zone = clock.zone(person.timezone).key
            shown.append(
                PlannedNudge(
                    person.id,
                    person.name,
                    person.email,
                    slot.kind.name,
                    at,
                    zone,
                    state,
                    reason,
                    rule(slot.kind, rhythm),
                )
            )
    return shown


async def _known(session: AsyncSession, persons: Sequence[Person], span: Span, packs: Packs) -> Known:
    ids = [person.id for person in persons]
    oldest = clock.week_of(span.at.date()) - timedelta(weeks=2)
    written = await session.execute(
        select(Checkin.person_id, Checkin.week).where(Checkin.person_id.in_(ids), Checkin.week >= oldest)
    )
    return Known(
        rhythms=await rhythms.rhythms_of(session, persons, packs),
        managers=frozenset(await session.scalars(audiences.managers(range(min(ids), max(ids) + 1)))),
        silences=await pauses.silence_of(session, persons, span.at),
        written=frozenset((person_id, week) for person_id, week in written),
    )


async def _ledger(session: AsyncSession, keys: Sequence[str]) -> dict[str, Notification]:
    rows: list[Notification] = []
    for some in people.chunked(keys):
        rows += await session.scalars(select(Notification).where(Notification.key.in_(some)))
    return {row.key: row for row in rows}


def _slots(person: Person, known: Known, span: Span) -> Iterator[Slot]:
    where = Where(person.timezone or "", person.country or "")
    due = [*_asked(where, known.rhythms[person.id].beat, span.at, span.until), _welcome(where, span.at)]
    if person.id in known.managers:
        due += _managing(where, span.at, span.until)
    yield from (slot for slot in due if not slot.is_void(span.started_at))


# Slots are the same for all who share place and rhythm, and take half of a large preview's time if computed for each.


@lru_cache(maxsize=1_024)
def _asked(where: Where, beat: Beat, since: datetime, until: datetime) -> tuple[Slot, ...]:
    return tuple(slots.asked(where, beat, since, until))


@lru_cache(maxsize=1_024)
def _managing(where: Where, since: datetime, until: datetime) -> tuple[Slot, ...]:
    return tuple(slots.managing(where, since, until))


@lru_cache(maxsize=1_024)
def _welcome(where: Where, now: datetime) -> Slot:
    return slots.welcome(where, now)


def _outcome(person: Person, slot: Slot, row: Notification | None, known: Known, span: Span) -> Outcome:
    if row is not None and row.state != NotificationState.PLANNED:
        return row.due_at, row.state, notifications.shown(row.state, row.reason)
    due_at = row.due_at if row else slot.due_at(person.id)
    if reason := _why_not(person, slot, known):
        return due_at, NotificationState.SKIPPED, reason
    if span.started_at is None:
        return due_at, WAITING, rollout.NOT_STARTED
    return _after_silence(person, slot, due_at, known.silences.get(person.id))


def _why_not(person: Person, slot: Slot, known: Known) -> str | None:
    if not person.is_active:
        return audiences.INACTIVE
    if person.slack_user_id is None:
        return NOT_IN_SLACK
    if slot.asks_for and (person.id, slot.asks_for) in known.written:
        return ANSWERED
    return slot.reason


def _after_silence(person: Person, slot: Slot, due_at: datetime, silence: Silence | None) -> Outcome:
    """The courier's rule: silence moves a message to the first open hour after it, or cancels it."""
    if silence is None or (silence.until is not None and silence.until <= due_at):
        return due_at, NotificationState.PLANNED, None
    if silence.until is None:
        return due_at, NotificationState.SKIPPED, silence.reason
    later = clock.next_open(silence.until, person.timezone, person.country)
    if slot.expires_at is not None and later >= slot.expires_at:
        return due_at, NotificationState.SKIPPED, silence.reason
    return later, NotificationState.PLANNED, silence.reason
