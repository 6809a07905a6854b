"""How a goal ends: the owner is asked, gives outcome, score and sentence; the manager is asked and confirms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models.goals import Closing, GoalKind, GoalReading, GoalState
from bot.slack import Message
from bot.views import kit
from bot.views.goals import words
from bot.views.goals.agreement import state_message
from bot.views.goals.parts import MINE, Menu, Ref, message, open_unnamed, standing, who_sees
from bot.views.goals.progress import SCORES, read_score, tenths
from bot.views.goals.setting import one_of

CLOSE = "goals.close"
CONFIRM = "goals.confirm"
COMMENT_ON = "goals.comment_on"
OUTCOME, SCORE, SENTENCE, COMMENT = "outcome", "score", "sentence", "comment"
OUTCOMES: Mapping[str, str] = {
    GoalState.CLOSED: "Finish it: this is the result",
    GoalState.CARRIED_OVER: "Carry it over into the next quarter",
    GoalState.DROPPED: "Drop it: it matters no longer",
}
DID: Mapping[str, str] = {
    GoalState.CLOSED: "closed it",
    GoalState.CARRIED_OVER: "carried it over",
    GoalState.DROPPED: "dropped it",
}
AS_IT_IS = "same"
ASKED: Mapping[str, str] = {
    GoalKind.COMMITTED: "What came of it? Below 100 %: why, and what did you learn?",
    GoalKind.ASPIRATIONAL: "What came of it, and what would you do again?",
    GoalKind.LEARNING: "What do you know or do now that you did not before?",
}


@dataclass(frozen=True, slots=True)
class Closed:
    goal_id: int
    seen: int
    outcome: GoalState
    score: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`score` is None where the owner's score stands."""

    goal_id: int
    score: float | None
    comment: str


def close_form(reading: GoalReading, came_from: Ref) -> View:
    goal = reading.summary
    return kit.modal(
        CLOSE,
        "Finish goal",
        [
            standing(goal),
            kit.choice_input(OUTCOME, "What happens to it?", OUTCOMES, value=GoalState.CLOSED),
            kit.choice_input(
                SCORE,
                "Which score do you propose?",
                SCORES,
                value=tenths(goal.progress),
                hint=_scale(goal.kind),
            ),
            kit.text_input(SENTENCE, ASKED[goal.kind], limit=1000),
            *_confirmed_by(reading),
            who_sees(reading),
        ],
        submit="Finish goal",
        metadata=came_from.showing(goal).encode(),
    )


def _scale(kind: GoalKind) -> str:
    told = {
        GoalKind.COMMITTED: "A committed goal is expected to land at 100 %.",
        GoalKind.ASPIRATIONAL: "For an aspirational goal 60 to 70 % is a good result.",
        GoalKind.LEARNING: "Your own judgement, with what shows it.",
    }
    return f"{told[kind]} It scores the goal, not you."


def _confirmed_by(reading: GoalReading) -> list[Block]:
    if reading.manager_name is None:
        return []
    return [kit.small(f"{kit.name(reading.manager_name)} confirms it or adds a word. Both scores are kept.")]


def read_close(view: Mapping[str, Any]) -> Closed:
    ref, values = Ref.decode(view.get("private_metadata")), kit.Values(view)
    return Closed(
        ref.goal_id,
        ref.version,
        outcome=one_of(GoalState, values.choice(OUTCOME), GoalState.CLOSED),
        score=read_score(values.choice(SCORE)) or 0.0,
        sentence=values.text(SENTENCE),
    )


def confirm_form(reading: GoalReading, came_from: Ref) -> View:
    """The owner's score stands unless the manager gives another one. Both are kept."""
    goal, closing = reading.summary, reading.closing
    own = {AS_IT_IS: "The score as it is", **SCORES}
    return kit.modal(
        CONFIRM,
        "Confirm closing",
        [
            kit.section(f"*{words.title(goal)}*\n{kit.name(goal.owner_name)}"),
            *(closing_blocks(closing) if closing else []),
            kit.choice_input(SCORE, "Which score would you give?", own, value=AS_IT_IS),
            kit.text_input(COMMENT, "A word on it", optional=True, limit=1000),
            who_sees(reading),
        ],
        submit="Confirm",
        metadata=came_from.encode(),
    )


def closing_blocks(closing: Closing) -> list[Block]:
    """Both scores, each with the name of who gave it."""
    own = f"*{kit.name(closing.closed_by)}* {DID[closing.outcome]} at {words.score(closing.score)}"
    blocks: list[Block] = [kit.section(own), kit.typed(closing.sentence)]
    if closing.confirmed_by is None:
        return [*blocks, kit.small("The manager has not confirmed it yet.")]
    score = "the same score" if closing.manager_score is None else words.score(closing.manager_score)
    blocks.append(kit.section(f"*{kit.name(closing.confirmed_by)}* confirmed it: {score}"))
    return [*blocks, *([kit.typed(closing.manager_comment)] if closing.manager_comment else [])]


def read_confirm(view: Mapping[str, Any]) -> Confirmed:
    ref, values = Ref.decode(view.get("private_metadata")), kit.Values(view)
    return Confirmed(ref.goal_id, read_score(values.choice(SCORE)), values.text(COMMENT))


def closed_message(reading: GoalReading, *, more: Menu = ()) -> Message:
    """The manager is asked to confirm."""
    goal, closing = reading.summary, reading.closing
    owner = kit.short(goal.owner_name, 60)
    if closing is None or goal.is_open or not reading.may_confirm:
        return state_message(reading)
    return message(
        f"{owner} {words.STATES[closing.outcome].lower()} a goal at {words.score(closing.score)}.",
        f"{words.named(goal)}, {goal.period}.",
        "Confirm the score, or add yours beside it.",
        buttons=[
            kit.button("Confirm", COMMENT_ON, Ref(goal=goal.goal_id).encode(), primary=True),
            open_unnamed(goal),
            *more,
        ],
    )


def ended_message(period: str, left: int, *, more: Menu = ()) -> Message:
    """An owner whose period is over is asked to close what is left."""
    return message(
        f"{kit.short(period, 64)} is over: {kit.counted(left, 'open goal')} to close.",
        "Close, carry over or drop each, with a score and a sentence. A minute for each will do.",
        buttons=[kit.button("Open my goals", MINE, primary=True), *more],
    )
