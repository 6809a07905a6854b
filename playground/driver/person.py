"""Somebody in the workspace, with hands and eyes: types commands, reads messages, fills in modals."""

from functools import partial
from typing import Any

from playground.driver.conversation import Conversation, SeenMessage
from playground.driver.modal import Home, Modal
from playground.driver.world import World
from playground.verbs import Outcome
from playground.workspace import Channel, Message, Ping


class Person:
    def __init__(self, world: World) -> None:
        self._world = world
        direct = f"in the direct messages with {world.team.installed.bot.real_name}"
        self.dm = Conversation(world, direct, self._direct_messages)
        self.ephemeral = Conversation(world, "that only they can see", self._ephemerals)
        self._channels: dict[str, Conversation] = {}

    @property
    def id(self) -> str:
        return self._world.user_id

    @property
    def name(self) -> str:
        return self._world.me.real_name

    def __repr__(self) -> str:
        return f"<Person {self.name}>"

    # Doing

    async def command(self, line: str, *, channel: str = "") -> Outcome:
        """Types a slash command, in the direct messages with the bot or in a channel."""
        name, _, text = line.partition(" ")
        world = self._world
        channel_id = world.find_channel(channel) if channel else world.team.dm_of(self.id).id
        typing = world.playground.send_command(world.team_id, self.id, channel_id, name, text)
        return await world.settled(typing)

    async def shortcut(self, name: str) -> Outcome:
        """Takes a global shortcut by the name it has in the menu."""
        world = self._world
        callback_id = world.find_shortcut(name, "global")
        return await world.settled(world.playground.shortcut(world.team_id, self.id, callback_id))

    async def say(self, text: str, *, channel: str = "") -> Outcome:
        world = self._world
        channel_id = world.find_channel(channel) if channel else world.team.dm_of(self.id).id
        return await world.settled(world.playground.say(world.team_id, self.id, channel_id, text))

    async def open_home(self) -> Home:
        world = self._world
        await world.settled(world.playground.open_home(world.team_id, self.id))
        return self.home

    async def become(self, **fields: Any) -> None:
        """Changes what the directory says of them: `status_emoji`, `tz`, `deleted`, …"""
        world = self._world
        await world.settled(world.playground.change_user(world.team_id, self.id, **fields))

    # Seeing

    @property
    def modal(self) -> Modal:
        """The modal on top."""
        if view := self._world.team.views.top(self.id):
            return Modal(self._world, view)
        raise AssertionError(f"{self.name} has no modal open. {self._surroundings()}")

    @property
    def has_modal(self) -> bool:
        return self._world.team.views.top(self.id) is not None

    @property
    def has_home(self) -> bool:
        return self._world.team.views.home_of(self.id) is not None

    @property
    def home(self) -> Home:
        if view := self._world.team.views.home_of(self.id):
            return Home(self._world, view)
        raise AssertionError(f"The Home tab of {self.name} is empty. {self._surroundings()}")

    @property
    def notices(self) -> list[str]:
        """The sentences Slack itself showed when something of the app failed."""
        return [notice.text for notice in self._world.team.workspace.ledger.notices_of(self.id)]

    @property
    def pings(self) -> list[Ping]:
        """What made their phone buzz; `why` is dm, mention or channel."""
        return self._world.team.workspace.ledger.pings_of(self.id)

    def channel(self, name: str) -> Conversation:
        channel = self._world.team.workspace.channels[self._world.find_channel(name)]
        if channel.id not in self._channels:
            fetch = partial(_messages_in, channel)
            self._channels[channel.id] = Conversation(self._world, f"in #{channel.name}", fetch)
        return self._channels[channel.id]

    def _direct_messages(self) -> list[Message]:
        return _messages_in(self._world.team.dm_of(self.id))

    def _ephemerals(self) -> list[Message]:
        return self._world.team.workspace.ephemerals_of(self.id)

    def _surroundings(self) -> str:
        """What there is to see instead, for a failure that explains itself."""
        last = [SeenMessage(self._world, one) for one in self._ephemerals()[-1:]]
        lines = [
            *(f"Only they can see: {one.text}" for one in last),
            *(f"Slack says: {one}" for one in self.notices),
        ]
        return "\n".join(lines) or "Nothing else is on their screen."


def _messages_in(channel: Channel) -> list[Message]:
    return list(channel.messages.values())
