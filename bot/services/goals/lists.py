"""Lists and counts of goals: one's own, a team's, what waits for somebody, what can be named."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import clock
from bot.models import Goal, GoalClosing, Person
from bot.models.goals import (
    OPEN_STATES,
    Confidence,
    GoalList,
    GoalMember,
    GoalState,
    GoalSummary,
    Level,
    Orphan,
    TeamGoals,
    Visibility,
    Waiting,
)
from bot.services import people
from bot.services.goals.access import shared_by, visible_to
from bot.services.goals.closing import ended_goals_of
from bot.services.goals.summaries import (
    IS_OPEN,
    ON_OFFER,
    WIDER_FIRST,
    count,
    marked,
    on_page,
    quiet_of,
    reported_to,
    summaries,
    titled,
)

PAGE = 15
MEMBERS_SHOWN = 15
GOALS_SHOWN = 3  # of one member
TEAM_READ = 500  # direct reports
GOALS_READ = 2_000  # of a team
WORRY_ORDER: Mapping[Confidence | None, int] = {Confidence.OFF_TRACK: 0, Confidence.AT_RISK: 1}

FOR_EVERYBODY = Goal.visibility == Visibility.OPEN

SHOWN = 5


async def mine(session: AsyncSession, me: Person, *, page: int = 1, now: datetime) -> GoalList:
    """Open goals that this person owns or co-owns. What ends first comes first."""
    order = (Goal.ends_on, Goal.id)
    found = await _listed(session, shared_by(me), IS_OPEN, order=order, page=page, today=_today(me, now))
    return replace(found, goals=await marked(session, found.goals, now))


async def past(session: AsyncSession, me: Person, *, page: int = 1, now: datetime) -> GoalList:
    """Closed, dropped and carried-over goals, the latest first."""
    order = (Goal.state_since.desc(), Goal.id.desc())
    return await _listed(session, shared_by(me), ~IS_OPEN, order=order, page=page, today=_today(me, now))


def _today(me: Person, now: datetime) -> date:
    return clock.local(now, me.timezone).date()


async def _listed(
    session: AsyncSession,
    *which: ColumnElement[bool],
    order: Sequence[SQLColumnExpression[Any]],
    page: int,
    today: date,
) -> GoalList:
    total = await count(session, *which)
    page, last = on_page(page, total, PAGE)
    found = await summaries(session, *which, order=order, limit=PAGE, offset=(page - 1) * PAGE, today=today)
    return GoalList(found, page, last, total)


async def team(session: AsyncSession, manager: Person, *, page: int = 1, now: datetime) -> TeamGoals | None:
    """Direct reports with their open goals, worries first. None when nobody reports to this person."""
    reports = await people.reports_of(session, manager, limit=TEAM_READ)
    if not reports:
        return None
    owned_by_them = Goal.owner_id.in_([person.id for person in reports])
    order = (Goal.ends_on, Goal.id)
    today = _today(manager, now)
    found = await summaries(session, owned_by_them, IS_OPEN, order=order, limit=GOALS_READ, today=today)
    of_owner: dict[int, list[GoalSummary]] = {}
    for summary in sorted(await marked(session, found, now), key=_worry):
        of_owner.setdefault(summary.owner_id, []).append(summary)
    return _team_goals(reports, of_owner, page)


def _team_goals(
    reports: Sequence[Person], of_owner: Mapping[int, Sequence[GoalSummary]], page: int
) -> TeamGoals:
    members = sorted(
        (_member(person, of_owner.get(person.id, ())) for person in reports),
        key=lambda member: (min(map(_worry, member.goals), default=len(WORRY_ORDER) + 1), member.person.name),
    )
    open_goals = [summary for of_one in of_owner.values() for summary in of_one]
    said = Counter(summary.confidence for summary in open_goals)
    page, last = on_page(page, len(members), MEMBERS_SHOWN)
    first = (page - 1) * MEMBERS_SHOWN
    return TeamGoals(
        members=tuple(members[first : first + MEMBERS_SHOWN]),
        page=page,
        pages=last,
        open=len(open_goals),
        quiet=sum(summary.is_quiet for summary in open_goals),
        at_risk=said[Confidence.AT_RISK],
        off_track=said[Confidence.OFF_TRACK],
        without_goals=len(reports) - len(of_owner),
    )


def _member(person: Person, found: Sequence[GoalSummary]) -> GoalMember:
    return GoalMember(person, tuple(found[:GOALS_SHOWN]), max(0, len(found) - GOALS_SHOWN))


def _worry(summary: GoalSummary) -> int:
    """The order is off track, at risk, quiet, all others."""
    others = len(WORRY_ORDER) if summary.is_quiet else len(WORRY_ORDER) + 1
    return WORRY_ORDER.get(summary.confidence, others)


async def to_name(
    session: AsyncSession, me: Person, *, words: str = "", now: datetime
) -> tuple[GoalSummary, ...]:
    """Open goals whose title has these words: one's own come first, then wider ones."""
    order = [shared_by(me).desc(), *WIDER_FIRST]
    which = (IS_OPEN, FOR_EVERYBODY, *titled(words))
    return await summaries(session, *which, order=order, limit=ON_OFFER, today=_today(me, now))


