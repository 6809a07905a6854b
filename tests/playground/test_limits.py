"""Rate limits: 429 with whole seconds, per method, per channel, per workspace."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from playground.errors import RateLimited
from playground.limits import Limits
from playground.server import Playground
from tests.playground.office import ManualClock, Office, open_office


async def limited(call: Any) -> int:
    with pytest.raises(SlackApiError) as caught:
        await call
    assert caught.value.response.status_code == 429
    assert caught.value.response["error"] == "ratelimited"
    return int(caught.value.response.headers["Retry-After"])


def spend(limits: Limits, method: str, tier: int | None, times: int) -> None:
    for _ in range(times):
        limits.count_call(method, tier)


async def test_the_twenty_first_listing_in_a_minute_waits(office: Office) -> None:
    for _ in range(20):
        await office.client.users_list(limit=1)
    office.clock.now += 12.5
    assert await limited(office.client.users_list(limit=1)) == 48
    assert (await office.client.users_info(user=office.ana.id))["ok"]
    office.clock.now += 48
    assert (await office.client.users_list(limit=1))["ok"]


async def test_one_workspaces_limit_is_not_anothers(office: Office, another_office: Any) -> None:
    other = another_office(name="Other")
    for _ in range(20):
        await office.client.users_list(limit=1)
    await limited(office.client.users_list(limit=1))
    assert (await other.client.users_list(limit=1))["ok"]


async def test_a_channel_takes_a_short_burst_and_then_one_message_a_second(office: Office) -> None:
    for number in range(5):
        await office.client.chat_postMessage(channel=office.ana.id, text=str(number))
    assert await limited(office.client.chat_postMessage(channel=office.ana.id, text="6")) == 1
    assert (await office.client.chat_postMessage(channel=office.ben.id, text="1"))["ok"]
    office.clock.now += 1
    assert (await office.client.chat_postMessage(channel=office.ana.id, text="6"))["ok"]
    await limited(office.client.chat_postMessage(channel=office.ana.id, text="7"))


def test_the_workspace_has_a_ceiling_over_all_channels(clock: ManualClock) -> None:
    limits = Limits(clock)
    for number in range(30):
        limits.count_message(f"D{number}")
    with pytest.raises(RateLimited):
        limits.count_message("D30")
    clock.now += 1
    for number in range(5):
        limits.count_message(f"D{30 + number}")


@pytest.mark.parametrize(("tier", "calls"), [(1, 1), (2, 20), (3, 50), (4, 100), (None, 600)])
def test_each_tier_grants_its_floor(clock: ManualClock, tier: int | None, calls: int) -> None:
    limits = Limits(clock)
    spend(limits, "some.method", tier, calls)
    with pytest.raises(RateLimited) as caught:
        limits.count_call("some.method", tier)
    assert caught.value.retry_after == 60


def test_socket_addresses_come_once_a_minute_after_a_small_burst(clock: ManualClock) -> None:
    limits = Limits(clock)
    spend(limits, "apps.connections.open", None, 3)
    with pytest.raises(RateLimited) as caught:
        limits.count_call("apps.connections.open", None)
    assert caught.value.retry_after == 60


async def test_limits_can_be_switched_off(clock: ManualClock) -> None:
    async with Playground(clock=clock, limited=False) as slack:
        office = open_office(slack, clock)
        for number in range(8):
            await office.client.chat_postMessage(channel=office.ana.id, text=str(number))
    assert len(office.dm_of(office.ana).messages) == 8
