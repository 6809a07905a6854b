"""One workspace: its people, channels and messages, and the ledger of what reached whom."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from playground.ids import Ids, Timestamps
from playground.types import Clock
from playground.workspace.channels import Channel, File, Kind, Message
from playground.workspace.company import invent_people, read_people
from playground.workspace.ledger import Ledger
from playground.workspace.members import Member, Usergroup


class Workspace:
    def __init__(self, name: str, *, clock: Clock, domain: str = "", seed: str = "") -> None:
        self.ids = Ids(seed or name)
        self.team_id = self.ids.new("T")
        self.name = name
        self.domain = domain or name.lower().replace(" ", "-")
        self.clock = clock
        self.is_paid = True  # user groups exist on paid plans only
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, Usergroup] = {}
        self.files: dict[str, File] = {}
        self.ledger = Ledger()
        self._timestamps = Timestamps(clock)
        self._directs: dict[frozenset[str], Channel] = {}
        self.add(Member("USLACKBOT", self.team_id, "slackbot", "Slackbot", "Slackbot"))
        self.general = self.open_channel("general", is_general=True)

    # People

    def add(self, *members: Member) -> None:
        """Lets people in. Everybody but guests, bots and the deactivated is in #general, as in Slack."""
        for member in members:
            member.updated = int(self.clock())
            self.members[member.id] = member
            if member.is_person and not member.is_restricted:
                self.general.members.append(member.id)

    def add_person(self, name: str, **fields: Any) -> Member:
        handle = fields.pop("handle", name.lower().replace(" ", "."))
        email = fields.pop("email", f"{handle}@example.com")
        user_id = fields.pop("id", None) or self.ids.new("U")
        person = Member(user_id, self.team_id, handle, name, email=email, **fields)
        self.add(person)
        return person

    def load_people(self, path: Path) -> None:
        self.add(*read_people(path, self.team_id))

    def invent_people(self, count: int) -> None:
        self.add(*invent_people(count, self.team_id))

    def person_by_email(self, email: str) -> Member | None:
        matches = (
            member for member in self.members.values() if (member.email or "").lower() == email.lower()
        )
        return next((member for member in matches if not member.deleted), None)

    # Conversations

    def open_channel(self, name: str, *, members: Iterable[str] = (), **fields: Any) -> Channel:
        kind: Kind = fields.pop("kind", "public_channel")
        channel = Channel(self.ids.new("C"), name, kind, list(members), int(self.clock()), **fields)
        self.channels[channel.id] = channel
        return channel

    def direct(self, *user_ids: str) -> Channel | None:
        """The direct message of exactly these people, if somebody has opened it."""
        return self._directs.get(frozenset(user_ids))

    def open_direct(self, *user_ids: str) -> Channel:
        if found := self.direct(*user_ids):
            return found
        group = len(set(user_ids)) > 2
        names = "--".join(self.members[one].name for one in user_ids)
        channel = Channel(
            id=self.ids.new("G" if group else "D"),
            name=f"mpdm-{names}-1" if group else "",
            kind="mpim" if group else "im",
            members=list(dict.fromkeys(user_ids)),
            created=int(self.clock()),
        )
        self.channels[channel.id] = self._directs[frozenset(user_ids)] = channel
        return channel

    def channel_named(self, name: str) -> Channel | None:
        return next((one for one in self.channels.values() if one.name == name.lstrip("#")), None)

    def restore(self, members: Iterable[Member], channels: Iterable[Channel]) -> None:
        """As it was before the playground ended, in place of what is here."""
        self.members = {member.id: member for member in members}
        self.channels = {channel.id: channel for channel in channels}
        self._directs = {
            frozenset(one.members): one for one in self.channels.values() if one.kind in ("im", "mpim")
        }
        self.general = next(one for one in self.channels.values() if one.is_general)

    # Messages

    def next_ts(self) -> str:
        return self._timestamps.next()

    def post(self, message: Message) -> Message:
        channel = self.channels[message.channel_id]
        if message.ephemeral_to:
            channel.ephemerals.append(message)
        else:
            channel.messages[message.ts] = message
        return message

    def ephemerals_of(self, user_id: str) -> list[Message]:
        """What only this person sees, oldest first."""
        mine = [
            one
            for channel in self.channels.values()
            for one in channel.ephemerals
            if one.ephemeral_to == user_id
        ]
        return sorted(mine, key=lambda one: one.ts)

    def messages_of(self, user_id: str) -> Iterator[Message]:
        """Every message in conversations this person is in."""
        for channel in self.channels.values():
            if user_id in channel.members:
                yield from channel.messages.values()
