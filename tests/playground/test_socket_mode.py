"""Socket Mode with Bolt's own client and with bare WebSockets."""

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from playground.socket_mode import MOST_CONNECTIONS
from tests.playground.office import Office, refusal
from tests.playground.sockets import bolt_over_socket, new_address
from tests.playground.windows import modal, opened


@pytest.fixture
def socketed(office: Office) -> Office:
    office.app.socket_mode = True
    office.team.limits.enabled = office.slack.sockets_of(office.app).limits.enabled = False
    return office


@contextlib.asynccontextmanager
async def connected(office: Office) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with aiohttp.ClientSession() as session, session.ws_connect(await new_address(office)) as socket:
        yield socket


async def test_a_command_travels_over_the_socket_and_its_answer_back(socketed: Office) -> None:
    @socketed.bolt.command("/parrot")
    async def repeat(ack: Any, body: Any) -> None:
        await ack(body["text"])

    async with bolt_over_socket(socketed):
        outcome = await socketed.command("hello")
    assert [one.text for one in outcome.ephemerals] == ["hello"]


async def test_a_form_is_refused_over_the_socket_field_by_field(socketed: Office) -> None:
    @socketed.bolt.view("")
    async def refuse(ack: Any) -> None:
        await ack(response_action="errors", errors={"words": "Shorter, please."})

    view = await opened(socketed)
    async with bolt_over_socket(socketed):
        outcome = await socketed.slack.submit_view(
            socketed.team_id, socketed.ana.id, view.id, {"words": {"value": "Hi"}}
        )
    assert outcome.errors == {"words": "Shorter, please."}


async def test_bolt_finds_its_way_back_after_a_refresh(socketed: Office) -> None:
    @socketed.bolt.command("/parrot")
    async def repeat(ack: Any) -> None:
        await ack("Back")

    sockets = socketed.slack.sockets_of(socketed.app)
    async with bolt_over_socket(socketed):
        (before,) = sockets.connections
        await sockets.refresh(warn=False)
        await socketed.slack.until(lambda: bool(sockets.connections) and before not in sockets.connections)
        assert (await socketed.command()).ephemerals[0].text == "Back"


async def test_hello_tells_the_app_and_the_number_of_connections(socketed: Office) -> None:
    async with connected(socketed) as first, connected(socketed) as second:
        hellos = [await first.receive_json(), await second.receive_json()]
    assert [one["num_connections"] for one in hellos] == [1, 2]
    assert hellos[0]["connection_info"] == {"app_id": socketed.app.app_id}


async def test_an_address_is_good_for_one_connection(socketed: Office) -> None:
    address = await new_address(socketed)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(address) as socket:
            assert (await socket.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address.replace("ticket=", "ticket=made-up-"))


async def test_an_app_without_socket_mode_gets_no_address(office: Office) -> None:
    body = await refusal(new_address(office))
    assert body["error"] == "forbidden_team"


