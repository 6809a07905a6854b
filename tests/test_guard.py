"""The guard: what never reaches Bolt, and what whoever sent it gets to see."""

import asyncio
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.response import BoltResponse
from starlette.types import Message

from bot.guard import MAX_BODY, Guard, SeenSignatures
from bot.metrics import Metrics

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
SECRET = "the-current-secret"
OLD_SECRET = "the-secret-before"
FIELDS = {"command": "/checkin", "text": "", "team_id": "T0HOME", "user_id": "UANA", "trigger_id": "1.2.3"}
COMMAND = urlencode(FIELDS).encode()
EVENT = {"type": "event_callback", "team_id": "T0HOME", "event_id": "Ev1", "event": {"type": "team_join"}}


@dataclass
class Door:
    """A guard with a fixed clock, and what got through it."""

    status: int = 200
    secrets: Sequence[str] = (SECRET, OLD_SECRET)
    now: datetime = NOW
    delivered: list[dict[str, Any]] = field(default_factory=list)
    retries: list[Mapping[str, str]] = field(default_factory=list)
    metrics: Metrics = field(default_factory=Metrics.new)

    def __post_init__(self) -> None:
        self.guard = Guard(self.secrets, self._deliver, now=lambda: self.now, metrics=self.metrics)

    async def _deliver(self, payload: dict[str, Any], headers: Mapping[str, str]) -> BoltResponse:
        self.delivered.append(payload)
        self.retries.append(headers)
        return BoltResponse(status=self.status, body="done")

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        return await self.receive([{"type": "http.request", "body": body}], headers)

    async def receive(self, messages: Sequence[Message], headers: Mapping[str, str]) -> tuple[int, bytes]:
        coming, sent = iter(messages), []

        async def receive() -> Message:
            return next(coming)

        async def send(message: Message) -> None:
            sent.append(message)

        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
        await self.guard({"type": "http", "headers": raw}, receive, send)
        return sent[0]["status"], sent[1]["body"]

    def refused(self, reason: str) -> float:
        return self.metrics.registry.get_sample_value("rapport_refused_total", {"reason": reason}) or 0.0


def signed(
    body: bytes,
    *,
    secret: str = SECRET,
    at: datetime = NOW,
    content_type: str = "application/x-www-form-urlencoded",
) -> dict[str, str]:
    timestamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, "sha256").hexdigest()
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest}",
        "Content-Type": content_type,
    }


async def post_json(door: Door, value: object) -> tuple[int, bytes]:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return await door.post(body, signed(body, content_type="application/json"))


async def test_slacks_own_example_is_let_in() -> None:
    """The known answer in Slack's documentation of signatures."""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = {
        "X-Slack-Request-Timestamp": "1531420618",
        "X-Slack-Signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    }
    door = Door(secrets=["8f742231b10e8888abcd99yyyzzz85a5"], now=datetime.fromtimestamp(1531420618, UTC))
    assert await door.post(body, headers) == (200, b"done")
    assert door.delivered[0]["command"] == "/webhook-collect"


async def test_the_secret_before_still_counts_during_rotation() -> None:
    door = Door()
    assert (await door.post(COMMAND, signed(COMMAND, secret=OLD_SECRET)))[0] == 200
    assert (await Door(secrets=[SECRET]).post(COMMAND, signed(COMMAND, secret=OLD_SECRET)))[0] == 401


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param({"X-Slack-Signature": ""}, id="no signature"),
        pytest.param({"X-Slack-Signature": "v0=" + "0" * 64}, id="wrong signature"),
        pytest.param({"X-Slack-Signature": "v0=" + "é" * 64}, id="not ASCII"),
        pytest.param({"X-Slack-Signature": "v0=" + "0" * 63}, id="too short"),
        pytest.param({"X-Slack-Signature": "v1=" + "0" * 64}, id="unknown version"),
        pytest.param({"X-Slack-Request-Timestamp": ""}, id="no timestamp"),
        pytest.param({"X-Slack-Request-Timestamp": "abc"}, id="timestamp not a number"),
        pytest.param({"X-Slack-Request-Timestamp": "1.5"}, id="float timestamp"),
        pytest.param({"X-Slack-Request-Timestamp": "-5"}, id="negative timestamp"),
        pytest.param({"X-Slack-Request-Timestamp": "٣٣٣"}, id="digits of another script"),
        pytest.param({"X-Slack-Request-Timestamp": "9" * 400}, id="endless timestamp"),
    ],
)
async def test_what_is_not_signed_gets_an_empty_401(spoil: dict[str, str]) -> None:
    door = Door()
    headers = {**signed(COMMAND), **{name: value.encode().decode("latin-1") for name, value in spoil.items()}}
    assert await door.post(COMMAND, headers) == (401, b"")
    assert door.delivered == []
    assert door.refused("unsigned") == 1


async def test_one_changed_byte_breaks_the_signature() -> None:
    assert (await Door().post(COMMAND + b"x", signed(COMMAND)))[0] == 401


@pytest.mark.parametrize(("seconds", "status"), [(-301, 401), (-300, 200), (300, 200), (301, 401)])
async def test_five_minutes_either_way_are_fresh(seconds: int, status: int) -> None:
    headers = signed(COMMAND, at=NOW + timedelta(seconds=seconds))
    assert (await Door().post(COMMAND, headers))[0] == status


async def test_an_exact_repeat_is_refused_for_as_long_as_it_is_fresh() -> None:
    door = Door()
    headers = signed(COMMAND, at=NOW + timedelta(seconds=300))
    assert (await door.post(COMMAND, headers))[0] == 200
    door.now = NOW + timedelta(seconds=600)
    assert await door.post(COMMAND, headers) == (401, b"")
    assert len(door.delivered) == 1
    assert door.refused("replayed") == 1


