"""Every Web API method the gateway calls, and the scope it needs. A test compares `app.yaml` with this list."""

from collections.abc import Mapping

METHOD_SCOPES: Mapping[str, str | None] = {
    "auth.test": None,
    "chat.getPermalink": None,
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.info": "channels:read",
    "conversations.open": "im:write",
    "dnd.teamInfo": "dnd:read",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "usergroups.users.list": "usergroups:read",
    "users.list": "users:read",
    "views.open": None,
    "views.publish": None,
    "views.push": None,
    "views.update": None,
}

FIELD_SCOPES: Mapping[str, str] = {
    # only to find out whether a post of the bot's own, that Slack did not confirm, arrived
    "conversations.history: a public channel": "channels:history",
    "conversations.history: a private channel": "groups:history",
    "conversations.info: a private channel": "groups:read",
    # without it users.list still answers, but leaves the field out
    "users.list: profile.email": "users:read.email",
}

EVENT_SCOPES: Mapping[str, str] = {
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}
"""Events that Slack delivers only with a scope."""
