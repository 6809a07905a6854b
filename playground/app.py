"""One Slack app, and the fact that it is installed in a workspace: ids, tokens, secrets, granted scopes."""

from dataclasses import dataclass, field

from playground.delivery.reply import Delivery
from playground.ids import Ids
from playground.manifest import AppManifest
from playground.workspace import Member, Workspace


@dataclass
class App:
    """What api.slack.com knows of an app. `request_url` overrides all addresses in the manifest."""

    app_id: str
    manifest: AppManifest
    signing_secret: str
    verification_token: str
    app_token: str  # xapp-…, for Socket Mode
    request_url: str = ""
    socket_mode: bool = False

    @classmethod
    def create(cls, manifest: AppManifest, *, seed: str = "", request_url: str = "") -> "App":
        """A new app with made-up credentials; the same seed gives the same ones."""
        ids = Ids(seed or manifest.name)
        app_id = ids.new("A")
        return cls(
            app_id=app_id,
            manifest=manifest,
            signing_secret=ids.hex(32),
            verification_token=ids.hex(24),
            app_token=f"xapp-1-{app_id}-{ids.hex(12)}-{ids.hex(64)}",
            request_url=request_url,
            socket_mode=manifest.socket_mode,
        )

    def url_for(self, delivery: Delivery) -> str:
        """Where this goes over HTTP; empty when the manifest names no address for it."""
        if self.request_url:
            return self.request_url
        if delivery.kind == "command":
            return self.manifest.commands[delivery.payload["command"]].url
        by_kind = {
            "event": self.manifest.events_url,
            "interactive": self.manifest.interactivity_url,
            "options": self.manifest.options_url,
        }
        return by_kind[delivery.kind]


@dataclass
class Installed:
    """The app in one workspace. Without `revoked` the bot token works; with it, calls get that error code."""

    app: App
    workspace: Workspace
    bot: Member
    token: str
    scopes: frozenset[str]
    revoked: str = ""
    opened_home: set[str] = field(default_factory=set)  # who has looked at the app so far

    @classmethod
    def into(cls, workspace: Workspace, app: App, scopes: frozenset[str] | None = None) -> "Installed":
        """Installs with the manifest's scopes, unless the installer grants others."""
        ids = workspace.ids
        bot = Member(
            id=ids.new("U"),
            team_id=workspace.team_id,
            name=app.manifest.bot_name.lower().replace(" ", ""),
            real_name=app.manifest.bot_name,
            is_bot=True,
            bot_id=ids.new("B"),
            app_id=app.app_id,
        )
        workspace.add(bot)
        return cls(
            app=app,
            workspace=workspace,
            bot=bot,
            token=f"xoxb-{ids.hex(12)}-{ids.hex(13)}-{ids.hex(24)}",
            scopes=app.manifest.scopes if scopes is None else scopes,
        )

    @property
    def bot_id(self) -> str:
        return self.bot.bot_id or ""

    def bot_profile(self) -> dict[str, object]:
        return {
            "id": self.bot_id,
            "app_id": self.app.app_id,
            "name": self.bot.real_name,
            "icons": {},
            "deleted": False,
            "updated": self.bot.updated,
            "team_id": self.workspace.team_id,
        }
