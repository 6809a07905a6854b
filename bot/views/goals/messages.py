"""What the courier says about goals: to whoever agrees, waits, leads or confirms. Limited goals are not named."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, OverflowMenuElement

from bot.models.goals import GoalReading, GoalState, GoalSummary
from bot.slack import Message
from bot.views import kit
from bot.views.goals import words
from bot.views.goals.changing import SUGGEST
from bot.views.goals.closing import COMMENT_ON
from bot.views.goals.lists import MINE, OPEN
from bot.views.goals.page import AGREE
from bot.views.goals.ref import Ref

Menu = Sequence[OverflowMenuElement]


def proposed_message(reading: GoalReading, *, is_own: bool = False, more: Menu = ()) -> Message:
    """To whoever's word makes it agreed: the manager, or the owner where somebody else set it (`is_own`).

    Afterwards it says what became of it.
    """
    line = reading.line
    owner = kit.short(line.owner_name, 60)
    if line.state != GoalState.PROPOSED or not reading.may_agree:
        return _answered(reading)
    ref = Ref(goal=line.goal_id, seen=line.version).encode()
    whose = f"{kit.short(reading.state_by, 60)} has a goal for you" if is_own else f"{owner} set a goal"
    return _saying(
        f"{whose}: do you see it the same way?",
        f"{words.named(line)}, {line.period}.",
        _measured(reading),
        below=[
            kit.button("Looks good", AGREE, ref, primary=True, spoken=f"Looks good: the goal of {owner}"),
            kit.button("Suggest a change", SUGGEST, ref),
            kit.button("Open", OPEN, ref, spoken=f"Open the goal of {owner}"),
            *more,
        ],
    )


def _measured(reading: GoalReading) -> str:
    count = len(reading.key_results)
    return f"It has {kit.counted(count, 'key result')}." if count else "It has no key results yet."


def _answered(reading: GoalReading) -> Message:
    line = reading.line
    said = f"{words.STATES[line.state]} by {kit.short(reading.state_by, 60)}: {words.named(line)}."
    return _saying(said, below=[_open(line)])


def answered_message(reading: GoalReading, by: str) -> Message:
    """To whoever set it, or closed it."""
    line, who = reading.line, kit.short(by, 60)
    if line.state == GoalState.AGREED:
        return _saying(f"{who} agreed to {words.named(line)}.", below=[_open(line)])
    if line.is_open:
        return _saying(
            f"{who} suggests a change to {words.named(line)}.",
            "Open it to read why. What you do with it is up to you.",
            below=[_open(line, primary=True)],
        )
    if reading.closing is None or reading.closing.confirmed_by is None:
        return _answered(reading)
    return _saying(
        f"{who} confirmed how {words.named(line)} ended.",
        "Open it to see both scores, and what was said with them.",
        below=[_open(line, primary=True)],
    )


def off_track_message(reading: GoalReading, *, more: Menu = ()) -> Message:
    """To the manager: how it stands, what the owner said, and one thing to do about it."""
    line = reading.line
    owner = kit.short(line.owner_name, 60)
    return _saying(
        f"{owner} says a goal is {words.confidence(line.confidence).lower()}.",
        f"{words.named(line)}: {words.score(line.progress)} of 1.0, until {line.ends_on:%-d %B}.",
        f"One thing to do: ask {owner} what would bring it back, and take one obstacle off their hands.",
        below=[_open(line, primary=True), *more],
    )


def closed_message(reading: GoalReading, *, more: Menu = ()) -> Message:
    """To the manager, who confirms."""
    line, closing = reading.line, reading.closing
    owner = kit.short(line.owner_name, 60)
    if closing is None or line.is_open or not reading.may_confirm:
        return _answered(reading)
    return _saying(
        f"{owner} {words.STATES[closing.outcome].lower()} a goal at {closing.score:.1f}.",
        f"{words.named(line)}, {line.period}.",
        "Confirm the score, or add yours beside it.",
        below=[
            kit.button("Confirm", COMMENT_ON, Ref(goal=line.goal_id).encode(), primary=True),
            _open(line),
            *more,
        ],
    )


def ended_message(period: str, left: int, *, more: Menu = ()) -> Message:
    """To an owner whose period is over."""
    return _saying(
        f"{kit.short(period, 64)} is over: {kit.counted(left, 'open goal')} to close.",
        "Close, carry over or drop each, with a score and a sentence. A minute for each will do.",
        below=[kit.button("Open my goals", MINE, primary=True), *more],
    )


def quiet_sentence(quiet: Sequence[GoalSummary]) -> list[str]:
    """For the manager's digest. Not escaped yet."""
    if not quiet:
        return []
    named = [f"{words.named(line)} ({kit.short(line.owner_name, 60)})" for line in quiet[:3]]
    more = f" and {len(quiet) - 3} more" if len(quiet) > 3 else ""
    return [f"Goals gone quiet: {', '.join(named)}{more}."]


def _open(line: GoalSummary, *, primary: bool = False) -> ButtonElement:
    ref = Ref(goal=line.goal_id).encode()
    return kit.button("Open", OPEN, ref, primary=primary, spoken=f"Open the goal of {line.owner_name}")


def _saying(first: str, *rest: str, below: Sequence[ButtonElement | OverflowMenuElement]) -> Message:
    """Names and titles in the lines are not escaped yet. The plain text says all of them."""
    lines = [f"*{kit.escape(first)}*", *map(kit.escape, rest)]
    blocks: list[Block] = [kit.section("\n".join(lines)), kit.buttons(*below)]
    return kit.message(" ".join((first, *rest)), *blocks)
