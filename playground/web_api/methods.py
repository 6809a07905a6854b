"""Which methods there are, who may call them, how often. A method that is not listed is `unknown_method`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from playground.types import Payload
from playground.web_api import (
    app,
    auth,
    chat,
    conversations,
    dnd,
    files,
    history,
    reactions,
    usergroups,
    users,
    views,
)
from playground.web_api.call import Call


@dataclass(frozen=True)
class Method:
    run: Callable[[Call], Payload]
    tier: int | None  # None: a rule of its own
    scopes: tuple[str, ...] = ()  # one of them is enough at the door
    caller: Literal["bot", "app", "anyone"] = "bot"  # whose token it takes


READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
WRITE = ("channels:manage", "groups:write", "im:write", "mpim:write")

METHODS: Mapping[str, Method] = {
    "api.test": Method(auth.api_test, 4, caller="anyone"),
    "apps.connections.open": Method(app.open_connection, None, ("connections:write",), caller="app"),
    "auth.test": Method(auth.auth_test, None),
    "blocks.validate": Method(app.validate_blocks, None, caller="anyone"),
    "chat.delete": Method(chat.delete, 3, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink, None),
    "chat.postEphemeral": Method(chat.post_ephemeral, 4, ("chat:write",)),
    "chat.postMessage": Method(chat.post_message, None, ("chat:write",)),
    "chat.update": Method(chat.update, 3, ("chat:write",)),
    "conversations.history": Method(history.history, 3, HISTORY),
    "conversations.info": Method(conversations.info, 3, READ),
    "conversations.list": Method(conversations.list_all, 2, READ),
    "conversations.members": Method(conversations.members, 4, READ),
    "conversations.open": Method(conversations.open_direct, 3, WRITE),
    "conversations.replies": Method(history.replies, 3, HISTORY),
    "dnd.info": Method(dnd.info, 3, ("dnd:read",)),
    "dnd.teamInfo": Method(dnd.team_info, 2, ("dnd:read",)),
    "files.completeUploadExternal": Method(files.complete_upload, 4, ("files:write",)),
    "files.getUploadURLExternal": Method(files.get_upload_url, 4, ("files:write",)),
    "reactions.add": Method(reactions.add, 3, ("reactions:write",)),
    "reactions.get": Method(reactions.get, 3, ("reactions:read",)),
    "team.info": Method(auth.team_info, 3, ("team:read",)),
    "usergroups.list": Method(usergroups.list_all, 2, ("usergroups:read",)),
    "usergroups.users.list": Method(usergroups.list_users, 2, ("usergroups:read",)),
    "users.conversations": Method(conversations.of_user, 3, READ),
    "users.info": Method(users.info, 4, ("users:read",)),
    "users.list": Method(users.list_all, 2, ("users:read",)),
    "users.lookupByEmail": Method(users.lookup_by_email, 3, ("users:read.email",)),
    "views.open": Method(views.open_modal, 4),
    "views.publish": Method(views.publish, 4),
    "views.push": Method(views.push, 4),
    "views.update": Method(views.update, 4),
}
