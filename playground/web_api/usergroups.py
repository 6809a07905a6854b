"""usergroups.*: groups such as @engineering, on paid plans."""

from playground.errors import SlackError
from playground.types import Payload
from playground.web_api.call import Call


def list_all(call: Call) -> Payload:
    _paid(call)
    users, count = call.flag("include_users"), call.flag("include_count")
    workspace = call.team.workspace
    return {
        "usergroups": [
            group.as_slack(workspace.team_id, include_users=users, include_count=count)
            for group in workspace.usergroups.values()
        ]
    }


def list_users(call: Call) -> Payload:
    _paid(call)
    group = call.team.workspace.usergroups.get(call.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


def _paid(call: Call) -> None:
    if not call.team.workspace.is_paid:
        raise SlackError("plan_upgrade_required")
