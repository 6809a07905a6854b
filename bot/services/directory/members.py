"""Turns Slack's user objects into `SlackMember`s. Pure functions that accept missing, null, empty or odd
fields.

Slack leaves fields out for strangers, leavers and apps, and e-mail without its scope. A field that Slack left
out is `None`, and `mirror` keeps what it knew before.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.clock import is_zone
from bot.models import PersonKind
from bot.services.directory.absence import USUAL_SIGNS, AwaySigns

SLACKBOT = "USLACKBOT"  # not flagged as a bot
is_slack_id = re.compile(r"[A-Z0-9]{2,32}").fullmatch  # 32: what the column holds; Slack's are about 11 long
BOT_FLAGS = ("is_bot", "is_workflow_bot", "is_connector_bot")
GUEST_FLAGS = ("is_restricted", "is_ultra_restricted", "is_stranger")  # strangers come by Slack Connect


@dataclass(frozen=True, slots=True)
class SlackMember:
    """What Slack says about one account. An empty `title` says that there is none."""

    slack_user_id: str
    kind: PersonKind | None = None
    deleted: bool = False
    name: str | None = None
    email: str | None = None
    title: str | None = None
    timezone: str | None = None
    away: bool | None = None
    away_until: datetime | None = None
    updated_at: datetime | None = None


def members_from_slack(payloads: Iterable[object], signs: AwaySigns = USUAL_SIGNS) -> list[SlackMember]:
    """Slackbot is left out, as is anything that is no user object with an id."""
    members = (_member(payload, signs) for payload in payloads if isinstance(payload, Mapping))
    return [member for member in members if member is not None]


def _member(user: Mapping[str, Any], signs: AwaySigns) -> SlackMember | None:
    slack_user_id = _text(user.get("id"))
    if not is_slack_id(slack_user_id) or slack_user_id == SLACKBOT:
        return None
    profile = user.get("profile")
    profile = profile if isinstance(profile, Mapping) else {}
    zone = _text(user.get("tz"))
    return SlackMember(
        slack_user_id=slack_user_id,
        kind=_kind(user),
        deleted=user.get("deleted") is True,
        name=_name(user, profile),
        email=_text(profile.get("email")).lower() or None,
        title=_text(profile["title"]) if isinstance(profile.get("title"), str) else None,
        timezone=zone if is_zone(zone) else None,
        away=signs.show_in(profile),
        away_until=_instant(profile.get("status_expiration")),
        updated_at=_instant(user.get("updated")),
    )


def _kind(user: Mapping[str, Any]) -> PersonKind | None:
    if any(user.get(flag) is True for flag in BOT_FLAGS):
        return PersonKind.BOT
    if any(user.get(flag) is True for flag in GUEST_FLAGS):
        return PersonKind.GUEST
    said = any(
        user.get(flag) is False for flag in GUEST_FLAGS
    )  # Slack leaves these flags out for a deactivated guest
    return PersonKind.MEMBER if said else None


def _name(user: Mapping[str, Any], profile: Mapping[str, Any]) -> str | None:
    """The full name: HR knows people by it. Display names may be empty, and `name` is a retired handle."""
    candidates = (
        profile.get("real_name"),
        user.get("real_name"),
        profile.get("display_name"),
        user.get("name"),
    )
    return next((name for name in map(_text, candidates) if name), None)


def _text(value: object) -> str:
    """One line that both databases can hold: no control characters, no halves of surrogate pairs."""
    if not isinstance(value, str):
        return ""
    readable = "".join(
        char for char in value if unicodedata.category(char) not in ("Cc", "Cs") or char.isspace()
    )
    return " ".join(readable.split())


def _instant(value: object) -> datetime | None:
    """Seconds since 1970; Slack says 0 for "no end"."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError):
        return None
