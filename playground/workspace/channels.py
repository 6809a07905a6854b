"""Channels, direct messages and the messages in them, as Slack's Web API shows them."""

import mimetypes
from dataclasses import dataclass, field
from typing import Literal

from pydantic import ConfigDict

from playground.types import Payload

Kind = Literal["public_channel", "private_channel", "im", "mpim"]
FAMILY: dict[Kind, str] = {  # the part before the colon of `channels:read`, `im:history`, …
    "public_channel": "channels",
    "private_channel": "groups",
    "im": "im",
    "mpim": "mpim",
}


@dataclass
class Message:
    """One message. An update replaces lists and dicts, never changes them: a copy keeps what was seen."""

    channel_id: str
    ts: str
    user: str
    text: str
    blocks: list[Payload] = field(default_factory=list)
    attachments: list[Payload] = field(default_factory=list)
    metadata: Payload | None = None
    thread_ts: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    bot_profile: Payload | None = None
    subtype: str | None = None
    edited: Payload | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Payload] = field(default_factory=list)
    ephemeral_to: str | None = None  # the one person who sees it; never in the history
    states: dict[str, Payload] = field(default_factory=dict)  # person → what they chose in it so far

    def as_slack(self, team_id: str, *, all_metadata: bool = True) -> Payload:
        shown: Payload = {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": self.text,
            "team": team_id,
        }
        for name in ("bot_id", "app_id", "bot_profile", "subtype", "thread_ts", "edited"):
            if (value := getattr(self, name)) is not None:
                shown[name] = value
        for name in ("blocks", "attachments", "files"):
            if value := getattr(self, name):
                shown[name] = value
        if self.reactions:
            shown["reactions"] = self.reactions_as_slack()
        if self.metadata:
            shown["metadata"] = self.metadata if all_metadata else {"event_type": self.metadata["event_type"]}
        return shown

    def reactions_as_slack(self) -> list[Payload]:
        return [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in self.reactions.items()
        ]


@dataclass
class Channel:
    id: str
    name: str
    kind: Kind
    members: list[str]
    created: int = 0
    creator: str = ""
    topic: str = ""
    purpose: str = ""
    is_archived: bool = False
    is_general: bool = False
    is_ext_shared: bool = False  # with another company, over Slack Connect
    messages: dict[str, Message] = field(default_factory=dict)  # by ts, oldest first
    ephemerals: list[Message] = field(default_factory=list)

    @property
    def family(self) -> str:
        return FAMILY[self.kind]

    @property
    def is_direct(self) -> bool:
        return self.kind == "im"

    @property
    def shown_name(self) -> str:
        """The name in payloads: Slack sends a fixed word for direct messages."""
        return {"im": "directmessage", "private_channel": "privategroup"}.get(self.kind, self.name)

    def as_slack(self, viewer: str, *, num_members: bool = False) -> Payload:
        shown: Payload = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.is_archived,
            "is_im": self.is_direct,
            "is_org_shared": False,
            "context_team_id": None,
        }
        if self.is_direct:
            return shown | {
                "user": next((one for one in self.members if one != viewer), viewer),
                "priority": 0,
            }
        shown |= self._room(viewer)
        if num_members:
            shown["num_members"] = len(self.members)
        return shown

    def _room(self, viewer: str) -> Payload:
        return {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "public_channel",
            "is_group": self.kind == "private_channel",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "public_channel",
            "is_general": self.is_general,
            "is_shared": False,
            "is_ext_shared": self.is_ext_shared,
            "is_member": viewer in self.members,
            "creator": self.creator,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": "", "last_set": 0},
            "previous_names": [],
        }


@dataclass
class File:
    __pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")  # when it is kept

    id: str
    name: str
    title: str
    length: int
    alt_text: str = ""
    content: bytes | None = None  # None until the bytes have arrived
    completed: bool = False
    channels: list[str] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        """Slack goes by the name, too."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def as_slack(self) -> Payload:
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            **({"alt_txt": self.alt_text} if self.alt_text else {}),
            "size": self.length,
            "mode": "hosted",
            "channels": list(self.channels),
            "shares": {},  # sharing is asynchronous in Slack: the answer comes before the share
        }
