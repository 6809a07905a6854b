"""A message, a form, and a connection over a line of a test's choosing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement, SectionBlock
from slack_sdk.models.views import View

from bot.slack import FIELD_SCOPES, METHOD_SCOPES, Message, Slack
from playground.team import Team

SCOPES = sorted({*filter(None, METHOD_SCOPES.values()), *FIELD_SCOPES.values()})


MANIFEST = {
    "display_information": {"name": "Rapport"},
    "features": {"app_home": {"home_tab_enabled": True}},
    "oauth_config": {"scopes": {"bot": SCOPES}},
}

HELLO = Message("Hello", [SectionBlock(text="Hello, *Ana*")])


@asynccontextmanager
async def connected(team: Team, url: str, **options: Any) -> AsyncIterator[Slack]:
    async with Slack.connect(team.installed.token, url, **options) as slack:
        yield slack


def form(title: str = "Form") -> View:
    field = InputBlock(block_id="words", label="Words", element=PlainTextInputElement(action_id="value"))
    return View(type="modal", title=title, submit="Save", blocks=[field])
