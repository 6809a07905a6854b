"""Summaries of goals, any number in one statement, and which of them have gone quiet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Goal, Pause, Person
from bot.models.goals import OPEN_STATES, GoalSummary, Level, scoring
from bot.services import people
from bot.services.goals.access import shared_by

ON_OFFER = 25
IS_OPEN = Goal.state.in_(OPEN_STATES)
WIDER_FIRST = (*((Goal.level == level).desc() for level in Level), Goal.title, Goal.id)
COLUMNS: Sequence[SQLColumnExpression[Any]] = (  # in the order of GoalSummary
    Goal.id,
    Goal.version,
    Goal.title,
    Goal.level,
    Goal.kind,
    Goal.visibility,
    Goal.state,
    Goal.owner_id,
    Person.name,
    Goal.period,
    Goal.starts_on,
    Goal.ends_on,
    Goal.begins_on,
    Goal.progress,
    Goal.confidence,
    Goal.touched_at,
    Goal.parent_id,
)

QUIET_AFTER = timedelta(days=30)
LISTED = 10
LOOKED_AT = 200

Silence = tuple[datetime, datetime]


async def summaries(
    session: AsyncSession,
    *which: ColumnElement[bool],
    order: Sequence[SQLColumnExpression[Any]] = (Goal.id,),
    limit: int,
    offset: int = 0,
    today: date,
) -> tuple[GoalSummary, ...]:
    """Conditions may use `Goal`, and `Person` for its owner. The progress is that of `today`, the reader's day."""
    rows = await session.execute(
        select(*COLUMNS, Goal.daily_gain, Goal.scored_on)
        .join(Person, Person.id == Goal.owner_id)
        .where(*which)
        .order_by(*order)
        .limit(limit)
        .offset(offset)
    )
    return tuple(_summary(tuple(row), today) for row in rows)


def _summary(row: Sequence[Any], today: date) -> GoalSummary:
    *values, daily_gain, scored_on = row
    found = GoalSummary(*values)
    if not daily_gain:
        return found
    progress = scoring.as_of(today, found.progress, daily_gain, scored_on, found.ends_on)
    return replace(found, progress=progress)


async def count(session: AsyncSession, *which: ColumnElement[bool]) -> int:
    counted = select(func.count(Goal.id)).join(Person, Person.id == Goal.owner_id).where(*which)
    return await session.scalar(counted) or 0


def titled(words: str) -> tuple[ColumnElement[bool], ...]:
    """The title has these words. No words means any title."""
    sought = words.strip()[:75]
    return (Goal.title.icontains(sought, autoescape=True),) if sought else ()


def on_page(page: int, total: int, size: int) -> tuple[int, int]:
    """Returns the page to show, and the last one. A list may get shorter while somebody turns its pages, so a page
    after the last is the last.
    """
    last = max(1, -(-total // size))
    return min(page, last), last


def reported_to(manager: Person) -> ColumnElement[bool]:
    """Goals owned by this person's direct reports."""
    return Person.manager_id == manager.id


def present_for(since: datetime, silences: Iterable[Silence], now: datetime) -> timedelta:
    """How long the person has been present since then. Overlapping silences count once."""
    present, seen = timedelta(), since
    for begin, end in sorted(silences):
        if begin > seen:
            present += min(begin, now) - min(seen, now)
        seen = max(seen, end)
    return present + max(now - seen, timedelta())


async def quiet_ids(session: AsyncSession, found: Sequence[GoalSummary], now: datetime) -> set[int]:
    """The ids of those that are quiet. This takes two statements, or none where no goal is old enough."""
    old = [summary for summary in found if summary.is_open and _since(summary) <= now - QUIET_AFTER]
    if not old:
        return set()
    owners = sorted({summary.owner_id for summary in old})
    silences = await silences_of(session, owners, min(map(_since, old)), now)
    return {
        summary.goal_id
        for summary in old
        if present_for(_since(summary), silences.get(summary.owner_id, ()), now) >= QUIET_AFTER
    }


def _since(summary: GoalSummary) -> datetime:
    """Silence begins with the last update, or with the first day of a goal that was set ahead."""
    return max(summary.touched_at, datetime.combine(summary.starts_on, time(), tzinfo=UTC))


async def silences_of(
    session: AsyncSession, person_ids: Sequence[int], since: datetime, now: datetime
) -> Mapping[int, Sequence[Silence]]:
    """Pauses, and the absence that Slack shows now. Slack does not tell earlier absences."""
    found: dict[int, list[Silence]] = {}
    for ids in people.chunked(person_ids):
        pauses = select(Pause.person_id, Pause.since, Pause.until, Pause.ended_at)
        touching = (Pause.until > since, Pause.since < now)
        for person_id, begin, until, ended in await session.execute(
            pauses.where(Pause.person_id.in_(ids), *touching)
        ):
            found.setdefault(person_id, []).append((begin, min(until, ended or until)))
        absences = select(Person.id, Person.away_since, Person.away_until)
        for person_id, away_since, end in await session.execute(absences.where(Person.id.in_(ids))):
            if away_since is not None:
                found.setdefault(person_id, []).append((away_since, end or now))
    return found


async def marked(
    session: AsyncSession, found: Sequence[GoalSummary], now: datetime
) -> tuple[GoalSummary, ...]:
    """The same summaries, each saying whether it is quiet."""
    quiet = await quiet_ids(session, found, now)
    return tuple(
        replace(summary, is_quiet=True) if summary.goal_id in quiet else summary for summary in found
    )


async def quiet_in_team(session: AsyncSession, manager: Person, *, now: datetime) -> tuple[GoalSummary, ...]:
    """The manager's digest names the longest quiet first."""
    of_team = and_(reported_to(manager), Person.deactivated_at.is_(None))
    today = clock.local(now, manager.timezone).date()
    return await _quiet(session, of_team, now, today, LISTED)


async def quiet_of(
    session: AsyncSession, me: Person, *, limit: int, now: datetime
) -> tuple[GoalSummary, ...]:
    today = clock.local(now, me.timezone).date()
    return await _quiet(session, shared_by(me), now, today, limit)


async def _quiet(
    session: AsyncSession, which: ColumnElement[bool], now: datetime, today: date, limit: int
) -> tuple[GoalSummary, ...]:
    old = (
        which,
        IS_OPEN,
        Goal.touched_at <= now - QUIET_AFTER,
        Goal.starts_on <= (now - QUIET_AFTER).date(),
    )
    found = await summaries(session, *old, order=(Goal.touched_at, Goal.id), limit=LOOKED_AT, today=today)
    return tuple(summary for summary in await marked(session, found, now) if summary.is_quiet)[:limit]
