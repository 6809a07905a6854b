"""Setting a goal: what the form needs to know, and saving what came back."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.db import insert_rows
from bot.errors import Invalid
from bot.models import Department, Goal, GoalCoOwner, Person
from bot.models.goals import Deed, GoalPrefill, GoalState, Level, NewGoal, Period, Visibility, scoring
from bot.services import people, typed
from bot.services.goals import calendar, key_results, limits
from bot.services.goals.access import enter, record
from bot.services.goals.agreement import active_manager, ask_for_agreement, nobody_to_ask
from bot.services.goals.alignment import parent_for
from bot.services.goals.summaries import IS_OPEN

MOST_CO_OWNERS = 5
DEPARTMENTS_SHOWN = 100  # what a select holds
NO_COLLEAGUE = "A goal needs a colleague who answers for it. Choose somebody else."
ONLY_MEMBERS = "Goals are for active members of this workspace. Ask HR if that should include you."
WHO_SETS = {
    Level.COMPANY: "Goals of the company are set by HR. Set one for your team or yourself, and link it to theirs.",
    Level.DEPARTMENT: "Goals of a department are set by those who lead people in it, and by HR. Ask one of them.",
    Level.TEAM: "You can set goals for yourself and for those who report to you. Choose one of them as the owner.",
    Level.PERSON: "You can set goals for yourself and for those who report to you. Choose one of them as the owner.",
}


async def prefill(session: AsyncSession, me: Person, *, now: datetime) -> GoalPrefill:
    policy.require(me.is_active, ONLY_MEMBERS)
    is_hr, leads = await people.is_hr(session, me), await _leads(session, me)
    within = await _within(session, me, is_hr=is_hr)
    departments = select(Department).where(within).order_by(Department.path).limit(DEPARTMENTS_SHOWN)
    return GoalPrefill(
        periods=await calendar.periods(session, now=now, timezone=me.timezone),
        levels=tuple(level for level in Level if _may_offer(me, level, is_hr, leads)),
        departments=tuple(await session.scalars(departments)),
        manager=await active_manager(session, me),
        hr=tuple(await people.hr_admins(session)),
        open_goals=await _open_goals(session, me),
    )


def _may_offer(me: Person, level: Level, is_hr: bool, leads: bool) -> bool:
    has_team = leads or me.manager_id is not None or level != Level.TEAM
    return has_team and policy.may_set_goal(me, me, level, is_hr=is_hr, leads=leads)


async def _open_goals(session: AsyncSession, me: Person) -> int:
    own = select(func.count(Goal.id)).where(Goal.owner_id == me.id, Goal.level == Level.PERSON, IS_OPEN)
    return await session.scalar(own) or 0


async def _leads(session: AsyncSession, person: Person) -> bool:
    return bool(await people.reports_of(session, person, limit=1))


async def create(session: AsyncSession, actor: Person, new: NewGoal, *, now: datetime) -> int:
    """The goal is proposed, or agreed at once where there is nobody to ask. Returns its id."""
    owner = await _owner(session, new.owner_id or actor.id)
    await _require_allowed(session, actor, owner, new.level)
    results = key_results.checked(new.key_results)
    goal = await _new_goal(session, actor, owner, new, now)
    session.add(goal)
    await session.flush()
    await share(session, goal, new.co_owner_ids, now=now)
    for result in results:
        result.goal_id = goal.id
        key_results.start_holding(result, goal, goal.begins_on)
        session.add(result)
    key_results.score_anew(goal, results, goal.begins_on)
    record(session, actor, goal, Deed.PROPOSED, now=now)
    await session.flush()
    if goal.state == GoalState.PROPOSED:
        await ask_for_agreement(session, owner, goal, now)
    return goal.id


async def _owner(session: AsyncSession, person_id: int) -> Person:
    owner = await session.get(Person, person_id)
    if owner is None or not owner.is_active:
        raise Invalid(NO_COLLEAGUE, field="owner")
    return owner


async def _require_allowed(session: AsyncSession, actor: Person, owner: Person, level: Level) -> None:
    policy.require(actor.is_active, ONLY_MEMBERS)
    is_hr, leads = await people.is_hr(session, actor), await _leads(session, owner)
    if not policy.may_set_goal(actor, owner, level, is_hr=is_hr, leads=leads):
        raise Invalid(WHO_SETS[Level(level)], field="owner" if actor.id != owner.id else "level")


async def _new_goal(session: AsyncSession, actor: Person, owner: Person, new: NewGoal, now: datetime) -> Goal:
    today = clock.local(now, actor.timezone).date()
    period = await _period(session, new.period, today)
    begins_on = scoring.begins_on(period.starts_on, period.ends_on, today)
    require_limitable(new.visibility, new.level)
    parent = await parent_for(session, actor, new.parent_id, level=new.level)
    is_agreed = new.level == Level.COMPANY or await nobody_to_ask(session, owner, set_by_id=actor.id)
    goal = Goal(
        level=new.level,
        owner_id=owner.id,
        department_id=await _department(session, actor, owner, new),
        team_manager_id=await _team(session, owner, new.level),
        title=title(new.title),
        detail=typed.optional(new.detail, field="detail", most=limits.DETAIL, count=limits.YOURS) or None,
        kind=new.kind,
        visibility=new.visibility,
        period=period.name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        begins_on=begins_on,
        scored_on=begins_on,
        parent_id=parent.id if parent else None,
        is_local=new.is_local and parent is None,
        set_by_id=actor.id,
        set_at=now,
        touched_at=now,
    )
    enter(goal, GoalState.AGREED if is_agreed else GoalState.PROPOSED, actor, now)
    return goal


async def _period(session: AsyncSession, name: str | None, today: date) -> Period:
    period = await calendar.named(session, name, today=today)
    if period.ends_on < today:
        raise Invalid(f"{period.name} is over. Choose the current period or a later one.", field="period")
    return period


def title(text: str) -> str:
    ask = "Say in one line what will be true at the end: Half as many support tickets."
    return typed.required(text, field="title", most=limits.TITLE, ask=ask, count=limits.YOURS)


def require_limitable(visibility: Visibility, level: Level) -> None:
    if visibility == Visibility.LIMITED and level != Level.PERSON:
        raise Invalid(
            "Only a person's own goal can be limited; goals of several are open to the company. "
            "Choose “everybody”, or make it a personal goal.",
            field="visibility",
        )


async def _department(session: AsyncSession, actor: Person, owner: Person, new: NewGoal) -> int | None:
    if new.level != Level.DEPARTMENT:
        return None
    department_id = new.department_id or owner.department_id
    within = await _within(session, owner, is_hr=await people.is_hr(session, actor))
    chosen = select(Department.id).where(Department.id == department_id, within)
    if department_id is None or await session.scalar(chosen) is None:
        raise Invalid("Choose the owner's department, or one within it.", field="department")
    return department_id


async def _within(session: AsyncSession, owner: Person, *, is_hr: bool) -> ColumnElement[bool]:
    """People may own goals of their department and of those below it. HR chooses among all."""
    if is_hr:
        return true()
    own = await session.get(Department, owner.department_id) if owner.department_id else None
    if own is None:
        return false()
    return or_(Department.id == own.id, Department.path.startswith(f"{own.path} / ", autoescape=True))


async def _team(session: AsyncSession, owner: Person, level: Level) -> int | None:
    """The team is the owner's own if they lead one, else the one they are in."""
    if level != Level.TEAM:
        return None
    team_of = owner.id if await _leads(session, owner) else owner.manager_id
    if team_of is None:
        raise Invalid(f"{owner.name} is in no team yet. Choose a personal goal instead.", field="level")
    return team_of


async def share(session: AsyncSession, goal: Goal, co_owner_ids: Sequence[int], *, now: datetime) -> None:
    """These become the co-owners; the owner is never one of them. Co-owners who stay keep their date."""
    wanted = set(co_owner_ids) - {goal.owner_id}
    if len(wanted) > MOST_CO_OWNERS:
        raise Invalid(f"A goal has at most {MOST_CO_OWNERS} co-owners. Choose fewer.", field="co_owners")
    new = wanted - await co_owners_of(session, goal)
    known = set(await session.scalars(select(Person.id).where(Person.id.in_(new), *people.ACTIVE)))
    if known != new:
        raise Invalid("A co-owner is no colleague (any more). Choose somebody else.", field="co_owners")
    await session.execute(
        delete(GoalCoOwner).where(GoalCoOwner.goal_id == goal.id, GoalCoOwner.person_id.not_in(wanted))
    )
    rows = [{"goal_id": goal.id, "person_id": person_id, "since": now} for person_id in sorted(new)]
    await insert_rows(session, GoalCoOwner, rows)


async def co_owners_of(session: AsyncSession, goal: Goal) -> set[int]:
    return set(await session.scalars(select(GoalCoOwner.person_id).where(GoalCoOwner.goal_id == goal.id)))
