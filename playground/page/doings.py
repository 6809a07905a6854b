"""What a person does in the page, each named as in its address: JSON in, what they see at once out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from playground.form_state import NoSuchElement, find_element
from playground.page.switches import Switches
from playground.page.time_control import CannotTravel, TimeControl
from playground.server import Playground
from playground.team import Team
from playground.types import Payload
from playground.verbs import Outcome
from playground.verbs.modals import NotOnScreen
from playground.views import View
from playground.workspace import Message

GONE = "That has changed meanwhile. Look again."
Doing: TypeAlias = Callable[["Desk", Payload], Awaitable[Payload]]


class Gone(Exception):
    """What they pointed at is not there any more, or not theirs."""


@dataclass
class Desk:
    """One person's place: what their windows have in common."""

    playground: Playground
    team: Team
    user_id: str
    read_until: dict[str, str]
    time: TimeControl | None = None
    switches: Switches | None = None
    errors: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    """View id → the hash it had, and the sentences under its inputs since; a changed view shows none."""
    acting: str | None = None
    """The window in which they last did something that may open a modal; none since the demo started."""
    modal_in: tuple[str, str] | None = None
    """The id of the lowest modal that is open, and the window that shows it."""

    @property
    def who(self) -> tuple[str, str]:
        return self.team.team_id, self.user_id

    def act_from(self, window: str) -> None:
        """Whatever opens next is shown there, and what is open stays where it is."""
        self.shows_modals(window if self.acting is None else self.acting)
        self.acting = window

    def shows_modals(self, window: str) -> bool:
        """A modal belongs to the window it was opened from; one from before the demo started, to the first."""
        stack = self.team.views.stack_of(self.user_id)
        if not stack:
            return False
        if self.modal_in is None or self.modal_in[0] != stack[0].id:
            self.modal_in = (stack[0].id, window if self.acting is None else self.acting)
        return self.modal_in[1] == window

    def target(self, given: Payload) -> Message | View:
        """A view by its id, a message by channel and ts."""
        if view := self.team.views.get(given.get("view", "")):
            if view.user_id == self.user_id:
                return view
        elif "ts" in given:
            return self.message(given)
        raise Gone(GONE)

    def message(self, given: Payload) -> Message:
        channel = self.team.workspace.channels.get(given["channel"])
        if channel is None or self.user_id not in channel.members:
            raise Gone(GONE)
        for one in (*channel.messages.values(), *channel.ephemerals):
            if one.ts == given["ts"] and one.ephemeral_to in (None, self.user_id):
                return one
        raise Gone(GONE)

    def channel_id(self, given: Payload) -> str:
        """Theirs; without one, the direct messages with the bot."""
        channel_id = str(given.get("channel") or self.team.dm_of(self.user_id).id)
        if self.user_id not in self.team.workspace.channels[channel_id].members:
            raise Gone(GONE)
        return channel_id

    def type_in(self, target: Message | View, given: Payload) -> None:
        """Everything that stands in the form, as the browser has it."""
        choices = {
            block_id: {
                action_id: self.plain(find_element(target.blocks, block_id, action_id), value)
                for action_id, value in fields.items()
            }
            for block_id, fields in given.get("values", {}).items()
        }
        if choices:
            self.playground.fill(*self.who, target, choices)

    def plain(self, element: Payload, value: object) -> object:
        """A date with time comes as it reads on the person's clock."""
        if element["type"] != "datetimepicker" or not isinstance(value, str) or not value:
            return value
        zone = ZoneInfo(self.team.workspace.members[self.user_id].tz)
        return int(datetime.fromisoformat(value).replace(tzinfo=zone).timestamp())


def seen(outcome: Outcome) -> Payload:
    return {"notice": outcome.notice, "errors": outcome.errors, "options": outcome.options}


async def command(desk: Desk, given: Payload) -> Payload:
    name, _, text = str(given["text"]).strip().partition(" ")
    channel_id = desk.channel_id(given)
    return seen(await desk.playground.send_command(*desk.who, channel_id, name, text))


async def say(desk: Desk, given: Payload) -> Payload:
    text, thread = str(given["text"]), given.get("thread")
    if not text.strip():
        raise ValueError("nothing to say")
    return seen(await desk.playground.say(*desk.who, desk.channel_id(given), text, thread))


