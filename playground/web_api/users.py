"""users.*: the directory."""

from playground.errors import SlackError
from playground.types import Payload
from playground.web_api.call import Call
from playground.web_api.paging import page
from playground.workspace import Member

MOST = 1000


def info(call: Call) -> Payload:
    member = call.team.workspace.members.get(call.text("user"))
    if member is None:
        raise SlackError("user_not_found")
    return {"user": _shown(call, member)}


def list_all(call: Call) -> Payload:
    """Everybody, also bots, Slackbot and those who have left. Without `limit` big workspaces refuse."""
    everybody = list(call.team.workspace.members.values())
    unlimited = not call.maybe("limit")
    if unlimited and call.team.limits.enabled and len(everybody) > call.team.limits.big_workspace:
        raise SlackError("limit_required")
    limit = call.number("limit", max(1, len(everybody)), most=MOST if not unlimited else len(everybody))
    shown, more = page(everybody, call.maybe("cursor"), limit)
    return {"members": [_shown(call, one) for one in shown], "cache_ts": int(call.now), **more}


def lookup_by_email(call: Call) -> Payload:
    call.demand("users:read")
    member = call.team.workspace.person_by_email(call.text("email"))
    if member is None:
        raise SlackError("users_not_found")
    return {"user": _shown(call, member)}


def _shown(call: Call, member: Member) -> Payload:
    return member.as_slack(
        call.now,
        with_email="users:read.email" in call.team.installed.scopes,
        with_locale=call.flag("include_locale"),
    )