async def test_a_delivery_that_failed_may_come_again_within_the_same_second() -> None:
    door = Door(status=500)
    await door.post(COMMAND, signed(COMMAND))
    door.status = 200
    assert (await door.post(COMMAND, signed(COMMAND)))[0] == 200


def test_other_traffic_in_between_makes_nothing_forgotten() -> None:
    seen = SeenSignatures()
    assert seen.add(b"first", now=1000.0)
    assert all(seen.add(b"%d" % second, now=1000.0 + second) for second in range(1, 600))
    assert seen.add(b"first", now=1600.0) is False


def test_remembered_signatures_stay_bounded() -> None:
    seen = SeenSignatures(limit=100)
    assert all(seen.add(b"%d" % number, now=1.0) for number in range(1000))
    assert seen.add(b"999", now=2.0) is False
    assert seen.size <= 200


async def test_a_body_declared_too_large_is_not_read() -> None:
    door = Door()
    headers = {**signed(COMMAND), "Content-Length": str(MAX_BODY + 1)}
    assert await door.receive([], headers) == (413, b"")  # asking for the body would raise StopIteration


async def test_reading_stops_where_an_undeclared_body_gets_too_large() -> None:
    door = Door()
    chunk: Message = {"type": "http.request", "body": b"x" * (MAX_BODY // 2 + 1), "more_body": True}
    assert await door.receive([chunk, chunk], signed(COMMAND)) == (413, b"")


async def test_a_body_of_exactly_one_mebibyte_is_let_in() -> None:
    body = COMMAND + b"&text=" + b"x" * (MAX_BODY - len(COMMAND) - 6)
    assert (await Door().post(body, signed(body)))[0] == 200


async def test_a_body_that_trickles_in_is_not_waited_for() -> None:
    metrics, sent = Metrics.new(), []
    guard = Guard([SECRET], Door()._deliver, now=lambda: NOW, metrics=metrics, read_seconds=0.0)
    first = [{"type": "http.request", "body": b"com", "more_body": True}]

    async def receive() -> Message:
        return first.pop() if first else await asyncio.Future()

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in signed(COMMAND).items()]
    await guard({"type": "http", "headers": raw}, receive, send)
    assert sent[0]["status"] == 408


async def test_a_sender_that_hangs_up_costs_no_traceback() -> None:
    door = Door()
    await door.receive([{"type": "http.disconnect"}], signed(COMMAND))
    assert door.delivered == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"type": 5}',
        b'{"type": "app_rate_limited", "number": NaN}',
        b'{"type": "app_rate_limited", "text": "\\ud83d"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"type": ' + b'{"a": ' * 50_000,
        b'{"type": "app_rate_limited", "number": ' + b"9" * 5000 + b"}",
    ],
)
async def test_signed_but_unreadable_json_is_an_empty_400(body: bytes) -> None:
    door = Door()
    assert await post_json(door, body) == (400, b"")
    assert door.refused("malformed") == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello=there",
        b"payload={",
        b"payload=",
        b"payload=[]",
        b"payload=5",
        COMMAND + b"&x=%ff",
        COMMAND + b"&a=b" * 200,
    ],
)
async def test_signed_but_unreadable_forms_are_an_empty_400(body: bytes) -> None:
    assert await Door().post(body, signed(body)) == (400, b"")


async def test_bolt_is_handed_the_object_inside_the_form() -> None:
    door = Door()
    pressed = {"type": "block_actions", "user": {"id": "UANA"}, "actions": [{"action_id": "open"}]}
    body = urlencode({"payload": json.dumps(pressed)}).encode()
    await door.post(body, signed(body))
    assert door.delivered == [pressed]


async def test_what_no_database_stores_is_taken_out() -> None:
    door = Door()
    await post_json(door, {**EVENT, "text": "a\x00b"})
    assert door.delivered[0]["text"] == "ab"


async def test_slack_may_check_the_address_with_a_signature() -> None:
    door = Door()
    status, body = await post_json(door, {"type": "url_verification", "challenge": "c0ffee"})
    assert (status, json.loads(body)) == (200, {"challenge": "c0ffee"})
    assert await door.post(b"ssl_check=1&token=x", signed(b"ssl_check=1&token=x")) == (200, b"")
    assert door.delivered == []


async def test_nobody_else_may_check_the_address() -> None:
    assert (await Door().post(b"ssl_check=1", {}))[0] == 401
    challenge = b'{"type": "url_verification", "challenge": "x"}'
    assert await Door().post(challenge, {"Content-Type": "application/json"}) == (401, b"")


async def test_a_retry_says_so() -> None:
    door = Door()
    headers = {**signed(COMMAND), "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    await door.post(COMMAND, headers)
    assert door.retries == [{"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}]


@given(body=st.binary(max_size=300), content_type=st.sampled_from(["application/json", "text/plain", ""]))
async def test_nothing_signed_breaks_the_guard(body: bytes, content_type: str) -> None:
    status, _ = await Door().post(body, signed(body, content_type=content_type))
    assert status in (200, 400)


@given(
    headers=st.dictionaries(
        st.sampled_from([*signed(b""), "Content-Length"]), st.text("v0=af9-. \xe9", max_size=70)
    )
)
async def test_nothing_unsigned_gets_in(headers: dict[str, str]) -> None:
    door = Door()
    status, body = await door.post(COMMAND, headers)
    assert 400 <= status < 500
    assert body == b""
    assert door.delivered == []
