"""A local Slack with two people and a tiny Bolt app, over HTTP; time stands still until a test moves it."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from playground.app import App, Installed
from playground.clock import wall_clock
from playground.listening import listening
from playground.manifest import AppManifest
from playground.server import Playground
from playground.team import Team
from playground.workspace import Channel, Member, Workspace

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Parrot"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Parrot"},
        "slash_commands": [
            {"command": "/parrot", "description": "Repeats", "should_escape": True},
            {"command": "/literal", "description": "Repeats as typed"},
        ],
        "shortcuts": [
            {"name": "Repeat", "type": "global", "callback_id": "repeat", "description": "Opens the form"},
            {"name": "Quote", "type": "message", "callback_id": "quote", "description": "Quotes"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                *("app_mentions:read", "channels:history", "channels:read", "chat:write", "commands"),
                *("dnd:read", "files:write", "im:history", "im:read", "im:write", "mpim:write"),
                *("reactions:read", "reactions:write", "team:read", "usergroups:read"),
                *("users:read", "users:read.email"),
            ]
        }
    },
    "settings": {
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "message.im",
                "reaction_added",
                "reaction_removed",
                "team_join",
                "user_change",
            ]
        },
    },
}


class ManualClock:
    """Starts at the real time, since Bolt compares signatures with it, and moves only when told."""

    def __init__(self) -> None:
        self.now = wall_clock()
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Noted, not waited for; and the clock stays where the test put it."""
        self.slept.append(seconds)


@dataclass
class Office:
    """One workspace with the app in it, and the two people of these tests."""

    slack: Playground
    clock: ManualClock
    team: Team
    app: App
    client: AsyncWebClient
    ana: Member
    ben: Member
    bolt: AsyncApp = field(init=False)

    @property
    def workspace(self) -> Workspace:
        return self.team.workspace

    @property
    def installed(self) -> Installed:
        return self.team.installed

    @property
    def team_id(self) -> str:
        return self.team.team_id

    @property
    def general(self) -> Channel:
        return self.workspace.general

    def __post_init__(self) -> None:
        self.bolt = AsyncApp(
            client=self.client,
            signing_secret=self.app.signing_secret,
            process_before_response=True,
        )

    @contextlib.asynccontextmanager
    async def over_http(self) -> AsyncIterator[None]:
        """Serves the Bolt app and tells Slack its address."""
        async with self.answered_by(AsyncSlackRequestHandler(self.bolt).handle):
            yield

    @contextlib.asynccontextmanager
    async def answered_by(self, app: Callable[[Request], Awaitable[Response]]) -> AsyncIterator[None]:
        """Serves any other app in its place, for answers that Bolt would never give."""

        async def receive(request: Request) -> Response:
            return await app(request)

        routes = [Route("/slack/events", receive, methods=["POST"])]
        async with listening(Starlette(routes=routes), "127.0.0.1", 0) as url:
            self.app.request_url = f"{url}/slack/events"
            yield

    async def command(self, text: str = "", command: str = "/parrot") -> Any:
        return await self.slack.send_command(self.team_id, self.ana.id, self.general.id, command, text)

    def dm_of(self, person: Member) -> Channel:
        return self.team.dm_of(person.id)


async def refusal(call: Awaitable[Any]) -> Any:
    """The body of Slack's no. Fails when Slack said yes."""
    try:
        answer = await call
    except SlackApiError as error:
        return error.response.data
    raise AssertionError(f"Slack did not refuse: {answer}")


def open_office(
    slack: Playground,
    clock: ManualClock,
    *,
    manifest: dict[str, Any] = MANIFEST,
    scopes: frozenset[str] | None = None,
    name: str = "Example",
) -> Office:
    workspace = slack.workspace(name)
    app = App.create(AppManifest.parse(manifest), seed=name)
    installed = slack.install(app, workspace, scopes)
    client = AsyncWebClient(token=installed.token, base_url=slack.api_url)
    ana = workspace.add_person("Ana Silva", handle="ana", tz="Europe/Lisbon")
    ben = workspace.add_person("Ben Okoro", handle="ben")
    return Office(slack, clock, slack.team(workspace.team_id), app, client, ana, ben)
