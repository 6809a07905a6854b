"""A deed ends in a page that confirms it: what happened, who sees it, until when it can be changed, one next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.views.kit.blocks import buttons, modal, rule, section, small


@dataclass(frozen=True, slots=True)
class NextStep:
    """The page suggests this one thing to do next. `note` says what the button does, where that may worry somebody."""

    sentence: str
    button: ButtonElement
    note: str = ""


def confirmation(
    callback_id: str,
    title: str,
    done: str,
    *sentences: str,
    changes: Sequence[ButtonElement] = (),
    next_step: NextStep | None = None,
) -> View:
    """`done` says in a sentence what happened; `sentences` follow it. All are mrkdwn, with names already escaped.
    `changes` are the buttons that change the deed or take it back.
    """
    blocks: list[Block] = [section("\n".join((f"*{done}*", *sentences)))]
    if changes:
        blocks.append(buttons(*changes))
    if next_step:
        blocks += [rule(), section(next_step.sentence), buttons(next_step.button)]
        blocks += [small(next_step.note)] if next_step.note else []
    return modal(callback_id, title, blocks)
