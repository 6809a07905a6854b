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

POST_ANYWHERE = "chat:write.public"

FIELD_SCOPES: Mapping[str, str] = {
    "chat.postMessage: a public channel without the bot": POST_ANYWHERE,
    # only to find out whether a post of the bot's own, that Slack did not confirm, arrived
    "conversations.history: a public channel": "channels:history",
    "conversations.history: a private channel": "groups:history",
    "conversations.info: a private channel": "groups:read",
    # without it users.list still answers, but leaves the field out
    "users.list: profile.email": "users:read.email",
}

EVENT_SCOPES: Mapping[str, str] = {
    "message": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}
"""Events that Slack delivers only with a scope."""

OPTIONAL_SCOPES: Mapping[str, str] = {
    POST_ANYWHERE: "thanks and awards reach only the channels to which somebody has invited the bot",
}
"""A company may leave these out; the sentence says what is lost then."""
