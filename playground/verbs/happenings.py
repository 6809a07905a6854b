"""What people do that the app hears of as an event: opening its Home, joining, changing, speaking, reacting."""

from dataclasses import replace
from typing import Any

from playground.team import Team
from playground.types import Payload
from playground.verbs.commands import escape
from playground.verbs.outcome import Outcome
from playground.workspace import Member, Message

NOT_ALLOWED_TO_WRITE = "Sending messages to this app has been turned off."


async def open_home(team: Team, user_id: str, tab: str = "home") -> Outcome:
    """Sent on every opening. The view comes along only when one was published before."""
    event: Payload = {
        "type": "app_home_opened",
        "user": user_id,
        "channel": team.dm_of(user_id).id,
        "tab": tab,
    }
    if tab == "home" and (home := team.views.home_of(user_id)):
        event["view"] = team.views.as_slack(home)
    await team.events.deliver("app_home_opened", event)
    return Outcome(view=team.views.home_of(user_id) if tab == "home" else None)


async def change_user(team: Team, user_id: str, **fields: Any) -> Outcome:
    """Changes the directory: status, zone, name, deactivation."""
    changed = replace(team.workspace.members[user_id], **fields, updated=int(team.ground.clock()))
    team.workspace.members[user_id] = changed
    team.ground.activity.changed()
    await team.events.deliver("user_change", _about(team, changed) | {"cache_ts": changed.updated})
    return Outcome()


async def join_user(team: Team, member: Member) -> Outcome:
    team.workspace.add(member)
    team.ground.activity.changed()
    await team.events.deliver("team_join", _about(team, member) | {"type": "team_join"})
    return Outcome()


async def say(team: Team, user_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> Outcome:
    channel, app = team.workspace.channels[channel_id], team.installed.app
    with_the_bot = channel.is_direct and team.installed.bot.id in channel.members
    if with_the_bot and (app.manifest.messages_tab_read_only or not app.manifest.messages_tab):
        return Outcome(notice=team.show_notice(user_id, NOT_ALLOWED_TO_WRITE, "composer"))
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    block_id = team.workspace.ids.hex(5)
    message = Message(
        channel_id=channel_id,
        ts=team.workspace.next_ts(),
        user=user_id,
        text=escape(team.workspace, text),
        blocks=[{"type": "rich_text", "block_id": block_id, "elements": [section]}],
        thread_ts=thread_ts,
    )
    return Outcome(messages=[team.put(channel, message)])


async def react(team: Team, user_id: str, message: Message, name: str) -> Outcome:
    people = message.reactions.setdefault(name, [])
    if user_id not in people:
        people.append(user_id)
        await _tell_of_reaction("reaction_added", team, user_id, message, name)
    return Outcome()


async def take_reaction_back(team: Team, user_id: str, message: Message, name: str) -> Outcome:
    people = message.reactions.get(name, [])
    if user_id in people:
        people.remove(user_id)
        await _tell_of_reaction("reaction_removed", team, user_id, message, name)
    return Outcome()


async def _tell_of_reaction(kind: str, team: Team, user_id: str, message: Message, name: str) -> None:
    """Slack tells an app only what happens where it is a member."""
    team.ground.activity.changed()
    event = {
        "type": kind,
        "user": user_id,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel_id, "ts": message.ts},
        "item_user": message.user,
    }
    if team.installed.bot.id in team.workspace.channels[message.channel_id].members:
        await team.events.deliver(kind, event)


async def uninstall(team: Team, *, tokens_first: bool = True) -> Outcome:
    """An admin removes the app. The token is dead before either event arrives, and their order is not fixed."""
    team.installed.revoked = "account_inactive"
    team.installed.bot.deleted = True
    team.ground.activity.changed()
    farewells: list[Payload] = [
        {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.installed.bot.id]}},
        {"type": "app_uninstalled"},
    ]
    for event in farewells if tokens_first else reversed(farewells):
        await team.events.deliver(event["type"], event)
    return Outcome()


def _about(team: Team, member: Member) -> Payload:
    with_email = "users:read.email" in team.installed.scopes
    user = member.as_slack(team.ground.clock(), with_email=with_email, with_locale=True)
    return {"type": "user_change", "user": user}
