"""api.test, auth.test and team.info: who am I, and where."""

from playground.errors import SlackError
from playground.types import Payload
from playground.web_api.call import Call


def api_test(call: Call) -> Payload:
    if error := call.maybe("error"):
        raise SlackError(error, args=call.args)
    return {"args": call.args}


def auth_test(call: Call) -> Payload:
    installed = call.team.installed
    return {
        "url": f"https://{installed.workspace.domain}.slack.com/",
        "team": installed.workspace.name,
        "user": installed.bot.name,
        "team_id": installed.workspace.team_id,
        "user_id": installed.bot.id,
        "bot_id": installed.bot_id,
        "is_enterprise_install": False,
    }


def team_info(call: Call) -> Payload:
    workspace = call.team.workspace
    if call.maybe("team") not in ("", workspace.team_id):
        raise SlackError("team_not_found")
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.name,
            "domain": workspace.domain,
            "url": f"https://{workspace.domain}.slack.com/",
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }
