"""What one person sees of the workspace, as JSON in named parts; a window is sent the parts that have changed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from playground.form_state import carried_over
from playground.types import Payload
from playground.views import View
from playground.workspace import Channel, Member, Message

if TYPE_CHECKING:
    from playground.page.doings import Desk
    from playground.page.switches import Switches
    from playground.page.time_control import TimeControl

ReadUntil: TypeAlias = dict[str, dict[str, str]]
MOST_MESSAGES = 200  # of each conversation, the newest


class Sight:
    """`window`: which of the person's; a modal shows only in the one it was opened from."""

    def __init__(
        self, desk: "Desk", time: "TimeControl | None", switches: "Switches | None", *, window: str = ""
    ) -> None:
        self._desk = desk
        self._time = time
        self._switches = switches
        self._window = window
        self._team = desk.team

    def parts(self) -> Payload:
        log = self._team.ground.log
        parts: Payload = {
            "me": self._person(self._me) | {"tz": self._me.tz},
            "team": self._workspace(),
            "people": {one.id: self._person(one) for one in self._team.workspace.members.values()},
            "channels": [self._channel(one) for one in self._conversations()],
            "modals": self._modals(),
            "home": self._home(),
            "traffic": [len(log.calls), len(log.deliveries)],
            "clock": self._time.shown(self._me.tz) if self._time else None,
            "switches": self._switches.shown() if self._switches else [],
        }
        parts |= {f"messages/{one.id}": self._messages(one) for one in self._conversations()}
        return parts

    @property
    def _me(self) -> Member:
        return self._team.workspace.members[self._desk.user_id]

    def _person(self, member: Member) -> Payload:
        return {
            "id": member.id,
            "name": member.shown_name,
            "full": member.real_name,
            "title": member.title or ("Guest" if member.is_restricted else ""),
            "status": member.status_emoji,
            "reads": member.is_person,
            "gone": member.deleted,
        }

    def _workspace(self) -> Payload:
        installed, manifest = self._team.installed, self._team.installed.app.manifest
        return {
            "name": self._team.workspace.name,
            "bot": installed.bot.id,
            "app": installed.bot.real_name,
            "gone": bool(installed.revoked),
            "home": manifest.home_tab,
            "writable": manifest.messages_tab and not manifest.messages_tab_read_only,
            "commands": [
                {"name": one.name, "about": one.description, "hint": one.usage_hint}
                for one in manifest.commands.values()
            ],
            "shortcuts": [
                {"id": one.callback_id, "name": one.name, "kind": one.kind, "about": one.description}
                for one in manifest.shortcuts.values()
            ],
            "groups": {one.id: one.handle for one in self._team.workspace.usergroups.values()},
            "public": {
                one.id: one.name
                for one in self._team.workspace.channels.values()
                if one.kind == "public_channel"
            },
        }

    def _conversations(self) -> Iterator[Channel]:
        for channel in self._team.workspace.channels.values():
            if self._me.id in channel.members:
                yield channel

    def _channel(self, channel: Channel) -> Payload:
        read = self._desk.read_until.get(channel.id, "")
        unread = [one for one in channel.messages.values() if one.ts > read and one.user != self._me.id]
        others = [one for one in channel.members if one != self._me.id]
        return {
            "id": channel.id,
            "name": channel.name,
            "kind": channel.kind,
            "topic": channel.topic,
            "members": len(channel.members),
            "with": others[:1] if channel.is_direct else others,
            "unread": len(unread),
            "read": read,
        }

    def _messages(self, channel: Channel) -> list[Payload]:
        """With those that only this person can see, in the order of their time."""
        mine = [one for one in channel.ephemerals if one.ephemeral_to == self._me.id]
        everybody = list(channel.messages.values())[-MOST_MESSAGES:]
        return [self._message(one) for one in sorted([*everybody, *mine], key=lambda one: one.ts)]

    def _message(self, message: Message) -> Payload:
        return {
            "ts": message.ts,
            "user": message.user,
            "text": message.text,
            "blocks": message.blocks,
            "attachments": len(message.attachments),
            "files": [_file(one) for one in message.files],
            "thread": message.thread_ts,
            "edited": message.edited is not None,
            "private": message.ephemeral_to is not None,
            "reactions": [{"name": name, "people": who} for name, who in message.reactions.items() if who],
            "values": carried_over(message.states.get(self._me.id, {}), message.blocks),
        }

    def _modals(self) -> list[Payload]:
        if not self._desk.shows_modals(self._window):
            return []
        return [self._modal(one) for one in self._team.views.stack_of(self._me.id)]

    def _modal(self, view: View) -> Payload:
        shown_at, errors = self._desk.errors.get(view.id, ("", {}))
        return self._view(view) | {
            "title": view.content.get("title"),
            "submit": view.content.get("submit"),
            "close": view.content.get("close"),
            "errors": errors if shown_at == view.hash else {},
        }

    def _home(self) -> Payload | None:
        home = self._team.views.home_of(self._me.id)
        return self._view(home) if home else None

    def _view(self, view: View) -> Payload:
        return {"id": view.id, "hash": view.hash, "blocks": view.blocks, "values": view.values}


def _file(file: Payload) -> Payload:
    return {
        "id": file["id"],
        "name": file.get("title") or file.get("name"),
        "picture": str(file.get("mimetype", "")).startswith("image/"),
        "alt": file.get("alt_txt", ""),
    }
