"""The goals of the sample company's past, set, agreed, moved and ended through the bot's own services."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import Person
from bot.models.goals import (
    Confidence,
    GoalKind,
    GoalState,
    GoalSummary,
    KeyResult,
    Level,
    NewGoal,
    NewKeyResult,
    Update,
)
from bot.services import goals, people
from playground.hosting.scene import Scene
from playground.past_goals import EndConfirmed, GoalAgreed, GoalEnded, GoalHappening, GoalMoved, GoalSet

HAPPENINGS = (GoalSet, GoalAgreed, GoalMoved, GoalEnded, EndConfirmed)


async def happen(scene: Scene, one: GoalHappening) -> None:
    session, who = scene.session, scene.who
    if isinstance(one, GoalSet):
        await _set(session, who, one)
    elif isinstance(one, GoalAgreed):
        owner = await people.by_slack_id(session, one.owner)
        goal = await _goal_titled(session, owner, one.title, one.at)
        await goals.agree(session, who, goal.goal_id, seen=goal.version, now=one.at)
    elif isinstance(one, GoalMoved):
        await _move(session, who, one)
    elif isinstance(one, GoalEnded):
        await _end(session, who, one)
    else:
        await _confirm_end(session, who, one)


async def _set(session: AsyncSession, who: Person, one: GoalSet) -> None:
    above = await goals.parents_on_offer(session, who, words=one.serves, now=one.at) if one.serves else ()
    new = NewGoal(
        one.title,
        level=Level(one.level),
        kind=GoalKind(one.kind),
        parent_id=next((goal.goal_id for goal in above if goal.title == one.serves), None),
        key_results=tuple(
            NewKeyResult(result.title, start=result.start, target=result.target, unit=result.unit)
            for result in one.measured
        ),
    )
    await goals.create(session, who, new, now=one.at)


async def _move(session: AsyncSession, who: Person, one: GoalMoved) -> None:
    goal = await _goal_titled(session, who, one.title, one.at)
    reading = await goals.read(session, who, goal.goal_id, now=one.at)
    change = Update(
        goal.goal_id,
        seen=goal.version,
        confidence=Confidence(one.confidence),
        values={result.id: _value(result, one.share) for result in reading.key_results},
        note=one.note,
    )
    await goals.update(session, who, change, now=one.at)


async def _end(session: AsyncSession, who: Person, one: GoalEnded) -> None:
    goal = await _goal_titled(session, who, one.title, one.at)
    await goals.close(
        session,
        who,
        goal.goal_id,
        seen=goal.version,
        outcome=GoalState(one.outcome),
        score=one.score,
        sentence=one.sentence,
        now=one.at,
    )


async def _confirm_end(session: AsyncSession, who: Person, one: EndConfirmed) -> None:
    owner = await people.by_slack_id(session, one.owner)
    ended = [goal for goal in (await goals.past(session, owner, now=one.at)).goals if goal.title == one.title]
    if ended:
        await goals.confirm(session, who, ended[0].goal_id, score=None, comment="", now=one.at)


def _value(result: KeyResult, share: float) -> float:
    """As people say numbers: whole ones where the way is long."""
    way = result.target - result.start
    return round(result.start + share * way, 0 if abs(way) > 10 else 1)


async def _goal_titled(session: AsyncSession, owner: Person, title: str, at: datetime) -> GoalSummary:
    own = await goals.mine(session, owner, now=at)
    for goal in own.goals:
        if goal.title == title:
            return goal
    raise NotFound(f"{owner.name} has no open goal of that name any more.")
