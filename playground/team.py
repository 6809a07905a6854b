"""One workspace with the app in it, at run time: everything the local Slack keeps about the two."""

import re
from dataclasses import dataclass

from playground.app import Installed
from playground.content import Content
from playground.delivery.events import Events
from playground.delivery.post import Post
from playground.delivery.reply import Transport
from playground.ground import Ground
from playground.limits import Limits
from playground.notifications import notify
from playground.response_urls import ResponseUrls
from playground.triggers import Triggers
from playground.types import Payload
from playground.views import Views
from playground.workspace import Channel, Message, Notice, Place

CHANNEL_EVENT = {
    "im": "message.im",
    "mpim": "message.mpim",
    "public_channel": "message.channels",
    "private_channel": "message.groups",
}
CHANNEL_TYPE = {"im": "im", "mpim": "mpim", "public_channel": "channel", "private_channel": "group"}


@dataclass(frozen=True)
class Posting:
    """How a message is put into a channel, besides what it says."""

    thread_ts: str | None = None
    ephemeral_to: str | None = None
    files: tuple[Payload, ...] = ()


PLAINLY = Posting()


class Team:
    def __init__(self, ground: Ground, installed: Installed, transport: Transport, limits: Limits) -> None:
        self.ground = ground
        self.installed = installed
        self.workspace = installed.workspace
        self.limits = limits
        self.views = Views(installed, ground.clock)
        self.triggers = Triggers(self.workspace.ids, ground.clock)
        self.response_urls = ResponseUrls(self.workspace.ids, ground.clock)
        self.post = Post(ground, self.workspace.team_id, transport)
        self.events = Events(ground, installed, self.post)

    @property
    def team_id(self) -> str:
        return self.workspace.team_id

    def dm_of(self, user_id: str) -> Channel:
        """The direct message between this person and the bot; opened when there is none yet."""
        return self.workspace.open_direct(self.installed.bot.id, user_id)

    def say(self, channel: Channel, content: Content, posting: Posting = PLAINLY) -> Message:
        """The bot says something: stores it, pings people, and tells the app if it listens to messages."""
        installed = self.installed
        message = Message(
            channel_id=channel.id,
            ts=self.workspace.next_ts(),
            user=installed.bot.id,
            text=content.text or "",
            blocks=content.blocks or [],
            attachments=content.attachments or [],
            metadata=content.metadata or None,
            thread_ts=posting.thread_ts,
            bot_id=installed.bot_id,
            app_id=installed.app.app_id,
            bot_profile=installed.bot_profile(),
            ephemeral_to=posting.ephemeral_to,
            files=list(posting.files),
        )
        return self.put(channel, message)

    def put(self, channel: Channel, message: Message) -> Message:
        """Puts anybody's message into a channel."""
        self.workspace.post(message)
        if not message.ephemeral_to:
            notify(self.workspace, channel, message)
            self._announce(channel, message)
        self.ground.activity.changed()
        return message

    def change(self, message: Message, content: Content) -> None:
        """Replaces what a message says. Text without blocks removes the blocks; metadata not given stays."""
        if content.blocks is not None or content.text is not None:
            message.blocks = content.blocks or []
        if content.text is not None:
            message.text = content.text
        if content.attachments is not None:
            message.attachments = content.attachments
        if content.metadata is not None:
            message.metadata = content.metadata or None
        if not message.blocks:
            message.edited = {"user": self.installed.bot.id, "ts": f"{self.ground.clock():.6f}"}
        message.states = {}
        self.ground.activity.changed()

    def show_notice(self, user_id: str, text: str, place: Place) -> str:
        """Slack itself tells this person something; returns the sentence."""
        self.workspace.ledger.notices.append(Notice(self.ground.clock(), user_id, text, place))
        self.ground.activity.changed()
        return text

    def _announce(self, channel: Channel, message: Message) -> None:
        if self.installed.bot.id not in channel.members:
            return
        event = message.as_slack(self.team_id) | {
            "channel": channel.id,
            "channel_type": CHANNEL_TYPE[channel.kind],
            "event_ts": message.ts,
        }
        self.events.announce(CHANNEL_EVENT[channel.kind], event)
        if not channel.is_direct and re.search(rf"<@{self.installed.bot.id}(\|[^>]*)?>", message.text):
            self.events.announce("app_mention", event | {"type": "app_mention"})