async def react(desk: Desk, given: Payload) -> Payload:
    """Pressing one's own reaction takes it back, as in Slack."""
    message, name = desk.message(given), str(given["name"])
    if desk.who[1] in message.reactions.get(name, []):
        return seen(await desk.playground.take_reaction_back(*desk.who, message, name))
    return seen(await desk.playground.react(*desk.who, message, name))


async def shortcut(desk: Desk, given: Payload) -> Payload:
    if "ts" in given:
        message = desk.message(given)
        return seen(await desk.playground.message_shortcut(*desk.who, given["id"], message))
    return seen(await desk.playground.shortcut(*desk.who, given["id"]))


async def fill(desk: Desk, given: Payload) -> Payload:
    with_what_is_there(desk, given)
    return {}


async def press(desk: Desk, given: Payload) -> Payload:
    target = with_what_is_there(desk, given)
    try:
        element = find_element(target.blocks, given["block"], given["action"])
        choice = desk.plain(element, given.get("choice"))
        return seen(await desk.playground.press(*desk.who, target, given["block"], given["action"], choice))
    except NoSuchElement:
        raise Gone(GONE) from None


async def suggest(desk: Desk, given: Payload) -> Payload:
    target = with_what_is_there(desk, given)
    where = (given["block"], given["action"])
    return seen(await desk.playground.suggest(*desk.who, target, *where, str(given["typed"])))


async def submit(desk: Desk, given: Payload) -> Payload:
    view = with_what_is_there(desk, given)
    try:
        outcome = await desk.playground.submit_view(*desk.who, given["view"])
    except NotOnScreen:
        raise Gone(GONE) from None
    if isinstance(view, View):
        desk.errors[view.id] = (view.hash, outcome.errors)
        desk.team.ground.activity.changed()
    return seen(outcome)


async def close(desk: Desk, given: Payload) -> Payload:
    try:
        outcome = await desk.playground.close_view(*desk.who, given["view"], all_views=bool(given.get("all")))
    except NotOnScreen:
        raise Gone(GONE) from None
    return seen(outcome)


async def open_app(desk: Desk, given: Payload) -> Payload:
    """Looks at one of the app's two tabs."""
    tab = "home" if given["tab"] == "home" else "messages"
    return seen(await desk.playground.open_home(*desk.who, tab))


async def read(desk: Desk, given: Payload) -> Payload:
    """Marks a conversation as read up to a message; never back."""
    channel_id, ts = desk.channel_id(given), str(given["ts"])
    if ts > desk.read_until.get(channel_id, ""):
        desk.read_until[channel_id] = ts
        desk.team.ground.activity.changed()
    return {}


async def travel(desk: Desk, given: Payload) -> Payload:
    """To a Unix second, or to what a local calendar says."""
    if desk.time is None:
        raise Gone("Time stands still here.")
    if isinstance(given["to"], str):
        zone = ZoneInfo(desk.team.workspace.members[desk.user_id].tz)
        until = datetime.fromisoformat(given["to"]).replace(tzinfo=zone)
    else:
        until = datetime.fromtimestamp(given["to"], UTC)
    try:
        await desk.time.go(until)
    except CannotTravel as refused:
        raise Gone(str(refused)) from None
    return {"at": desk.time.clock()}


async def switch(desk: Desk, given: Payload) -> Payload:
    if desk.switches:
        desk.switches.set(given["name"], on=bool(given["on"]))
        desk.team.ground.activity.changed()
    return {}


def with_what_is_there(desk: Desk, given: Payload) -> Message | View:
    """The target, with everything typed in it so far."""
    target = desk.target(given)
    try:
        desk.type_in(target, given)
    except NoSuchElement:
        raise Gone(GONE) from None
    return target


DOINGS: Mapping[str, Doing] = {
    "close": close,
    "command": command,
    "fill": fill,
    "open_app": open_app,
    "press": press,
    "react": react,
    "read": read,
    "say": say,
    "shortcut": shortcut,
    "submit": submit,
    "suggest": suggest,
    "switch": switch,
    "travel": travel,
}
MAY_OPEN_A_MODAL = (command, press, shortcut, submit)
