"""What the gateway reads out of Slack's answers."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.values import ShownView

EVENT_TYPE = "rapport_notification"
FORMER_EVENT_TYPE = "rapport_notice"  # messages sent before the bot was updated have this type


def shown(answer: AsyncSlackResponse) -> ShownView:
    return ShownView(answer["view"]["id"], answer["view"]["hash"])


def nonce(message: Mapping[str, Any]) -> object:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") not in (EVENT_TYPE, FORMER_EVENT_TYPE):
        return None
    return (metadata.get("event_payload") or {}).get("nonce")


def next_cursor(page: AsyncSlackResponse) -> str:
    return str((page.get("response_metadata") or {}).get("next_cursor") or "")


def scopes(answer: AsyncSlackResponse) -> frozenset[str]:
    """Slack says with each answer what the company has granted."""
    header: str = answer.headers.get("x-oauth-scopes", "")
    return frozenset(scope.strip() for scope in header.split(",") if scope.strip())


def date(header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(header)
    except ValueError:
        return None
