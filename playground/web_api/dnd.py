"""dnd.*: when people do not want to be disturbed."""

from playground.errors import SlackError
from playground.types import Payload
from playground.web_api.call import Call
from playground.workspace import Member

MOST_PEOPLE = 50


def info(call: Call) -> Payload:
    return _schedule(_member(call, call.maybe("user") or call.team.installed.bot.id))


def team_info(call: Call) -> Payload:
    people = [one for one in call.maybe("users").split(",") if one]
    if not people:
        raise SlackError("no_users_provided")
    if len(people) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    return {"users": {user_id: _schedule(_member(call, user_id)) for user_id in people}}


def _member(call: Call, user_id: str) -> Member:
    member = call.team.workspace.members.get(user_id)
    if member is None:
        raise SlackError("user_not_found")
    return member


def _schedule(member: Member) -> Payload:
    return {
        "dnd_enabled": member.dnd.enabled,
        "next_dnd_start_ts": member.dnd.next_start,
        "next_dnd_end_ts": member.dnd.next_end,
    }
