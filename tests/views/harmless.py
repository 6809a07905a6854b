"""Hostile words, and a look at whether a message or a window lets them ping anybody."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.slack import Message
from playground.blockkit import check_blocks, check_view
from playground.notifications import BROADCAST, GROUP, USER

PINGS = "<!channel> <@U0BEN> <!subteam^S0ALL> <!here|here>"
TYPED = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=2000)


def fine(message: Message) -> None:
    assert check_blocks([block.to_dict() for block in message.blocks]) == []
    assert not pings([message.text, *mrkdwn(message.blocks)]), message


def harmless(view: View) -> None:
    assert check_view(view.to_dict()) == []
    assert not pings(mrkdwn(view.blocks or [])), view


def pings(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if BROADCAST.search(text) or USER.search(text) or GROUP.search(text)]


def mrkdwn(blocks: Sequence[Block]) -> list[str]:
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("type") == "mrkdwn":
                found.append(value["text"])
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk([block.to_dict() for block in blocks])
    return found
