"""The pieces every interaction payload is made of."""

from playground.team import Team
from playground.types import Payload
from playground.workspace import Channel


def origin(team: Team, user_id: str) -> Payload:
    """Who did it, where, to which app."""
    member, app = team.workspace.members[user_id], team.installed.app
    return {
        "team": {"id": team.team_id, "domain": team.workspace.domain},
        "user": {"id": user_id, "username": member.name, "name": member.name, "team_id": team.team_id},
        "api_app_id": app.app_id,
        "token": app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_of(channel: Channel) -> Payload:
    return {"id": channel.id, "name": channel.shown_name}


def action_ts(team: Team) -> str:
    return f"{team.ground.clock():.6f}"
