"""Key results as people set them: checked one by one, so that an error names the field it is in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid
from bot.models import Goal, KeyResult
from bot.models.goals import GoalKind, Measure, Milestone, NewKeyResult, scoring
from bot.services import people, typed
from bot.services.goals import limits

MOST = 8  # key results of one goal; two to four are usual
MOST_MILESTONES = 12
START_IS_TARGET = (
    "Start and target are the same, so there is no way to go. Change one of them; if the number is to stay "
    "where it is, choose “Hold” instead."
)


async def of_goal(session: AsyncSession, goal_id: int) -> Sequence[KeyResult]:
    """Dropped key results are included. The order is that in which they were set."""
    rows = await session.scalars(
        select(KeyResult).where(KeyResult.goal_id == goal_id).order_by(KeyResult.id).limit(100)
    )
    return rows.all()


async def live_of(session: AsyncSession, goal_ids: Collection[int]) -> Mapping[int, Sequence[KeyResult]]:
    """Key results by goal, in the order they were set: one statement for each thousand goals."""
    found: dict[int, list[KeyResult]] = {}
    for some in people.chunked(goal_ids):
        of_some = select(KeyResult).where(KeyResult.goal_id.in_(some), KeyResult.dropped_at.is_(None))
        for result in await session.scalars(of_some.order_by(KeyResult.id)):
            found.setdefault(result.goal_id, []).append(result)
    return found


def live(results: Sequence[KeyResult]) -> list[KeyResult]:
    return [result for result in results if result.dropped_at is None]


def is_scored_by_owner(kind: GoalKind, results: Sequence[KeyResult]) -> bool:
    """The owner scores a learning goal, and a goal without key results."""
    return kind == GoalKind.LEARNING or not live(results)


def progress_of(goal: Goal, today: date) -> float:
    return scoring.as_of(today, goal.progress, goal.daily_gain, goal.scored_on, goal.ends_on)


def score_anew(goal: Goal, results: Sequence[KeyResult], today: date) -> None:
    """What the owner scores keeps the score it has."""
    if is_scored_by_owner(goal.kind, results):
        stop_counting(goal, today)
        return
    day = max(today, goal.begins_on)
    goal.progress = scoring.progress(results, goal.ends_on, day) or 0.0
    goal.daily_gain = scoring.daily_gain(results, goal.ends_on, day)
    goal.scored_on = day


def stop_counting(goal: Goal, today: date) -> None:
    """The goal keeps the progress of this day, also if a number to hold is held longer."""
    goal.progress, goal.daily_gain, goal.scored_on = progress_of(goal, today), 0.0, today


def start_holding(result: KeyResult, goal: Goal, today: date) -> None:
    """The days of a number to hold count from now on, or from the first day of a goal that was set ahead."""
    if result.measure == Measure.HOLD:
        day = scoring.begins_on(goal.begins_on, goal.ends_on, today)
        result.held_from = result.read_on = day


def count_held_days(result: KeyResult, goal: Goal, today: date) -> None:
    """Call this before the number or its target changes: the days until today were held by the former ones."""
    if result.read_on is not None:
        result.held_days = scoring.held_days(result, goal.ends_on, today)
        result.read_on = max(result.read_on, today)


def checked(new_ones: Sequence[NewKeyResult]) -> list[KeyResult]:
    """The key results belong to no goal yet; the caller links them."""
    if len(new_ones) > MOST:
        raise Invalid(f"A goal has at most {MOST} key results; two to four are enough.", field="key_results")
    return [key_result(new, field=f"key_results.{place}") for place, new in enumerate(new_ones)]


def key_result(new: NewKeyResult, *, field: str) -> KeyResult:
    title = typed.required(
        new.title,
        field=f"{field}.title",
        most=limits.TITLE,
        ask="Say in a few words what will be measured: Support tickets per week.",
        count=limits.YOURS,
    )
    if not 0 < new.weight <= 100:
        raise Invalid("A weight lies between 0 and 100; 1 is usual.", field=f"{field}.weight")
    return KeyResult(
        title=title,
        measure=new.measure,
        unit=typed.optional(new.unit, field=f"{field}.unit", most=limits.UNIT, count=limits.YOURS),
        weight=new.weight,
        held_days=0,
        typed=_typed_at_first(new),
        **_scale(new, field),
    )


def _typed_at_first(new: NewKeyResult) -> dict[str, str]:
    """The first value is the start, so it is shown as the start was typed."""
    return {**new.typed, **({"current": new.typed["start"]} if "start" in new.typed else {})}


def _scale(new: NewKeyResult, field: str) -> Mapping[str, Any]:
    if new.measure == Measure.MILESTONES:
        return {"start": 0.0, "target": 1.0, "current": 0.0, "milestones": milestones(new.milestones, field)}
    if new.measure == Measure.YES_NO:
        return {"start": 0.0, "target": 1.0, "current": 0.0, "milestones": ()}
    start = limits.number(new.start, field=f"{field}.start")
    target = limits.number(new.target, field=f"{field}.target")
    if new.measure == Measure.METRIC and start == target:
        raise Invalid(START_IS_TARGET, field=f"{field}.target")
    tolerance = limits.number(new.tolerance, field=f"{field}.tolerance")
    if tolerance < 0:
        raise Invalid("A tolerance is 0 or more: 2 means two up or down.", field=f"{field}.tolerance")
    return {
        "start": start,
        "target": target,
        "current": start,
        "tolerance": tolerance,
        "milestones": (),
    }


def milestones(named: Sequence[Milestone], field: str) -> tuple[Milestone, ...]:
    field = f"{field}.milestones"
    if not named:
        raise Invalid("Name at least one milestone, one a line.", field=field)
    if len(named) > MOST_MILESTONES:
        raise Invalid(f"A key result has at most {MOST_MILESTONES} milestones. Join some.", field=field)
    if any(not 0 < one.weight <= 100 for one in named):
        raise Invalid("A weight lies between 0 and 100; 1 is usual.", field=field)
    ask = "A milestone needs a few words."
    return tuple(
        Milestone(
            typed.required(one.title, field=field, most=limits.TITLE, ask=ask, count=limits.YOURS),
            one.weight,
            one.done,
        )
        for one in named
    )


def ticked(named: Sequence[Milestone], places: Collection[int]) -> tuple[Milestone, ...]:
    return tuple(Milestone(one.title, one.weight, place in places) for place, one in enumerate(named))
