"""Events to the app: which it may have, their envelope, and three more tries when one is not taken."""

from collections.abc import Mapping

from playground.app import Installed
from playground.delivery.post import Post
from playground.delivery.reply import Delivery, Reply
from playground.ground import Ground
from playground.types import Payload

RETRY_AFTER = (0.0, 60.0, 300.0)  # almost at once, after a minute, after five
SCOPES: Mapping[str, str] = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "user_change": "users:read",
    "user_profile_changed": "users:read",
}

FAREWELLS = {"app_uninstalled", "tokens_revoked"}  # these two come when the token is dead already


class Events:
    def __init__(self, ground: Ground, installed: Installed, post: Post) -> None:
        self._ground = ground
        self._installed = installed
        self._post = post

    def wanted(self, name: str) -> bool:
        """Subscribed in the manifest, and the scope for it was granted."""
        installed = self._installed
        return (
            (name in FAREWELLS or not installed.revoked)
            and name in installed.app.manifest.events
            and (name not in SCOPES or SCOPES[name] in installed.scopes)
        )

    def announce(self, name: str, event: Payload) -> None:
        """Delivers in the background: what caused the event does not wait for the app."""
        if self.wanted(name):
            self._ground.spawn(self.deliver(name, event))

    async def deliver(self, name: str, event: Payload) -> Reply | None:
        """Returns after the first try; the others follow in the background. None: the app may not have it."""
        if not self.wanted(name):
            return None
        envelope = self._envelope(event)
        reply = await self._post.send(Delivery("event", envelope))
        if not reply.taken and not reply.no_retry:
            self._ground.spawn(self._try_again(envelope, reply))
        return reply

    async def _try_again(self, envelope: Payload, failed: Reply) -> None:
        for number, pause in enumerate(RETRY_AFTER, start=1):
            if pause:
                await self._ground.sleep(pause)
            delivery = Delivery("event", envelope, attempt=number, reason=failed.problem)
            failed = await self._post.send(delivery)
            if failed.taken or failed.no_retry:
                return

    def _envelope(self, event: Payload) -> Payload:
        installed, workspace = self._installed, self._installed.workspace
        now = self._ground.clock()
        return {
            "token": installed.app.verification_token,
            "team_id": workspace.team_id,
            "context_team_id": workspace.team_id,
            "context_enterprise_id": None,
            "api_app_id": installed.app.app_id,
            "event": {**event, "event_ts": event.get("event_ts") or f"{now:.6f}"},
            "type": "event_callback",
            "event_id": workspace.ids.new("Ev"),
            "event_time": int(now),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team_id,
                    "user_id": installed.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{workspace.ids.hex(32)}",
        }
