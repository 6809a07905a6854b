"""conversations.* and users.conversations: which conversations there are, who is in them, opening a DM."""

from collections.abc import Iterable

from playground.errors import SlackError
from playground.types import Payload
from playground.web_api.call import Call
from playground.web_api.paging import page
from playground.workspace import Channel
from playground.workspace.channels import FAMILY

MOST = 999
MOST_PEOPLE = 8


def info(call: Call) -> Payload:
    channel = call.channel()
    call.demand(f"{channel.family}:read")
    return {
        "channel": channel.as_slack(call.team.installed.bot.id, num_members=call.flag("include_num_members"))
    }


def list_all(call: Call) -> Payload:
    """What the bot can see: every public channel, and the others it is in."""
    bot = call.team.installed.bot.id
    return _listed(
        call,
        (
            one
            for one in call.team.workspace.channels.values()
            if one.kind == "public_channel" or bot in one.members
        ),
    )


def of_user(call: Call) -> Payload:
    """The conversations of the bot, or those of a person that the bot can see."""
    bot = call.team.installed.bot.id
    user_id = call.maybe("user") or bot
    return _listed(
        call,
        (
            one
            for one in call.team.workspace.channels.values()
            if user_id in one.members and (one.kind == "public_channel" or bot in one.members)
        ),
    )


def members(call: Call) -> Payload:
    channel = call.channel()
    call.demand(f"{channel.family}:read")
    shown, more = page(channel.members, call.maybe("cursor"), call.number("limit", 100, most=MOST))
    return {"members": list(shown), **more}


def open_direct(call: Call) -> Payload:
    """Idempotent. Without `return_im` only the id of the conversation comes back."""
    if call.maybe("channel"):
        channel, existed = call.channel(), True
    else:
        people = _people(call)
        call.demand("im:write" if len(people) == 1 else "mpim:write")
        channel, existed = _opened(call, people)
    answer: Payload = {"channel": {"id": channel.id}}
    if call.flag("return_im"):
        answer["channel"] = channel.as_slack(call.team.installed.bot.id)
    return ({"no_op": True, "already_open": True} if existed else {}) | answer


def _opened(call: Call, people: list[str]) -> tuple[Channel, bool]:
    workspace, bot = call.team.workspace, call.team.installed.bot.id
    if found := workspace.direct(bot, *people):
        return found, True
    if call.flag("prevent_creation"):
        raise SlackError("channel_not_found")
    return workspace.open_direct(bot, *people), False


def _people(call: Call) -> list[str]:
    people = [one for one in call.maybe("users").split(",") if one]
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    for user_id in people:
        _check_person(call, user_id)
    return people


def _check_person(call: Call, user_id: str) -> None:
    member = call.team.workspace.members.get(user_id)
    if member is None:
        raise SlackError("user_not_found")
    if member.deleted:
        raise SlackError("user_disabled")
    if not member.is_person:
        raise SlackError("cannot_dm_bot")


def _listed(call: Call, channels: Iterable[Channel]) -> Payload:
    kinds = (call.maybe("types") or "public_channel").split(",")
    if not set(kinds) <= set(FAMILY):
        raise SlackError("invalid_types")
    for kind in kinds:
        call.demand(f"{FAMILY[kind]}:read")  # type: ignore[index]  # checked above
    skip_archived = call.flag("exclude_archived")
    found = [one for one in channels if one.kind in kinds and not (skip_archived and one.is_archived)]
    shown, more = page(found, call.maybe("cursor"), call.number("limit", 100, most=MOST))
    bot = call.team.installed.bot.id
    return {"channels": [one.as_slack(bot, num_members=True) for one in shown], **more}
