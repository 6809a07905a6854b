"""What Slack would send: submitted check-in forms, signed at the last moment, as the bytes of HTTP requests."""

import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import count
from typing import Any
from urllib.parse import urlencode

from bot import clock
from bot.models import Person
from bot.models.checkins import Prefill
from bot.packs import shipped_packs
from bot.views import checkins as views

WORKSPACE = "T0BENCH"
SECRET, GUESS = "the-secret-of-the-benchmark", "what-a-stranger-tries"
ZONE = "Europe/Lisbon"
WORDS = "Finished the import, and talked two teams through what it changes for them. " * 3

_serial = count()


def submissions(slack_user_ids: Iterable[str], *, now: datetime, secret: str = SECRET) -> list[bytes]:
    """One check-in per person, each in a window of its own, signed with `secret`."""
    view = _filled_in(clock.open_weeks(now, ZONE)[0], now)
    return [_signed(_submission(user_id, view), now, secret) for user_id in slack_user_ids]


def unsigned(requests: Iterable[bytes]) -> list[bytes]:
    """The same requests from somebody who does not know that Slack signs."""
    return [request.replace(b"X-Slack-Signature", b"X-Slack-Anything") for request in requests]


def _filled_in(week: date, now: datetime) -> dict[str, Any]:
    """The form as the bot shows it, and what the person put into it."""
    manager = Person(name="Ben Okafor")
    questions = shipped_packs().core.questions_for(week)
    closes_at = clock.closes_at(week, ZONE)
    draft = Prefill(week, closes_at, questions, manager, line=(), written=None, planned_last_week=None)
    shown = views.form(draft, ZONE).to_dict()
    inputs = [block for block in shown["blocks"] if block["type"] == "input"]
    values = {block["block_id"]: {"value": _value(block["element"])} for block in inputs}
    return shown | {"team_id": WORKSPACE, "state": {"values": values}}


def _value(element: Mapping[str, Any]) -> dict[str, Any]:
    match element["type"]:
        case "plain_text_input":
            return {"type": "plain_text_input", "value": WORDS}
        case "static_select":
            return {"type": "static_select", "selected_option": element["options"][1]}
        case kind:
            return {"type": kind, "selected_options": []}


def _submission(user_id: str, view: Mapping[str, Any]) -> bytes:
    serial = next(_serial)
    payload = {
        "type": "view_submission",
        "team": {"id": WORKSPACE, "domain": "bench"},
        "user": {"id": user_id, "username": user_id, "name": user_id, "team_id": WORKSPACE},
        "api_app_id": "A0BENCH",
        "token": "verification-token",
        "trigger_id": f"{serial}.1000.bench",
        "view": {**view, "id": f"V{serial}", "hash": f"{serial}.hash"},
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }
    return urlencode({"payload": json.dumps(payload, separators=(",", ":"))}).encode()


def _signed(body: bytes, now: datetime, secret: str) -> bytes:
    timestamp = str(int(now.timestamp())).encode()
    signature = hmac.new(secret.encode(), b"v0:" + timestamp + b":" + body, "sha256").hexdigest().encode()
    return (
        b"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Slackbot 1.0\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"X-Slack-Request-Timestamp: %b\r\nX-Slack-Signature: v0=%b\r\nContent-Length: %d\r\n\r\n%b"
    ) % (timestamp, signature, len(body), body)