async def test_the_eleventh_connection_is_sent_away(socketed: Office) -> None:
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(MOST_CONNECTIONS):
            await (await stack.enter_async_context(connected(socketed))).receive_json()
        one_too_many = await stack.enter_async_context(connected(socketed))
        assert (await one_too_many.receive_json())["reason"] == "too_many_websockets"
        assert (await one_too_many.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_nothing_goes_over_http_while_socket_mode_is_on(socketed: Office) -> None:
    async with socketed.over_http():
        outcome = await socketed.command()
    assert outcome.notice == '/parrot failed with the error "dispatch_failed"'


async def test_an_event_without_ack_comes_again_with_its_number(socketed: Office) -> None:
    socketed.slack.ground.ack_seconds = 0.05
    attempts: list[tuple[int, str]] = []
    async with connected(socketed) as socket:
        await socket.receive_json()
        await socketed.slack.open_home(socketed.team_id, socketed.ana.id)
        for _ in range(4):
            envelope = await socket.receive_json()
            attempts.append((envelope["retry_attempt"], envelope["retry_reason"]))
        assert envelope["type"] == "events_api" and not envelope["accepts_response_payload"]
    assert attempts == [(0, ""), (1, "timeout"), (2, "timeout"), (3, "timeout")]


async def test_an_acked_event_is_not_sent_again(socketed: Office) -> None:
    async with connected(socketed) as socket:
        await socket.receive_json()
        socketed.slack.ground.spawn(socketed.slack.open_home(socketed.team_id, socketed.ana.id))
        envelope = await socket.receive_json()
        await socket.send_str("not json")
        await socket.send_json({"envelope_id": "unknown"})
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await socketed.slack.until(lambda: len(socketed.slack.deliveries) == 1)
        await socketed.slack.quiet()
    assert [one.problem for one in socketed.slack.deliveries] == [""]


async def test_an_answer_where_none_is_accepted_is_ignored(socketed: Office) -> None:
    async with connected(socketed) as socket:
        await socket.receive_json()
        socketed.slack.ground.spawn(socketed.slack.shortcut(socketed.team_id, socketed.ana.id, "repeat"))
        envelope = await socket.receive_json()
        assert envelope["type"] == "interactive" and not envelope["accepts_response_payload"]
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Hi"}})
        await socketed.slack.until(lambda: len(socketed.slack.deliveries) == 1)
    assert socketed.slack.deliveries[0].reply == ""


async def test_a_line_that_dies_loses_the_command_visibly(socketed: Office) -> None:
    async with connected(socketed) as socket:
        await socket.receive_json()
        results: list[Any] = []

        async def type_command() -> None:
            results.append(await socketed.command())

        socketed.slack.ground.spawn(type_command())
        await socket.receive_json()
        await socket.close()
        await socketed.slack.until(lambda: bool(results))
    assert results[0].notice == '/parrot failed with the error "dispatch_failed"'


async def test_a_warning_comes_ten_seconds_before_the_close(socketed: Office) -> None:
    async with connected(socketed) as socket:
        await socket.receive_json()
        await socketed.slack.sockets_of(socketed.app).refresh()
        reasons = [(await socket.receive_json())["reason"] for _ in range(2)]
    assert reasons == ["warning", "refresh_requested"]
    assert socketed.clock.slept == [10.0]


async def test_switching_socket_mode_off_disconnects_and_goes_back_to_http(socketed: Office) -> None:
    @socketed.bolt.command("/parrot")
    async def repeat(ack: Any) -> None:
        await ack("Over HTTP")

    async with connected(socketed) as socket, socketed.over_http():
        await socket.receive_json()
        await socketed.slack.sockets_of(socketed.app).disable()
        assert (await socket.receive_json())["reason"] == "link_disabled"
        assert (await socketed.command()).ephemerals[0].text == "Over HTTP"


async def test_pings_are_answered_with_the_same_words(socketed: Office) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(await new_address(socketed), autoping=False) as socket,
    ):
        await socket.receive_json()
        await socket.ping(b"sdk-ping-pong:1")
        pong = await socket.receive()
    assert (pong.type, bytes(pong.data)) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1")


async def test_the_payload_of_a_command_is_an_object_not_a_form(socketed: Office) -> None:
    async with connected(socketed) as socket:
        await socket.receive_json()
        socketed.slack.ground.spawn(socketed.command("hello"))
        envelope = await socket.receive_json()
        assert envelope["payload"]["text"] == "hello" and envelope["accepts_response_payload"]
        answer = {"response_type": "ephemeral", "text": "Hi"}
        await socket.send_str(json.dumps({"envelope_id": envelope["envelope_id"], "payload": answer}))
        await socketed.slack.until(lambda: bool(socketed.workspace.ephemerals_of(socketed.ana.id)))


async def test_a_view_opened_over_the_socket_is_the_outcome(socketed: Office) -> None:
    @socketed.bolt.command("/parrot")
    async def open_form(ack: Any, client: Any, body: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    async with bolt_over_socket(socketed):
        assert (await socketed.command()).view
