"""People, guests and bots of a workspace, with the user object Slack's Web API shows of them."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from playground.types import Payload

IMAGE_SIZES = (24, 32, 48, 72, 192, 512)


@dataclass
class DoNotDisturb:
    """Unix seconds; `dnd.info` of everyone else shows the schedule, never the snooze."""

    enabled: bool = False
    next_start: int = 1
    next_end: int = 1


@dataclass
class Member:
    id: str
    team_id: str
    name: str  # the handle; old, but still in every payload
    real_name: str
    display_name: str = ""
    email: str | None = None
    title: str = ""
    tz: str = "America/Los_Angeles"
    locale: str = "en-US"
    status_emoji: str = ""
    status_text: str = ""
    status_expiration: int = 0
    start_date: str = ""
    deleted: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    bot_id: str | None = None
    app_id: str | None = None
    updated: int = 0
    dnd: DoNotDisturb = field(default_factory=DoNotDisturb)

    @property
    def shown_name(self) -> str:
        """What Slack prints beside a message: the display name may be empty."""
        return self.display_name or self.real_name or self.name

    @property
    def is_person(self) -> bool:
        """Somebody who can read and type. Slackbot is not, although Slack says `is_bot: false` of it."""
        return not (self.is_bot or self.deleted or self.id == "USLACKBOT")

    def as_slack(self, now: float, *, with_email: bool, with_locale: bool = False) -> Payload:
        """The user object. A deactivated member comes without zone and rank, as Slack sends them."""
        shown: Payload = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "profile": self._profile(with_email=with_email),
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
        }
        if not self.deleted:
            shown |= self._rank() | self._zone(now)
        if with_locale and not self.deleted:
            shown["locale"] = self.locale
        return shown

    def _rank(self) -> Payload:
        return {
            "color": "9f69e7",
            "real_name": self.real_name,
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_email_confirmed": not self.is_bot,
            "who_can_share_contact_card": "EVERYONE",
        }

    def _zone(self, now: float) -> Payload:
        here = datetime.fromtimestamp(now, ZoneInfo(self.tz))
        offset = here.utcoffset()
        return {
            "tz": self.tz,
            "tz_label": here.tzname() or self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
        }

    def _profile(self, *, with_email: bool) -> Payload:
        first, _, last = self.real_name.partition(" ")
        profile: Payload = {
            "title": self.title,
            "phone": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.display_name,
            "display_name_normalized": self.display_name,
            "first_name": first,
            "last_name": last,
            "status_text": self.status_text,
            "status_emoji": self.status_emoji,
            "status_expiration": self.status_expiration,
            "avatar_hash": f"g{self.id[-11:].lower()}",
            "team": self.team_id,
        }
        profile |= {f"image_{size}": f"https://avatars.example/{self.id}-{size}.png" for size in IMAGE_SIZES}
        if with_email and self.email:
            profile["email"] = self.email
        if self.start_date:
            profile["start_date"] = self.start_date
        if self.bot_id:
            profile |= {"bot_id": self.bot_id, "api_app_id": self.app_id or "", "always_active": True}
        return profile


@dataclass
class Usergroup:
    id: str
    handle: str
    name: str
    users: list[str]

    def as_slack(self, team_id: str, *, include_users: bool, include_count: bool) -> Payload:
        shown: Payload = {
            "id": self.id,
            "team_id": team_id,
            "is_usergroup": True,
            "name": self.name,
            "handle": self.handle,
            "date_delete": 0,
        }
        if include_users:
            shown["users"] = list(self.users)
        if include_count:
            shown["user_count"] = len(self.users)
        return shown
