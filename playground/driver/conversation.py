"""Messages as one person sees them, alone and in a conversation."""

import copy
from collections.abc import Callable

from playground.activity import A_HANG
from playground.driver.screen import Screen
from playground.driver.surface import Surface
from playground.driver.world import World
from playground.types import Payload
from playground.verbs import Outcome
from playground.workspace import Message


class SeenMessage(Surface):
    """Shows the message as it is now, also after the app has changed it."""

    def __init__(self, world: World, message: Message) -> None:
        super().__init__(world, message)
        self._message = message

    @property
    def author(self) -> str:
        return self._world.name_of(self._message.user) or self._message.user

    @property
    def notification(self) -> str:
        """What stands in the notification, and what a screen reader reads: the message's plain text."""
        return self._world.reader({}).text({"type": "mrkdwn", "text": self._message.text})

    @property
    def ts(self) -> str:
        return self._message.ts

    @property
    def channel_id(self) -> str:
        return self._message.channel_id

    @property
    def reactions(self) -> dict[str, list[str]]:
        """Emoji name → the people who reacted with it."""
        return {
            name: [self._world.name_of(one) or one for one in people]
            for name, people in self._message.reactions.items()
        }

    @property
    def is_gone(self) -> bool:
        channel = self._world.team.workspace.channels[self._message.channel_id]
        return self._message not in (*channel.messages.values(), *channel.ephemerals)

    def as_it_stands(self) -> "SeenMessage":
        """A picture of it: keeps its old buttons after the app has changed the message, for a late finger."""
        return SeenMessage(self._world, copy.copy(self._message))

    async def react(self, emoji: str) -> Outcome:
        world = self._world
        reacting = world.playground.react(world.team_id, world.user_id, self._message, emoji.strip(":"))
        return await world.settled(reacting)

    async def take_reaction_back(self, emoji: str) -> Outcome:
        world = self._world
        name = emoji.strip(":")
        taking = world.playground.take_reaction_back(world.team_id, world.user_id, self._message, name)
        return await world.settled(taking)

    async def shortcut(self, name: str) -> Outcome:
        """Takes a message shortcut by the name it has in the menu."""
        world = self._world
        callback_id = world.find_shortcut(name, "message")
        starting = world.playground.message_shortcut(world.team_id, world.user_id, callback_id, self._message)
        return await world.settled(starting)

    @property
    def screen(self) -> Screen:
        message, world = self._message, self._world
        values = message.states.get(world.user_id, {})
        heading = "" if message.blocks else self.notification
        unread = ["[unreadable: attachment]" for _ in message.attachments]
        files = [f"[file: {_read_out(one)}]" for one in message.files]
        return world.screen(message.blocks, values, heading=heading, footing="\n".join([*unread, *files]))


def _read_out(file: Payload) -> str:
    """A picture is read out by its alternative text, too."""
    return " · ".join(filter(None, (file.get("title") or file.get("name"), file.get("alt_txt"))))


class Conversation:
    """Messages oldest first. Looking at them marks them as seen; `next()` waits for one not seen yet."""

    def __init__(self, world: World, name: str, fetch: Callable[[], list[Message]]) -> None:
        self._world = world
        self._name = name
        self._fetch = fetch
        self._seen = ""

    @property
    def messages(self) -> list[SeenMessage]:
        found = self._fetch()
        if found:
            self._seen = found[-1].ts
        return [SeenMessage(self._world, message) for message in found]

    @property
    def last(self) -> SeenMessage:
        if messages := self.messages:
            return messages[-1]
        raise AssertionError(f"{self._world.me.real_name} sees no message {self._name}")

    @property
    def text(self) -> str:
        return "\n".join(f"{message.author}: {message.text}" for message in self.messages)

    def __len__(self) -> int:
        return len(self._fetch())

    async def next(self, *, within: float = A_HANG) -> SeenMessage:
        """The first message not looked at yet; fails after `within` real seconds with what is there instead."""
        try:
            await self._world.playground.until(lambda: bool(self._unseen()), within=within)
        except TimeoutError:
            raise AssertionError(
                f"No new message {self._name} within {within} s. There is:\n{self.text}"
            ) from None
        message = self._unseen()[0]
        self._seen = message.ts
        return SeenMessage(self._world, message)

    def _unseen(self) -> list[Message]:
        return [message for message in self._fetch() if message.ts > self._seen]
