"""The world as one person's Slack client knows it: names for ids, ids for names, and the playground behind it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from zoneinfo import ZoneInfo

from playground.driver.finding import the_one
from playground.driver.mrkdwn import Eyes
from playground.driver.reading import Reader
from playground.driver.screen import Place, Screen
from playground.form_state import Values
from playground.server import Playground
from playground.team import Team
from playground.types import Payload
from playground.verbs import Outcome
from playground.workspace import Member, Workspace


class World:
    def __init__(self, playground: Playground, team: Team, user_id: str) -> None:
        self.playground = playground
        self.team = team
        self.user_id = user_id
        self.errors: dict[str, tuple[str, dict[str, str]]] = {}
        """view id → the hash it had, and the sentences under its inputs since; a changed view shows none."""
        self.offered: dict[Place, list[Payload]] = {}
        """What menus that ask the app have offered so far."""

    @property
    def team_id(self) -> str:
        return self.team.team_id

    @property
    def me(self) -> Member:
        return self.team.workspace.members[self.user_id]

    async def settled(self, *doings: Awaitable[Outcome]) -> Outcome:
        """Does all of this at once, and lets Slack and the app finish. Of several outcomes, the first failure."""
        outcomes = await asyncio.gather(*doings)
        await self.playground.quiet()
        return next((one for one in outcomes if not one.went_well), outcomes[-1])

    def screen(
        self,
        blocks: list[Payload],
        values: Values,
        errors: Mapping[str, str] | None = None,
        *,
        heading: str = "",
        footing: str = "",
    ) -> Screen:
        return Screen(blocks, self.reader(values, errors), heading, footing, self.offered)

    def reader(self, values: Values, errors: Mapping[str, str] | None = None) -> Reader:
        return Reader(Eyes(self.name_of, ZoneInfo(self.me.tz)), values, errors or {})

    def name_of(self, some_id: str) -> str | None:
        workspace = self.team.workspace
        if member := workspace.members.get(some_id):
            return member.shown_name
        if group := workspace.usergroups.get(some_id):
            return group.handle
        channel = workspace.channels.get(some_id)
        return channel.name if channel and self._sees(some_id) else None

    def _sees(self, channel_id: str) -> bool:
        channel = self.team.workspace.channels[channel_id]
        return channel.kind == "public_channel" or self.user_id in channel.members

    def find_shortcut(self, name: str, kind: str) -> str:
        shortcuts = self.team.installed.app.manifest.shortcuts.values()
        return the_one(
            name, ((one.name, one.callback_id) for one in shortcuts if one.kind == kind), "shortcut"
        )

    def finders(self) -> Mapping[str, Callable[[str], str]]:
        return {"person": self.find_person, "channel": self.find_channel}

    def find_person(self, name: str) -> str:
        """Whoever a menu of people lists: everybody who has not been deactivated."""
        member = find_member(self.team.workspace, name)
        if member.deleted:
            raise AssertionError(f"{member.real_name} is deactivated: Slack's menus do not list them")
        return member.id

    def find_channel(self, name: str) -> str:
        channels = self.team.workspace.channels.values()
        seen = [(one.name, one.id) for one in channels if one.name and self._sees(one.id)]
        return the_one(name.lstrip("#"), seen, "channel")


def find_member(workspace: Workspace, name: str) -> Member:
    """By name, display name, handle, e-mail address or id. An exact match in any of them wins."""
    members = list(workspace.members.values())
    for known_as in (_names, lambda member: [member.name, member.email or "", member.id]):
        exact = [one for one in members if name.casefold() in (word.casefold() for word in known_as(one))]
        if len(exact) == 1:
            return exact[0]
    return the_one(name, ((one.real_name, one) for one in members), "person")


def _names(member: Member) -> list[str]:
    return [member.real_name, member.display_name]
