"""Every Web API method the gateway calls, and the scope Slack wants for it. A test holds `app.yaml` to it."""

from collections.abc import Mapping

METHOD_SCOPES: Mapping[str, str | None] = {
    "auth.test": None,
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.open": "im:write",
    "dnd.teamInfo": "dnd:read",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "users.list": "users:read",
    "views.open": None,
    "views.publish": None,
    "views.push": None,
    "views.update": None,
}

FIELD_SCOPES: Mapping[str, str] = {
    # without it users.list still answers, but leaves the field out
    "users.list: profile.email": "users:read.email",
}
