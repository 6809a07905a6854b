"""What comes to the bot's address and is not from Slack, or not as Slack sends it: 4xx, and nothing happens."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from playground.activity import A_HANG
from playground.delivery.http import FORM, JSON
from tests.routes.forgery import Letterbox, encoded, last
from tests.routes.snapshot import snapshot
from tests.routes.world import Company

DEPTH = 100_000

pytestmark = [
    pytest.mark.parametrize("mode", ["http"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
async def box(acme: Company) -> AsyncIterator[Letterbox]:
    await acme.slack.person("Ana Silva").command("/rapport help")
    async with httpx.AsyncClient(timeout=A_HANG) as client:
        yield Letterbox(acme, client)


MALFORMED = {
    "empty": (b"", JSON),
    "not JSON": (b"{", JSON),
    "not JSON in a form": (b"payload={", FORM),
    "nested 100,000 deep": (b"[" * DEPTH + b"]" * DEPTH, JSON),
    "nested 100,000 deep in a form": (b"payload=" + b'{"a":' * DEPTH + b"1" + b"}" * DEPTH, FORM),
    "not UTF-8": (b'{"type": "\xff"}', JSON),
    "not UTF-8 in a form": (b"command=%FF&text=%FF", FORM),
    "half a surrogate pair": (rb'{"type": "event_callback", "a": "\ud800"}', JSON),
    "half a surrogate pair in a form": (b"command=%ED%A0%80", FORM),
    "a list": (b"[]", JSON),
    "a number": (b"1" * 4000, JSON),
    "a number nobody can read": (b"1" * 500_000, JSON),
    "no number": (b'{"type": NaN}', JSON),
    "no kind": (b"{}", JSON),
    "an unknown kind": (b'{"type": "message"}', JSON),
    "a million fields": (b"&".join([b"a=b"] * 250_000), FORM),
    "a file": (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--',
        "multipart/form-data; boundary=x",
    ),
    "XML": (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "application/xml"),
}


@pytest.mark.parametrize(("body", "content_type"), MALFORMED.values(), ids=MALFORMED)
async def test_a_body_that_slack_would_not_send_is_refused(
    acme: Company, box: Letterbox, body: bytes, content_type: str
) -> None:
    before, calls = await snapshot(acme), len(acme.playground.calls)
    signed = await box.post(body, content_type)
    assert (signed.status_code, signed.content) == (400, b"")
    unsigned = await box.post(body, content_type, secret="somebody else's")
    assert (unsigned.status_code, unsigned.content) == (401, b"")
    assert (await snapshot(acme), len(acme.playground.calls)) == (before, calls)


async def test_what_is_stale_or_replayed_is_refused_although_it_is_signed(
    acme: Company, box: Letterbox
) -> None:
    body, content_type = encoded(last(acme, "command").changed(text="stale"))
    assert (await box.post(body, content_type, seconds=301)).status_code == 401
    assert (await box.post(body, content_type, seconds=-301)).status_code == 401
    assert (await box.post(body, content_type, seconds=299)).status_code == 200
    again = await box.post(body, content_type, seconds=299)
    assert (again.status_code, again.content) == (401, b"")


async def a_megabyte_and_more() -> AsyncIterator[bytes]:
    for _ in range(20):
        yield b"x" * 65_536


@pytest.mark.parametrize("way", ["declared", "in chunks"])
async def test_a_body_of_more_than_a_mebibyte_is_refused(box: Letterbox, way: str) -> None:
    """In chunks, no length is declared; it is cut off while it comes."""
    whole = b"x" * 65_536 * 20
    body = whole if way == "declared" else a_megabyte_and_more()
    answer = await box.send(body, box.headers(whole, JSON))
    assert (answer.status_code, answer.content) == (413, b"")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"])
async def test_only_posts_are_taken(acme: Company, box: Letterbox, method: str) -> None:
    async with httpx.AsyncClient(timeout=A_HANG) as client:
        assert (await client.request(method, acme.app.request_url)).status_code == 405


async def test_slacks_questions_to_the_address_itself_are_answered(box: Letterbox) -> None:
    challenge = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"}).encode()
    assert (await box.post(challenge, JSON)).json() == {"challenge": "3eZbrw1a"}
    assert (await box.post(b"ssl_check=1&token=x", FORM)).status_code == 200
    assert (await box.post(challenge + b" ", JSON, secret="somebody else's")).status_code == 401
