"""One goal as far as its reader may see it, with its history and what they may do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import clock, policy
from bot.models import Department, Goal, GoalClosing, GoalCoOwner, GoalEvent, GoalEvidence, KeyResult, Person
from bot.models.goals import (
    Closing,
    Confidence,
    Deed,
    Evidence,
    GoalMoment,
    GoalReading,
    GoalState,
    GoalSummary,
    Visibility,
    scoring,
)
from bot.models.paging import Page
from bot.services.goals import key_results
from bot.services.goals.access import Found, access, visible_to
from bot.services.goals.agreement import active_manager
from bot.services.goals.summaries import count, marked, summaries
from bot.services.paging import page_of

CHILDREN_SHOWN = 10
EVIDENCE_SHOWN = 10
MOMENTS_SHOWN = 5  # on the goal's own page
MOMENTS_PAGE = 20
AWAITING_ANSWER = (GoalState.PROPOSED, GoalState.CHANGE_SUGGESTED)
MOMENTS_ON_CHART = 200


async def read(session: AsyncSession, viewer: Person, goal_id: int, *, now: datetime) -> GoalReading:
    found = await access(session, viewer, goal_id)
    goal, owner = found.goal, found.owner
    visible = visible_to(viewer, is_hr=found.is_hr)
    results = await key_results.of_goal(session, goal.id)
    co_owners = await _co_owners(session, goal)
    manager = await active_manager(session, owner)
    closing = await _closing(session, viewer, found)
    children = (Goal.parent_id == goal.id, visible)
    today = clock.local(now, viewer.timezone).date()
    shown = await summaries(session, *children, limit=CHILDREN_SHOWN, today=today)
    own = await summaries(session, Goal.id == goal.id, limit=1, today=today)
    return GoalReading(
        summary=(await marked(session, own, now))[0],
        detail=goal.detail,
        is_local=goal.is_local,
        department=await _department(session, goal),
        team_of=await _name(session, goal.team_manager_id),
        co_owners=co_owners,
        manager_name=manager.name if manager else None,
        readers=_readers(found, co_owners, manager),
        key_results=tuple(key_results.live(results)),
        scores=_scores(viewer, goal, results, today),
        dropped=tuple(result for result in results if result.dropped_at is not None),
        parent=await _parent(session, goal, visible, today),
        children=shown,
        more_children=await count(session, *children) - len(shown) if len(shown) == CHILDREN_SHOWN else 0,
        history=await _history(session, viewer, found, size=MOMENTS_SHOWN),
        evidence=await _evidence(session, goal),
        closing=closing,
        pace_hint=_pace_hint(goal, today),
        waits_for=await _waits_for(session, viewer, found),
        state_by=await _name(session, goal.state_by_id) or "",
        state_since=goal.state_since,
        is_scored_by_owner=key_results.is_scored_by_owner(goal.kind, results),
        owner_has_left=not owner.is_active,
        **_allowed(viewer, found, closing),
    )


async def _waits_for(session: AsyncSession, viewer: Person, found: Found) -> Person | None:
    """The person who was asked to agree, unless that is the viewer."""
    if found.goal.state != GoalState.PROPOSED:
        return None
    asked_id = policy.agrees_to_goal(found.owner, found.goal)
    return None if asked_id in (None, viewer.id) else await session.get(Person, asked_id)


def _allowed(viewer: Person, found: Found, closing: Closing | None) -> dict[str, bool]:
    """What the policy lets this reader do with the goal as it stands."""
    goal, owner = found.goal, found.owner
    near = {"shares_it": found.shares_it, "is_hr": found.is_hr}
    closed_by = closing.closed_by_id if closing and closing.confirmed_at is None else None
    return {
        "may_change": goal.is_open and policy.may_change_goal(viewer, goal, **near),
        "may_edit": goal.is_open and policy.may_edit_goal(viewer, goal, **near),
        "may_close": goal.is_open and policy.may_close_goal(viewer, owner, goal, **near),
        "may_agree": goal.state in AWAITING_ANSWER and policy.may_agree_to_goal(viewer, owner, goal),
        "may_confirm": closed_by is not None and policy.may_confirm_closing(viewer, owner, closed_by),
        "may_hand_over": goal.is_open and policy.may_hand_over_goal(viewer, owner, **near),
    }


def _readers(found: Found, co_owners: Sequence[Person], manager: Person | None) -> tuple[str, ...]:
    if found.goal.visibility == Visibility.OPEN:
        return ()
    named = [found.owner, *co_owners, *([manager] if manager else [])]
    return (*(person.name for person in named), "HR")


def _scores(viewer: Person, goal: Goal, results: Sequence[KeyResult], today: date) -> Mapping[int, float]:
    day = today if goal.is_open else clock.local(goal.state_since, viewer.timezone).date()
    return {one.id: scoring.score(one, goal.ends_on, day) for one in results}


def _pace_hint(goal: Goal, today: date) -> Confidence | None:
    if not goal.is_open:
        return None
    share = scoring.elapsed(goal.begins_on, goal.ends_on, today)
    return scoring.pace_hint(goal.kind, key_results.progress_of(goal, today), share)


async def _parent(
    session: AsyncSession, goal: Goal, visible: ColumnElement[bool], today: date
) -> GoalSummary | None:
    if goal.parent_id is None:
        return None
    found = await summaries(session, Goal.id == goal.parent_id, visible, limit=1, today=today)
    return found[0] if found else None


async def _co_owners(session: AsyncSession, goal: Goal) -> tuple[Person, ...]:
    rows = await session.scalars(
        select(Person)
        .join(GoalCoOwner, GoalCoOwner.person_id == Person.id)
        .where(GoalCoOwner.goal_id == goal.id)
        .order_by(Person.name, Person.id)
    )
    return tuple(rows)


async def _department(session: AsyncSession, goal: Goal) -> str | None:
    department = await session.get(Department, goal.department_id) if goal.department_id else None
    return department.path if department else None


async def _name(session: AsyncSession, person_id: int | None) -> str | None:
    person = await session.get(Person, person_id) if person_id else None
    return person.name if person else None


async def _closing(session: AsyncSession, viewer: Person, found: Found) -> Closing | None:
    confirmed_by = aliased(Person)
    row = await session.execute(
        select(
            GoalClosing.outcome,
            GoalClosing.score,
            GoalClosing.sentence,
            GoalClosing.closed_by_id,
            Person.name,
            GoalClosing.closed_at,
            GoalClosing.manager_score,
            GoalClosing.manager_comment,
            confirmed_by.name,
            GoalClosing.confirmed_at,
            GoalClosing.carried_to_id,
        )
        .join(Person, Person.id == GoalClosing.closed_by_id)
        .outerjoin(confirmed_by, confirmed_by.id == GoalClosing.confirmed_by_id)
        .where(GoalClosing.goal_id == found.goal.id)
    )
    values = row.one_or_none()
    if values is None:
        return None
    closing = Closing(*values)
    said_at = closing.confirmed_at
    hidden = said_at is not None and not _may_read_talk(viewer, found, said_at)
    return replace(closing, manager_comment=None) if hidden else closing


def _may_read_talk(viewer: Person, found: Found, at: datetime) -> bool:
    return policy.may_read_goal_talk(
        viewer,
        found.owner,
        at,
        shares_it=found.shares_it,
        is_hr=found.is_hr,
        near_since=found.near_since,
    )


async def _evidence(session: AsyncSession, goal: Goal) -> tuple[Evidence, ...]:
    rows = await session.execute(
        select(GoalEvidence.permalink, Person.name, GoalEvidence.added_at)
        .join(Person, Person.id == GoalEvidence.added_by_id)
        .where(GoalEvidence.goal_id == goal.id)
        .order_by(GoalEvidence.id.desc())
        .limit(EVIDENCE_SHOWN)
    )
    return tuple(Evidence(*row) for row in rows)


# What was done to it


async def history(
    session: AsyncSession, viewer: Person, goal_id: int, *, after: int | None = None
) -> Page[GoalMoment]:
    found = await access(session, viewer, goal_id)
    return await _history(session, viewer, found, size=MOMENTS_PAGE, after=after)


async def _history(
    session: AsyncSession, viewer: Person, found: Found, *, size: int, after: int | None = None
) -> Page[GoalMoment]:
    page = await page_of(session, _moments(found.goal), newest_first=(GoalEvent.id,), after=after, size=size)
    return page.with_items(_moment(row, viewer, found) for row in page.items)


async def course(session: AsyncSession, viewer: Person, goal_id: int) -> tuple[GoalMoment, ...]:
    """Moments for a chart, oldest first. Where there are too many, the latest ones are kept."""
    found = await access(session, viewer, goal_id)
    rows = await session.execute(_moments(found.goal).order_by(GoalEvent.id.desc()).limit(MOMENTS_ON_CHART))
    return tuple(_moment(row, viewer, found) for row in reversed(rows.all()))


def _moment(row: Row[Any], viewer: Person, found: Found) -> GoalMoment:
    values: list[Any] = list(row[1:])
    moment = GoalMoment(*values)
    is_talk = moment.deed in (Deed.SUGGESTED_CHANGE, Deed.CONFIRMED)
    return replace(moment, note=None) if is_talk and not _may_read_talk(viewer, found, moment.at) else moment


def _moments(goal: Goal) -> Select[Any]:
    """The event's id comes first, then the columns in the order of `GoalMoment`."""
    return (
        select(
            GoalEvent.id,
            Person.name,
            GoalEvent.deed,
            GoalEvent.at,
            GoalEvent.progress,
            GoalEvent.confidence,
            GoalEvent.note,
            GoalEvent.change,
        )
        .join(Person, Person.id == GoalEvent.person_id)
        .where(GoalEvent.goal_id == goal.id)
    )
