"""Each trouble the local Slack can make, as the bot's own gateway and Bolt see it, on real connections."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import Message, Slack, SlackBusy, SlackError, SlackUnsure
from playground.activity import A_HANG
from playground.server import Playground
from playground.weather import LAG, RETRY_AFTER, Trouble, Weather
from tests.playground.office import ManualClock, Office, open_office
from tests.playground.sockets import bolt_over_socket, new_address

POST = "chat.postMessage"


@pytest.fixture
def no_wait() -> asyncio.Event:
    """Ends what `slow` waits for."""
    return asyncio.Event()


@pytest.fixture
def weather(clock: ManualClock, no_wait: asyncio.Event) -> Weather:
    return Weather(clock, seed=7, sleep=lambda _: no_wait.wait())


@pytest.fixture
async def slack(clock: ManualClock, weather: Weather, no_wait: asyncio.Event) -> AsyncIterator[Playground]:
    async with Playground(
        clock=clock, sleep=clock.sleep, ack_seconds=30.0, faults=weather, limited=False
    ) as running:
        yield running
        no_wait.set()


@pytest.fixture
def call_seconds() -> float:
    """For a call. Much longer than in the bot, so that a slow machine fails no test."""
    return 30.0


@pytest.fixture
async def gateway(office: Office, call_seconds: float) -> AsyncIterator[Slack]:
    async with Slack.connect(office.installed.token, office.slack.api_url, seconds=call_seconds) as gateway:
        yield gateway


def said(office: Office) -> list[str]:
    return [message.text for message in office.dm_of(office.ana).messages.values()]


async def outcome(gateway: Slack, office: Office) -> str:
    """How one message to Ana ends for whoever sends it."""
    try:
        await gateway.post(office.ana.id, Message("Hello"), nonce="n1")
    except SlackError as error:
        return f"{error.outcome}: {error.code}"
    return "ok"


@pytest.mark.parametrize(
    ("trouble", "heard", "seen"),
    [
        ("busy", "busy: ratelimited", 0),
        ("error", "unsure: service_unavailable", 0),
        ("reset_before", "unsure: no_answer", 0),
        ("reset_after", "unsure: no_answer", 1),
        ("truncated", "unsure: no_answer", 1),
        ("internal_error", "unsure: internal_error", 1),
    ],
)
async def test_a_troubled_call_ends_as_it_would_with_slack(
    office: Office, weather: Weather, gateway: Slack, trouble: Trouble, heard: str, seen: int
) -> None:
    weather.brings(trouble, methods=[POST])
    assert await outcome(gateway, office) == heard
    assert len(said(office)) == seen
    assert weather.struck == {trouble: 1}
    weather.clears()
    assert await outcome(gateway, office) == "ok"


@pytest.mark.parametrize("call_seconds", [2.0])
async def test_a_call_that_is_answered_too_slowly_was_heard_all_the_same(
    office: Office, weather: Weather, gateway: Slack
) -> None:
    weather.brings("slow", methods=[POST])
    assert await outcome(gateway, office) == "unsure: timeout"
    assert said(office) == ["Hello"]


async def test_a_429_says_how_long_to_wait(office: Office, weather: Weather, gateway: Slack) -> None:
    weather.brings("busy")
    with pytest.raises(SlackBusy) as busy:
        await gateway.post(office.ana.id, Message("Hello"))
    assert busy.value.retry_after == RETRY_AFTER


async def test_the_sdk_left_to_itself_says_it_twice(office: Office, weather: Weather) -> None:
    """Why the bot's gateway switches the SDK's retries off; and proof that the reset is a real one."""
    weather.brings("reset_after", methods=[POST])
    client = AsyncWebClient(office.installed.token, office.slack.api_url)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=office.ana.id, text="Hello")
    assert said(office) == ["Hello", "Hello"]


async def test_history_shows_a_message_only_after_a_while(
    office: Office, weather: Weather, gateway: Slack, clock: ManualClock
) -> None:
    weather.brings("history_lag")
    posted = await gateway.post(office.ana.id, Message("Hello"), nonce="n1")
    since = datetime.fromtimestamp(clock.now, UTC) - timedelta(minutes=1)
    assert await gateway.find_posted(posted.channel, "n1", since=since) is None
    clock.now += LAG + 1
    assert await gateway.find_posted(posted.channel, "n1", since=since) == posted


async def test_a_spell_begins_and_ends_at_its_time(
    office: Office, weather: Weather, gateway: Slack, clock: ManualClock
) -> None:
    weather.brings("error", methods=[POST], since=clock.now + 60, until=clock.now + 120)
    heard = []
    for _ in range(3):
        heard.append(await outcome(gateway, office))
        clock.now += 60
    assert heard == ["ok", "unsure: service_unavailable", "ok"]


async def test_only_the_methods_named_are_troubled(office: Office, weather: Weather, gateway: Slack) -> None:
    weather.brings("error", methods=["users.list"])
    assert await outcome(gateway, office) == "ok"
    with pytest.raises(SlackUnsure):
        await anext(gateway.members())


async def storm(seed: object) -> list[str]:
    """What forty messages hear in the weather of that seed."""
    clock = ManualClock()
    weather = Weather(clock, seed=seed)
    weather.brings("busy", 0.2)
    weather.brings("reset_after", 0.2)
    async with Playground(clock=clock, sleep=clock.sleep, faults=weather, limited=False) as slack:
        office = open_office(slack, clock)
        async with Slack.connect(office.installed.token, slack.api_url) as gateway:
            return [await outcome(gateway, office) for _ in range(40)]


async def test_the_same_seed_brings_the_same_trouble() -> None:
    first, again, other = await storm(1), await storm(1), await storm(2)
    assert first == again != other
    assert set(first) == {"ok", "busy: ratelimited", "unsure: no_answer"}


# From Slack to the app


@pytest.fixture
def heard(office: Office) -> list[str]:
    """The names of those whose joining the app has heard of, as often as it has."""
    names: list[str] = []

    @office.bolt.event("team_join")
    async def joined(event: Any) -> None:
        names.append(event["user"]["name"])

    return names


async def join(office: Office, *names: str) -> None:
    for name in names:
        office.team.events.announce("team_join", {"type": "team_join", "user": {"name": name}})
    await office.slack.quiet()


async def test_a_duplicate_event_arrives_twice_under_one_id(
    office: Office, weather: Weather, heard: list[str]
) -> None:
    weather.brings("duplicate")
    async with office.over_http():
        await join(office, "nils")
    assert heard == ["nils", "nils"]
    first, again = office.slack.deliveries
    assert first.payload["event_id"] == again.payload["event_id"]
    assert (first.attempt, again.attempt, again.problem) == (0, 1, "")


async def test_a_reordered_event_arrives_after_its_successor(
    office: Office, weather: Weather, heard: list[str], clock: ManualClock
) -> None:
    weather.brings("reorder", until=clock.now + 1)
    weather.held_seconds = A_HANG
    async with office.over_http():
        office.team.events.announce("team_join", {"type": "team_join", "user": {"name": "first"}})
        await asyncio.sleep(0)  # it sets out, and is held
        clock.now += 1
        await join(office, "second")
    assert heard == ["second", "first"]


async def test_an_event_nothing_overtakes_still_arrives(
    office: Office, weather: Weather, heard: list[str]
) -> None:
    weather.brings("reorder")
    async with office.over_http():
        await join(office, "only")
    assert heard == ["only"]


async def test_a_dropped_socket_brings_the_event_again_over_a_new_one(
    office: Office, weather: Weather, heard: list[str], clock: ManualClock
) -> None:
    office.app.socket_mode = True
    weather.brings("socket_drop", until=clock.now + 1)
    async with bolt_over_socket(office):
        sockets = office.slack.sockets_of(office.app)
        (before,) = sockets.connections
        reply = await office.team.events.deliver("team_join", {"type": "team_join", "user": {"name": "nils"}})
        assert reply is not None
        assert reply.problem == "connection_failed"
        clock.now += 1
        await office.slack.until(lambda: bool(sockets.connections) and before not in sockets.connections)
        await join(office, "ida")
    assert heard.count("ida") == 1
    assert heard.count("nils") >= 1  # it had arrived; what Slack did not hear of, it may send again


async def test_a_refused_ticket_is_used_up(office: Office, weather: Weather, clock: ManualClock) -> None:
    office.app.socket_mode = True
    address = await new_address(office)
    weather.brings("ticket_refused", until=clock.now + 1)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(address)
        clock.now += 1
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(address)
        async with session.ws_connect(await new_address(office)) as socket:
            assert (await socket.receive_json())["type"] == "hello"


async def test_the_ledger_tells_one_message_from_another_by_its_metadata(
    office: Office, gateway: Slack
) -> None:
    """So that a test can count what each person saw of each thing the app owed them."""
    await gateway.post(office.ana.id, Message("Hello"), nonce="n1")
    await gateway.post(office.ana.id, Message("Hello"), nonce="n2")
    pings = office.workspace.ledger.pings_of(office.ana.id)
    assert [(ping.metadata or {})["event_payload"]["nonce"] for ping in pings] == ["n1", "n2"]


async def test_a_refusal_of_slacks_own_is_left_alone(office: Office, weather: Weather) -> None:
    weather.brings("internal_error")
    client = AsyncWebClient(office.installed.token, office.slack.api_url)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel="C0NOWHERE", text="Hello")
