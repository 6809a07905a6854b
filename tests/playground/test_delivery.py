"""From Slack to the app: signatures, three seconds, retries, and what people see when it fails."""

import asyncio
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from playground.delivery.http import encode, sign
from playground.delivery.reply import Delivery
from playground.delivery.verification import UrlNotVerified
from tests.playground.office import Office

DOCUMENTED_BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)


def test_the_signature_is_the_one_in_slacks_documentation() -> None:
    signature = sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", DOCUMENTED_BODY)
    assert signature == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def test_words_beyond_ascii_travel_as_unicode_escapes() -> None:
    body, _ = encode(Delivery("interactive", {"text": "Olá"}))
    assert body == b"payload=%7B%22text%22%3A+%22Ol%5Cu00e1%22%7D"


async def test_a_command_that_is_not_answered_in_time_fails_visibly(office: Office) -> None:
    office.slack.ground.ack_seconds = 0.05
    released = asyncio.Event()

    async def slow(_: Request) -> Response:
        await released.wait()
        return Response()

    async with office.answered_by(slow):
        outcome = await office.command("hello")
        released.set()
    assert outcome.notice == '/parrot failed with the error "operation_timeout"'
    assert [one.text for one in office.workspace.ledger.notices_of(office.ana.id)] == [outcome.notice]


async def test_a_command_to_a_broken_app_fails_visibly(office: Office) -> None:
    async def broken(_: Request) -> Response:
        return Response(status_code=500)

    async with office.answered_by(broken):
        assert (await office.command()).notice == '/parrot failed with the error "dispatch_failed"'
    assert (await office.command()).notice == '/parrot failed with the error "dispatch_failed"'


async def test_commands_are_not_retried(office: Office) -> None:
    tries: list[Request] = []

    async def broken(request: Request) -> Response:
        tries.append(request)
        return Response(status_code=500)

    async with office.answered_by(broken):
        await office.command()
        await office.slack.quiet()
    assert len(tries) == 1 and office.clock.slept == []


async def test_an_event_is_tried_again_at_once_after_a_minute_and_after_five(office: Office) -> None:
    tries: list[tuple[Any, str | None, str | None]] = []

    async def broken(request: Request) -> Response:
        number, reason = (request.headers.get(f"x-slack-retry-{name}") for name in ("num", "reason"))
        tries.append(((await request.json())["event_id"], number, reason))
        return Response(status_code=500)

    async with office.answered_by(broken):
        await office.slack.open_home(office.team_id, office.ana.id)
        await office.slack.until(lambda: len(tries) == 4)
    event_id = tries[0][0]
    assert tries == [
        (event_id, None, None),
        (event_id, "1", "http_error"),
        (event_id, "2", "http_error"),
        (event_id, "3", "http_error"),
    ]
    assert office.clock.slept == [60.0, 300.0]


async def test_an_app_can_ask_not_to_be_tried_again(office: Office) -> None:
    tries: list[Request] = []

    async def poisoned(request: Request) -> Response:
        tries.append(request)
        return Response(status_code=500, headers={"x-slack-no-retry": "1"})

    async with office.answered_by(poisoned):
        await office.slack.open_home(office.team_id, office.ana.id)
        await office.slack.quiet()
    assert len(tries) == 1


async def test_a_retry_that_is_taken_is_the_last(office: Office) -> None:
    tries: list[Request] = []

    async def late(request: Request) -> Response:
        tries.append(request)
        return Response(status_code=500 if len(tries) == 1 else 200)

    async with office.answered_by(late):
        await office.slack.open_home(office.team_id, office.ana.id)
        await office.slack.until(lambda: len(tries) == 2)
        await office.slack.quiet()
    assert [one.problem for one in office.slack.deliveries] == ["http_error", ""]
    assert office.clock.slept == []


async def test_an_event_follows_two_redirects_and_no_more(office: Office) -> None:
    hops = 2

    async def moved(request: Request) -> Response:
        nonlocal hops
        if hops:
            hops -= 1
            return RedirectResponse(str(request.url), status_code=302)
        return Response()

    async with office.answered_by(moved):
        await office.slack.open_home(office.team_id, office.ana.id)
        assert office.slack.deliveries[-1].problem == ""
        hops = 3
        await office.slack.open_home(office.team_id, office.ana.id)
    assert office.slack.deliveries[1].problem == "too_many_redirects"


async def test_events_that_are_not_subscribed_or_not_allowed_do_not_leave(
    office: Office, another_office: Any
) -> None:
    deaf = another_office(name="Deaf", scopes=frozenset({"commands"}))
    assert not deaf.team.events.wanted("user_change")
    assert not office.team.events.wanted("member_joined_channel")
    await deaf.slack.change_user(deaf.team_id, deaf.ana.id, status_emoji=":palm_tree:")
    assert office.slack.deliveries == []
    assert deaf.workspace.members[deaf.ana.id].status_emoji == ":palm_tree:"


async def test_an_address_is_kept_only_when_it_answers_the_challenge(office: Office) -> None:
    async def answers(request: Request) -> Response:
        return PlainTextResponse((await request.json())["challenge"])

    async def ignores(_: Request) -> Response:
        return JSONResponse({"challenge": "something else"})

    async with office.answered_by(answers):
        good = office.app.request_url
        await office.slack.save_request_url(office.app, good)
    async with office.answered_by(ignores):
        bad, office.app.request_url = office.app.request_url, good
        with pytest.raises(UrlNotVerified):
            await office.slack.save_request_url(office.app, bad)
    assert office.app.request_url == good


async def test_bolt_answers_the_challenge_and_accepts_the_signature(office: Office) -> None:
    async with office.over_http():
        await office.slack.save_request_url(office.app, office.app.request_url)


async def test_a_wrong_signing_secret_is_noticed_by_bolt(office: Office) -> None:
    @office.bolt.command("/parrot")
    async def repeat(ack: Any) -> None:
        await ack("Hi")

    async with office.over_http():
        office.app.signing_secret = "not the one the app knows"
        assert (await office.command()).notice == '/parrot failed with the error "dispatch_failed"'