async def titles(session: AsyncSession, goal_ids: Collection[int]) -> Mapping[int, str]:
    """Titles that everybody may read today. Goals that ended are included."""
    if not goal_ids:
        return {}
    rows = await session.execute(select(Goal.id, Goal.title).where(Goal.id.in_(goal_ids), FOR_EVERYBODY))
    return dict(rows.all())


async def waiting(session: AsyncSession, me: Person, *, now: datetime) -> Waiting:
    today = _today(me, now)
    return Waiting(
        to_close=await _to_close(session, me, now),
        to_agree=await _to_agree(session, me, today),
        to_confirm=await _to_confirm(session, me, today),
        orphans=await orphans(session, me, limit=SHOWN, today=today),
        left_behind=await _left_behind(session, me, today),
        quiet=await quiet_of(session, me, limit=SHOWN, now=now),
    )


async def _to_close(session: AsyncSession, me: Person, now: datetime) -> tuple[GoalSummary, ...]:
    which, order = ended_goals_of(me, now), (Goal.ends_on, Goal.id)
    return await summaries(session, *which, order=order, limit=SHOWN, today=_today(me, now))


async def _to_agree(session: AsyncSession, me: Person, today: date) -> tuple[GoalSummary, ...]:
    """Goals proposed to me (`policy.agrees_to_goal` as SQL), and mine that came back with a suggestion.

    A carried-over goal is left out: it is agreed by confirming how the old one ended.
    """
    set_by_owner = Goal.set_by_id == Goal.owner_id
    asked_of_me = or_(and_(set_by_owner, reported_to(me)), and_(~set_by_owner, Goal.owner_id == me.id))
    carried_over = and_(Goal.carried_from_id.is_not(None), Goal.proposed_version == 1)
    proposed = and_(Goal.state == GoalState.PROPOSED, Goal.level != Level.COMPANY, ~carried_over, asked_of_me)
    came_back = and_(Goal.state == GoalState.CHANGE_SUGGESTED, Goal.set_by_id == me.id)
    there = Person.deactivated_at.is_(None)
    which, order = (there, or_(proposed, came_back)), (Goal.state_since, Goal.id)
    return await summaries(session, *which, order=order, limit=SHOWN, today=today)


async def _to_confirm(session: AsyncSession, me: Person, today: date) -> tuple[GoalSummary, ...]:
    """Goals that my reports closed and nobody has confirmed yet."""
    unconfirmed = select(GoalClosing.goal_id).where(
        GoalClosing.confirmed_at.is_(None), GoalClosing.closed_by_id != me.id
    )
    which = (reported_to(me), Person.deactivated_at.is_(None), Goal.id.in_(unconfirmed))
    order = (Goal.state_since, Goal.id)
    return await summaries(session, *which, order=order, limit=SHOWN, today=today)


async def _left_behind(session: AsyncSession, me: Person, today: date) -> tuple[GoalSummary, ...]:
    """Open goals of people who have left. Their manager hands them over, or HR where there is no manager any more."""
    mine = reported_to(me)
    if await people.is_hr(session, me):
        there = aliased(Person)
        managing = select(there.id).where(there.deactivated_at.is_(None))
        mine = or_(mine, Person.manager_id.is_(None), Person.manager_id.not_in(managing))
    gone = Person.deactivated_at.is_not(None)
    which, order = (mine, gone, IS_OPEN), (Goal.ends_on, Goal.id)
    return await summaries(session, *which, order=order, limit=SHOWN, today=today)


async def orphans(session: AsyncSession, me: Person, *, limit: int, today: date) -> tuple[Orphan, ...]:
    """My open goals whose parent is closed. The suggested parent is the closed one's successor, or the next open
    goal above it.
    """
    parent, successor, above = aliased(Goal), aliased(Goal), aliased(Goal)
    carried_to = GoalClosing.carried_to_id
    rows = await session.execute(
        select(Goal.id, parent.id, successor.id, above.id)
        .join(parent, parent.id == Goal.parent_id)
        .outerjoin(GoalClosing, GoalClosing.goal_id == parent.id)
        .outerjoin(successor, (successor.id == carried_to) & successor.state.in_(OPEN_STATES))
        .outerjoin(above, (above.id == parent.parent_id) & above.state.in_(OPEN_STATES))
        .where(shared_by(me), IS_OPEN, parent.state.not_in(OPEN_STATES))
        .order_by(Goal.id)
        .limit(limit)
    )
    found = [(goal_id, parent_id, heir or upper) for goal_id, parent_id, heir, upper in rows]
    if not found:
        return ()
    wanted = {goal_id for families in found for goal_id in families if goal_id}
    is_hr = await people.is_hr(session, me)
    which = (Goal.id.in_(wanted), visible_to(me, is_hr=is_hr))
    seen = await summaries(session, *which, limit=len(wanted), today=today)
    by_id = {summary.goal_id: summary for summary in seen}
    return tuple(
        Orphan(by_id[goal_id], by_id.get(parent_id), by_id.get(suggested))
        for goal_id, parent_id, suggested in found
    )
