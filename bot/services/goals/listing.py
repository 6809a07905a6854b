"""Lists of goals: one's own, those of a team, and what fits into a check-in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, case
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Goal, Person
from bot.models.goals import Confidence, GoalList, GoalMember, GoalState, GoalSummary, TeamGoals
from bot.services import people
from bot.services.goals.access import shared_by
from bot.services.goals.lines import IS_OPEN, count, lines, on_page
from bot.services.goals.quiet import marked

PAGE = 15
IN_CHECKIN = 3
MEMBERS_SHOWN = 15
GOALS_SHOWN = 3  # of one member
TEAM_READ = 500  # direct reports
GOALS_READ = 2_000  # of a team
WORRY: Mapping[Confidence | None, int] = {Confidence.OFF_TRACK: 0, Confidence.AT_RISK: 1}


async def mine(session: AsyncSession, me: Person, *, page: int = 1, now: datetime) -> GoalList:
    """Open ones, owned and co-owned; what ends first comes first."""
    found = await _listed(session, shared_by(me), IS_OPEN, order=(Goal.ends_on, Goal.id), page=page)
    return replace(found, lines=await marked(session, found.lines, now))


async def past(session: AsyncSession, me: Person, *, page: int = 1) -> GoalList:
    """Closed, dropped and carried over, the latest first."""
    order = (Goal.state_since.desc(), Goal.id.desc())
    return await _listed(session, shared_by(me), ~IS_OPEN, order=order, page=page)


async def _listed(
    session: AsyncSession, *which: ColumnElement[bool], order: Sequence[SQLColumnExpression[Any]], page: int
) -> GoalList:
    total = await count(session, *which)
    page, last = on_page(page, total, PAGE)
    found = await lines(session, *which, order=order, limit=PAGE, offset=(page - 1) * PAGE)
    return GoalList(found, page, last, total)


async def for_checkin(session: AsyncSession, me: Person, *, now: datetime) -> tuple[GoalSummary, ...]:
    """The few a check-in asks about, once their period has begun: agreed ones first, longest without a word first."""
    begun = Goal.starts_on <= clock.local(now, me.timezone).date()
    agreed_first = case((Goal.state == GoalState.AGREED, 0), else_=1)
    order = (agreed_first, Goal.touched_at, Goal.id)
    found = await lines(session, shared_by(me), IS_OPEN, begun, order=order, limit=IN_CHECKIN)
    return await marked(session, found, now)


async def team(session: AsyncSession, manager: Person, *, page: int = 1, now: datetime) -> TeamGoals | None:
    """The direct reports and their open goals, worries first. None when nobody reports to this person."""
    reports = await people.reports_of(session, manager, limit=TEAM_READ)
    if not reports:
        return None
    owned_by_them = Goal.owner_id.in_([person.id for person in reports])
    order = (Goal.ends_on, Goal.id)
    found = await lines(session, owned_by_them, IS_OPEN, order=order, limit=GOALS_READ)
    of_owner: dict[int, list[GoalSummary]] = {}
    for line in sorted(await marked(session, found, now), key=_worry):
        of_owner.setdefault(line.owner_id, []).append(line)
    return _team_goals(reports, of_owner, page)


def _team_goals(
    reports: Sequence[Person], of_owner: Mapping[int, Sequence[GoalSummary]], page: int
) -> TeamGoals:
    members = sorted(
        (_member(person, of_owner.get(person.id, ())) for person in reports),
        key=lambda member: (min(map(_worry, member.lines), default=len(WORRY) + 1), member.person.name),
    )
    all_lines = [line for of_one in of_owner.values() for line in of_one]
    said = Counter(line.confidence for line in all_lines)
    page, last = on_page(page, len(members), MEMBERS_SHOWN)
    first = (page - 1) * MEMBERS_SHOWN
    return TeamGoals(
        members=tuple(members[first : first + MEMBERS_SHOWN]),
        page=page,
        pages=last,
        open=len(all_lines),
        quiet=sum(line.is_quiet for line in all_lines),
        at_risk=said[Confidence.AT_RISK],
        off_track=said[Confidence.OFF_TRACK],
        without_goals=len(reports) - len(of_owner),
    )


def _member(person: Person, found: Sequence[GoalSummary]) -> GoalMember:
    return GoalMember(person, tuple(found[:GOALS_SHOWN]), max(0, len(found) - GOALS_SHOWN))


def _worry(line: GoalSummary) -> int:
    """Off track, at risk, quiet, all others."""
    others = len(WORRY) if line.is_quiet else len(WORRY) + 1
    return WORRY.get(line.confidence, others)
