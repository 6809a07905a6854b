"""A plain page to look at the local Slack with a browser: people, their messages, modals as forms.

Temporary and small: the rich page takes its place.
"""

import json
from collections.abc import Awaitable, Callable
from typing import TypeAlias
from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from playground.driver import Person
from playground.driver.world import World
from playground.page.controls import read_fields
from playground.page.screens import desk, everybody
from playground.server import Playground
from playground.views import View
from playground.workspace import Message, Workspace

Sent: TypeAlias = dict[str, list[str]]


class Page:
    def __init__(self, playground: Playground, workspace: Workspace) -> None:
        self._playground = playground
        self._workspace = workspace
        self._worlds: dict[str, World] = {}

    def app(self) -> Starlette:
        posts: dict[str, Callable[[World, Sent], Awaitable[object]]] = {
            "command": self._command,
            "say": self._say,
            "home": self._open_home,
            "act": self._act,
        }
        doors = [
            Route(f"/as/{{user_id}}/{name}", self._door(do), methods=["POST"]) for name, do in posts.items()
        ]
        return Starlette(routes=[Route("/", self._everybody), Route("/as/{user_id}/", self._desk), *doors])

    async def _everybody(self, _request: Request) -> Response:
        return HTMLResponse(everybody(self._workspace))

    async def _desk(self, request: Request) -> Response:
        world = self._world(request)
        return HTMLResponse(desk(Person(world), world))

    def _door(
        self, do: Callable[[World, Sent], Awaitable[object]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            origin = request.headers.get("origin")
            if origin and urlsplit(origin).netloc != request.headers.get("host"):
                raise HTTPException(403, "This form belongs to another page.")
            world = self._world(request)
            await do(world, parse_qs((await request.body()).decode(), keep_blank_values=True))
            return RedirectResponse(f"/as/{world.user_id}/", status_code=303)

        return answer

    def _world(self, request: Request) -> World:
        user_id = request.path_params["user_id"]
        member = self._workspace.members.get(user_id)
        if member is None or not member.is_person:
            raise HTTPException(404, "Nobody of that name can sign in here.")
        if user_id not in self._worlds:
            self._worlds[user_id] = World(
                self._playground, self._playground.team(self._workspace.team_id), user_id
            )
        return self._worlds[user_id]

    # What people do

    async def _command(self, world: World, sent: Sent) -> object:
        line = sent["text"][0].strip()
        return await Person(world).command(line if line.startswith("/") else f"/{line}")

    async def _say(self, world: World, sent: Sent) -> object:
        return await Person(world).say(sent["text"][0])

    async def _open_home(self, world: World, _sent: Sent) -> object:
        return await Person(world).open_home()

    async def _act(self, world: World, sent: Sent) -> object:
        """Types everything that stands in the form, then presses, submits or closes."""
        target = self._target(world, sent["target"][0])
        choices = read_fields(target.blocks, sent)
        self._playground.fill(world.team_id, world.user_id, target, choices)
        if "press" in sent:
            block_id, action_id, choice = json.loads(sent["press"][0])
            choice = choice or choices.get(block_id, {}).get(action_id)
            pressing = self._playground.press(
                world.team_id, world.user_id, target, block_id, action_id, choice
            )
            return await world.settled(pressing)
        modal = Person(world).modal
        return await (modal.close() if sent["do"] == ["close"] else modal.submit())

    def _target(self, world: World, name: str) -> Message | View:
        """A view by its id, a message by channel and ts; what has gone meanwhile is gone."""
        channel_id, _, ts = name.partition(" ")
        found: Message | View | None = world.team.views.get(name)
        if channel := world.team.workspace.channels.get(channel_id):
            found = next(
                (one for one in (*channel.messages.values(), *channel.ephemerals) if one.ts == ts), None
            )
        if found is None:
            raise HTTPException(404, "That message is gone. Go back and refresh.")
        return found
