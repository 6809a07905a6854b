"""Silence: pauses that people asked for, and absences that Slack shows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.errors import Invalid
from bot.models import Pause, PauseInForce, Person, Silence
from bot.services import people

LONGEST = timedelta(days=366)
PAST = "That time is over already. Choose a day from tomorrow on."
TOO_LONG = "A pause lasts a year at most. Choose an earlier day; you can pause again later."


def morning_of(day: date, person: Person, *, now: datetime) -> datetime:
    """A pause "until" that day ends at this instant, in the person's zone."""
    ahead = day - clock.local(now, person.timezone).date()
    if ahead <= timedelta():
        raise Invalid(PAST, field="until")
    if ahead > LONGEST:
        raise Invalid(TOO_LONG, field="until")
    return clock.due_at(day, clock.FIRST_MINUTE, person.timezone)


async def pause(
    session: AsyncSession, actor: Person, person: Person, *, until: datetime, now: datetime
) -> PauseInForce:
    """The person gets no unasked message until then. They, their manager and HR may ask for it.

    Overlapping pauses cover their union: a shorter one beside a longer one changes nothing, and the answer says
    how long the silence lasts.
    """
    await _require_allowed(session, actor, person)
    if until <= now:
        raise Invalid(PAST, field="until")
    if until - now > LONGEST:
        raise Invalid(TOO_LONG, field="until")
    session.add(Pause(person_id=person.id, set_by_id=actor.id, since=now, until=until))
    await session.flush()
    in_force = await current(session, person, now)
    assert in_force is not None  # noqa: S101  we have just written it
    return in_force


async def resume(session: AsyncSession, actor: Person, person: Person, *, now: datetime) -> bool:
    """Ends all pauses of this person, whoever asked for them. False if there was none."""
    await _require_allowed(session, actor, person)
    ended = await session.scalars(
        update(Pause)
        .where(Pause.person_id == person.id, Pause.until > now, Pause.ended_at.is_(None))
        .values(ended_at=now)
        .returning(Pause.id)
    )
    return bool(ended.all())


async def current(session: AsyncSession, person: Person, now: datetime) -> PauseInForce | None:
    """The pause that lasts longest, since all of them have begun."""
    longest = (
        select(Pause, Person.name)
        .join(Person, Person.id == Pause.set_by_id)
        .where(Pause.person_id == person.id, *_in_force(now))
        .order_by(Pause.until.desc(), Pause.id)
        .limit(1)
    )
    found = (await session.execute(longest)).one_or_none()
    if found is None:
        return None
    last, name = found
    return PauseInForce(last.until, last.set_by_id, name)


async def silence_of(
    session: AsyncSession, persons: Sequence[Person], now: datetime
) -> Mapping[int, Silence]:
    """The people among these who are silent now, and until when: pauses and Slack's absences, in one query."""
    until: dict[int, datetime] = {}
    for ids in people.chunked([person.id for person in persons]):
        rows = await session.execute(
            select(Pause.person_id, Pause.until).where(Pause.person_id.in_(ids), *_in_force(now))
        )
        for person_id, end in rows:
            until[person_id] = max(end, until.get(person_id, end))
    silences = ((person.id, _silence(person, until.get(person.id), now)) for person in persons)
    return {person_id: silence for person_id, silence in silences if silence}


def _silence(person: Person, paused_until: datetime | None, now: datetime) -> Silence | None:
    away = clock.is_away(person.away_since, person.away_until, now)
    if away and (paused_until is None or person.away_until is None or person.away_until > paused_until):
        return Silence(person.away_until, "paused" if paused_until else "away")
    return Silence(paused_until, "paused") if paused_until else None


def _in_force(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Pause.since <= now, Pause.until > now, Pause.ended_at.is_(None))


async def _require_allowed(session: AsyncSession, actor: Person, person: Person) -> None:
    if policy.may_pause(actor, person) or await people.is_hr(session, actor):
        return
    policy.require(
        False,
        f"{person.name}, their manager and HR can pause this. Please {await people.whom_to_ask(session)} instead.",
    )
