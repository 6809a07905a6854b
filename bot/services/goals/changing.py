"""Changing a goal that is set: its words, its key results and targets, and who owns it. Each change is kept."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.db import insert_rows
from bot.errors import AlreadyDone, Invalid, NotFound
from bot.models import Goal, GoalCoOwner, KeyResult, Person
from bot.models.goals import Deed, GoalKind, GoalState, Measure, NewKeyResult, Visibility, scoring
from bot.services import people, typed
from bot.services.goals import key_results, limits, setting
from bot.services.goals.access import UNAVAILABLE, Found, access, record, require_open, to_edit
from bot.services.goals.agreement import propose_anew

MIDDLE = 0.5  # of a goal's time, from which on a new target needs a reason
WHY = "More than half of its time is over. Say in a sentence why the target changes; it stays in the history."
WHY_DROPPED = "Say in a sentence why it no longer counts; it stays in the history."
STAYS_LIMITED = "A limited goal stays limited: what was said about it was meant for few. Set a new, open one."
STAYS_WITH_FEW = (
    "A limited goal stays with those it was meant for: others would read what was said before. "
    "Close or drop it, and set a new one together."
)
NO_NUMBERS = "Milestones and yes/no have no target to change. Drop this key result and add another one."
ONLY_NEAR = "Its owners, their manager and HR can hand this goal over. Ask one of them."

PERSONS = (Goal.owner_id, Goal.team_manager_id, Goal.set_by_id)  # history keeps its rows


async def edit(
    session: AsyncSession,
    me: Person,
    goal_id: int,
    *,
    seen: int,
    title: str,
    detail: str,
    kind: GoalKind,
    visibility: Visibility,
    co_owner_ids: Sequence[int],
    reason: str = "",
    now: datetime,
) -> None:
    found = await to_edit(session, me, goal_id, seen=seen, now=now)
    goal = found.goal
    if goal.visibility == Visibility.LIMITED and visibility == Visibility.OPEN:
        raise Invalid(STAYS_LIMITED, field="visibility")
    setting.require_limitable(visibility, goal.level)
    await _require_no_newcomers(session, goal, co_owner_ids)
    before = await _wording(session, goal)
    goal.title = setting.title(title)
    goal.detail = typed.optional(detail, field="detail", most=limits.DETAIL, count=limits.YOURS) or None
    goal.kind, goal.visibility = kind, visibility
    await setting.share(session, goal, co_owner_ids, now=now)
    await _score_anew(session, goal, _today(me, now))
    after = await _wording(session, goal)
    change: dict[str, object] = {
        name: [before[name], after[name]] for name in after if before[name] != after[name]
    }
    await _record_change(session, me, found, Deed.EDITED, note=reason, change=change, now=now)


async def _require_no_newcomers(session: AsyncSession, goal: Goal, co_owner_ids: Sequence[int]) -> None:
    new = set(co_owner_ids) - {goal.owner_id, *await setting.co_owners_of(session, goal)}
    if new and goal.visibility == Visibility.LIMITED:
        raise Invalid(STAYS_WITH_FEW, field="co_owners")


async def _wording(session: AsyncSession, goal: Goal) -> Mapping[str, object]:
    return {
        "title": goal.title,
        "detail": goal.detail,
        "kind": str(goal.kind),
        "visibility": str(goal.visibility),
        "co_owners": sorted(await setting.co_owners_of(session, goal)),
    }


async def retarget(
    session: AsyncSession,
    me: Person,
    key_result_id: int,
    *,
    seen: int,
    start: float,
    target: float,
    typed_as: Mapping[str, str] | None = None,
    reason: str,
    now: datetime,
) -> None:
    """After the middle of its time a new target needs a reason. `typed_as` holds the numbers as they were typed."""
    result, found = await _key_result_to_change(session, me, key_result_id, seen, now)
    if result.measure not in (Measure.METRIC, Measure.HOLD):
        raise Invalid(NO_NUMBERS, field="target")
    if result.measure == Measure.METRIC and start == target:
        raise Invalid(key_results.START_IS_TARGET, field="target")
    _require_reason(me, found.goal, reason, now)
    key_results.count_held_days(result, found.goal, _today(me, now))
    change: dict[str, object] = {
        "key_result": result.id,
        "start": [result.start, start],
        "target": [result.target, target],
    }
    typed_as = {**(result.typed or {}), **(typed_as or {})}
    if result.current == result.start and result.measure == Measure.METRIC:
        result.current = start  # nothing has moved: a slip in the start is one in the value too
        typed_as |= {"current": typed_as["start"]} if "start" in typed_as else {}
    result.typed = typed_as
    result.start = limits.number(start, field="start")
    result.target = limits.number(target, field="target")
    await _score_anew(session, found.goal, _today(me, now))
    await _record_change(session, me, found, Deed.RETARGETED, note=reason, change=change, now=now)


def _require_reason(me: Person, goal: Goal, reason: str, now: datetime) -> None:
    if scoring.elapsed(goal.begins_on, goal.ends_on, _today(me, now)) >= MIDDLE and not reason.strip():
        raise Invalid(WHY, field="reason")


def _today(me: Person, now: datetime) -> date:
    return clock.local(now, me.timezone).date()


async def add_key_result(
    session: AsyncSession, me: Person, goal_id: int, new: NewKeyResult, *, seen: int, now: datetime
) -> int:
    """Errors name their field as in a new goal with one key result: `key_results.0.target`."""
    found = await to_edit(session, me, goal_id, seen=seen, now=now)
    if len(key_results.live(await key_results.of_goal(session, goal_id))) >= key_results.MOST:
        raise Invalid(
            f"A goal has at most {key_results.MOST} key results. Drop one first.", field="key_results"
        )
    (result,) = key_results.checked([new])
    result.goal_id = goal_id
    key_results.start_holding(result, found.goal, _today(me, now))
    session.add(result)
    await _score_anew(session, found.goal, _today(me, now))
    await _record_change(session, me, found, Deed.ADDED_KEY_RESULT, change={"key_result": result.id}, now=now)
    return result.id


async def drop_key_result(
    session: AsyncSession, me: Person, key_result_id: int, *, seen: int, reason: str, now: datetime
) -> None:
    """A dropped key result no longer counts. It can still be read, with the reason."""
    result, found = await _key_result_to_change(session, me, key_result_id, seen, now)
    reason = typed.required(reason, field="reason", most=limits.NOTE, ask=WHY_DROPPED, count=limits.YOURS)
    result.dropped_at, result.dropped_because = now, reason
    await _score_anew(session, found.goal, _today(me, now))
    change: dict[str, object] = {"key_result": result.id}
    await _record_change(session, me, found, Deed.DROPPED_KEY_RESULT, note=reason, change=change, now=now)


async def _key_result_to_change(
    session: AsyncSession, me: Person, key_result_id: int, seen: int, now: datetime
) -> tuple[KeyResult, Found]:
    goal_id = await session.scalar(select(KeyResult.goal_id).where(KeyResult.id == key_result_id))
    if goal_id is None:
        raise NotFound(UNAVAILABLE)
    found = await to_edit(session, me, goal_id, seen=seen, now=now)
    result = await session.get_one(KeyResult, key_result_id, populate_existing=True)
    if result.dropped_at is not None:
        raise AlreadyDone("This key result was dropped already.")
    return result, found


async def _score_anew(session: AsyncSession, goal: Goal, today: date) -> None:
    await session.flush()
    key_results.score_anew(goal, await key_results.of_goal(session, goal.id), today)


async def _record_change(
    session: AsyncSession,
    me: Person,
    found: Found,
    deed: Deed,
    *,
    note: str = "",
    change: dict[str, object],
    now: datetime,
) -> None:
    """Until a goal is agreed, each change asks the other side again: the manager after an owner's change, else the
    owner.
    """
    goal = found.goal
    goal.version, goal.touched_at = goal.version + 1, now
    note = typed.optional(note, field="reason", most=limits.NOTE, count=limits.YOURS)
    if goal.state != GoalState.AGREED:
        set_by_id = found.owner.id if found.shares_it else me.id
        await propose_anew(session, me, found.owner, goal, set_by_id, now)
    record(session, me, goal, deed, note=note, change=change, now=now)
    await session.flush()


async def hand_over(session: AsyncSession, actor: Person, goal_id: int, *, to: Person, now: datetime) -> None:
    """A colleague who is given a goal is asked to agree to it. Taking over a goal oneself is agreement enough."""
    found = await access(session, actor, goal_id, lock=True)
    goal, before = found.goal, found.owner
    allowed = policy.may_hand_over_goal(actor, before, shares_it=found.shares_it, is_hr=found.is_hr)
    policy.require(allowed, ONLY_NEAR)
    require_open(goal, actor)
    if to.id == before.id:
        raise AlreadyDone(f"{to.name} owns this goal already.")
    if not to.is_active:
        raise Invalid(setting.NO_COLLEAGUE, field="owner")
    if goal.visibility == Visibility.LIMITED:
        raise Invalid(STAYS_WITH_FEW, field="owner")
    goal.owner_id, goal.owned_since, goal.version = to.id, now, goal.version + 1
    if actor.id != to.id or goal.state != GoalState.AGREED:
        await propose_anew(session, actor, before, goal, actor.id, now)
    leaving = (GoalCoOwner.goal_id == goal.id, GoalCoOwner.person_id == to.id)
    await session.execute(delete(GoalCoOwner).where(*leaving))
    record(session, actor, goal, Deed.HANDED_OVER, change={"owner": [before.id, to.id]}, now=now)
    await session.flush()


async def pass_on(session: AsyncSession, heirs: Mapping[int, int]) -> None:
    """Goals follow a person whose two directory rows become one: `heirs` maps old ids to new ones."""
    for ids in people.chunked(heirs):
        new_ids = {old_id: heirs[old_id] for old_id in ids}
        await session.execute(
            update(Goal)
            .where(or_(*(column.in_(ids) for column in PERSONS)))
            .values({column: case(new_ids, value=column, else_=column) for column in PERSONS})
            .execution_options(synchronize_session=False)
        )
        await _pass_on_shares(session, new_ids)


async def _pass_on_shares(session: AsyncSession, heirs: Mapping[int, int]) -> None:
    """A person who shared a goal under both rows shares it once, with the newer row's date."""
    columns = (GoalCoOwner.goal_id, GoalCoOwner.person_id, GoalCoOwner.since)
    shares = await session.execute(select(*columns).where(GoalCoOwner.person_id.in_(heirs)))
    rows = [
        {"goal_id": goal_id, "person_id": heirs[old_id], "since": since} for goal_id, old_id, since in shares
    ]
    if rows:
        await insert_rows(session, GoalCoOwner, rows)
        await session.execute(delete(GoalCoOwner).where(GoalCoOwner.person_id.in_(heirs)))
