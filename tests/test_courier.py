"""The courier: everything due arrives once, whatever happens on the way, and one bad notice stops no other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier import Pace
from bot.db import Database
from bot.models import Notice, Person, PersonKind
from bot.services import notices
from bot.slack import Message, Posted, Slack
from tests.bad_line import Fault, Silence, answers, busy, cut_short, refuses, reset_after, reset_before
from tests.conftest import HOME, NOW
from tests.mailroom import Mailroom, greet, open_mailroom

LEASE = timedelta(seconds=60)
SETTLE = timedelta(seconds=20)


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Mailroom]:
    async with open_mailroom(database) as room:
        yield room


@pytest.fixture
async def busy_room(database: Database) -> AsyncIterator[Mailroom]:
    """On a running clock, for couriers that wait, and for several at once."""
    async with open_mailroom(database, runs=True) as room:
        yield room


def fast() -> Pace:
    return Pace(rate=10_000, ceiling=10_000)


# On a good day


async def test_what_is_due_arrives_and_the_ledger_says_where(room: Mailroom) -> None:
    await room.plan("a")
    await room.courier().deliver_due()
    assert room.seen() == ["a for Ana"]
    notice = await room.notice()
    assert (notice.state, notice.attempts, notice.sent_at) == ("sent", 1, NOW)
    assert notice.slack_ts in room.team.dm_of(room.ana.id).messages
    assert notice.slack_channel == room.team.dm_of(room.ana.id).id


async def test_what_is_not_due_waits(room: Mailroom) -> None:
    await room.plan("later", due_at=NOW + timedelta(hours=1))
    courier = room.courier()
    await courier.deliver_due()
    assert room.seen() == []
    room.wait(timedelta(hours=1))
    await courier.deliver_due()
    assert room.seen() == ["later for Ana"]


async def test_the_message_carries_an_opaque_id_and_nothing_else(room: Mailroom) -> None:
    await room.plan("a", subject={"checkin": 17})
    await room.courier().deliver_due()
    (message,) = room.team.dm_of(room.ana.id).messages.values()
    nonce = (await room.notice()).nonce
    assert message.metadata == {"event_type": "rapport_notice", "event_payload": {"nonce": nonce}}


async def test_running_twice_says_it_once(room: Mailroom) -> None:
    await room.plan("a")
    await room.courier().deliver_due()
    await room.courier().deliver_due()
    assert room.seen() == ["a for Ana"]


async def test_no_transaction_is_open_while_slack_is_asked(room: Mailroom) -> None:
    """Else one slow answer would hold SQLite's only writer, and everybody's check-in with it."""
    await room.plan("a")
    silence = Silence()
    room.line.next("chat.postMessage", silence)
    delivering = asyncio.create_task(room.courier().deliver_due())
    await silence.done_there.wait()
    await asyncio.wait_for(room.plan("b", due_at=NOW + LEASE), timeout=1)
    silence.over.set()
    await delivering
    assert await room.states() == {"a": "sent", "b": "planned"}


async def test_an_idle_courier_stays_off_the_write_lock(room: Mailroom) -> None:
    await room.plan("later", due_at=NOW + LEASE)
    async with room.bot.work():
        await asyncio.wait_for(room.courier().deliver_due(), timeout=1)


# Asked again at the moment of sending


async def test_somebody_who_left_gets_nothing(room: Mailroom) -> None:
    await room.plan("a")
    await room.change(room.ana, deactivated_at=NOW)
    await room.courier().deliver_due()
    assert await room.state() == ("skipped", "inactive")
    assert room.seen() == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"kind": PersonKind.GUEST}, "inactive"), ({"slack_user_id": None}, "not_in_slack")],
)
async def test_who_cannot_be_written_to_is_skipped_with_the_reason(
    room: Mailroom, change: dict[str, Any], reason: str
) -> None:
    await room.plan("a")
    await room.change(room.ana, **change)
    await room.courier().deliver_due()
    assert await room.state() == ("skipped", reason)


async def test_what_is_over_is_not_said(room: Mailroom) -> None:
    await room.plan("late", expires_at=NOW + timedelta(minutes=5))
    await room.plan("answered meanwhile", kind="over")
    await room.plan("not theirs any more", kind="refused")
    room.wait(timedelta(minutes=5))
    await room.courier().deliver_due()
    assert await room.state("late") == ("expired", None)
    assert await room.state("answered meanwhile") == ("skipped", "answered")
    assert await room.state("not theirs any more") == ("skipped", "not_visible")
    assert room.seen() == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [("broken", "not_composed"), ("too_long", "not_composed"), ("unheard of", "unknown_kind")],
)
async def test_one_that_cannot_be_written_stops_no_other(room: Mailroom, kind: str, code: str) -> None:
    await room.plan("bad", kind=kind, due_at=NOW - LEASE)
    await room.plan("good")
    await room.courier().deliver_due()
    assert await room.state("bad") == ("failed", code)
    assert room.seen() == ["good for Ana"]


async def test_one_that_breaks_the_transaction_stops_no_other(room: Mailroom) -> None:
    async def breaks(session: AsyncSession, notice: Notice, recipient: Person, now: datetime) -> Message:
        session.add(Person(name="Twin", slack_user_id=recipient.slack_user_id))
        await session.flush()
        raise AssertionError("the database refuses the twin")

    room.composers["breaks"] = breaks
    await room.plan("bad", kind="breaks", due_at=NOW - LEASE)
    await room.plan("good")
    await room.courier().deliver_due()
    assert await room.states() == {"bad": "failed", "good": "sent"}


async def test_a_clear_no_is_written_down_and_stops_no_other(room: Mailroom) -> None:
    await room.plan("bad", due_at=NOW - LEASE)
    await room.plan("good")
    room.line.next("chat.postMessage", refuses("channel_not_found"))
    await room.courier().deliver_due()
    assert await room.state("bad") == ("failed", "channel_not_found")
    assert room.seen() == ["good for Ana"]


# When Slack wants less


async def test_429_is_obeyed_and_nothing_is_lost(room: Mailroom) -> None:
    await room.plan("a", "b", "c")
    room.line.next("chat.postMessage", busy(17))
    courier = room.courier(pace=fast())
    await courier.deliver_due()
    times = [float(ts) - NOW.timestamp() for ts in room.team.dm_of(room.ana.id).messages]
    assert len(times) == 2
    assert min(times) >= 17
    await courier.deliver_due()
    assert sorted(room.seen()) == ["a for Ana", "b for Ana", "c for Ana"]
    assert room.line.calls.count("chat.postMessage") == 4


async def test_429_halves_the_rate_and_success_raises_it_slowly() -> None:
    pace = Pace(rate=2.0, ceiling=2.05, growth=0.02)
    pace.slow_down()
    assert pace.rate == 1.0
    for _ in range(10):
        pace.went_well()
    assert pace.rate == pytest.approx(1.2)
    for _ in range(1000):
        pace.went_well()
    assert pace.rate == 2.05


async def test_messages_keep_the_pace(room: Mailroom) -> None:
    await room.plan(*[str(n) for n in range(30)])
    await room.courier(pace=Pace(rate=1.0, growth=0.0)).deliver_due()
    ticks = sorted(float(ts) - NOW.timestamp() for ts in room.team.dm_of(room.ana.id).messages)
    assert len(ticks) == 30
    assert 28 <= ticks[-1] <= 30, "one a second, the first at once"


def test_a_late_start_is_made_good_so_that_delays_do_not_add_up() -> None:
    pace, now = Pace(rate=1.0), NOW
    for _ in range(100):
        now += timedelta(seconds=pace.delay(now) + 0.05)  # each send begins a little late
        pace.spent(now)
    assert (now - NOW).total_seconds() == pytest.approx(99, abs=1.1)


def test_a_pause_survives_a_clock_that_is_set_back() -> None:
    pace = Pace()
    pace.pause(NOW, timedelta(seconds=30))
    assert pace.delay(NOW - timedelta(hours=1)) == 30
    assert pace.delay(NOW - timedelta(hours=1) + timedelta(seconds=30)) == 0


async def test_without_a_connection_nothing_counts_as_tried_out(room: Mailroom, unused_tcp_port: int) -> None:
    await room.plan("a")
    async with Slack.connect("xoxb-1", f"http://127.0.0.1:{unused_tcp_port}/") as nowhere:
        await room.courier(bot=room.with_slack(nowhere)).deliver_due()
    assert await room.state() == ("planned", "unreachable")
    room.wait(timedelta(seconds=5))
    await room.courier().deliver_due()
    assert room.seen() == ["a for Ana"]


async def test_a_revoked_token_burns_no_notice(room: Mailroom) -> None:
    await room.plan("a", "b")
    room.team.installed.revoked = "token_revoked"
    courier = room.courier()
    await courier.deliver_due()
    assert set((await room.states()).values()) == {"planned"}
    room.team.installed.revoked = ""
    room.wait(timedelta(minutes=2))
    await courier.deliver_due()
    assert sorted(room.seen()) == ["a for Ana", "b for Ana"]


async def test_an_app_that_was_removed_is_silent(room: Mailroom) -> None:
    await room.plan("a")
    room.bot.removed.set()
    courier = room.courier(sleep=asyncio.sleep)
    running = asyncio.create_task(courier.run())
    await asyncio.sleep(0)
    await courier.stop()
    await running
    assert "chat.postMessage" not in room.line.calls


# When nobody knows


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(reset_after, id="reset after Slack took it"),
        pytest.param(cut_short, id="answer cut short"),
        pytest.param(answers(500, "", done=True), id="500 after Slack took it"),
        pytest.param(answers(200, '{"ok":false,"error":"internal_error"}', done=True), id="internal_error"),
        pytest.param(answers(200, "{}", done=True), id="an answer that says nothing"),
    ],
)
async def test_a_message_slack_took_without_saying_so_is_found_and_not_sent_again(
    room: Mailroom, fault: Fault
) -> None:
    await room.plan("a")
    room.line.next("chat.postMessage", fault)
    courier = room.courier()
    await courier.deliver_due()
    assert (await room.state())[0] == "unknown"
    room.wait(SETTLE)
    await courier.deliver_due()
    assert await room.state() == ("sent", None)
    assert room.seen() == ["a for Ana"]
    assert room.counted("settled_by_history") == 1
    assert (await room.notice()).slack_ts in room.team.dm_of(room.ana.id).messages


@pytest.mark.parametrize("fault", [reset_before, answers(503, ""), refuses("fatal_error")])
async def test_a_message_slack_never_had_is_sent_again(room: Mailroom, fault: Fault) -> None:
    await room.plan("a")
    room.line.next("chat.postMessage", fault)
    courier = room.courier()
    await courier.deliver_due()
    assert room.seen() == []
    room.wait(SETTLE)
    await courier.deliver_due()
    assert room.seen() == ["a for Ana"]
    assert (await room.notice()).attempts == 2


async def test_an_unknown_outcome_is_left_alone_until_the_request_must_be_over(room: Mailroom) -> None:
    await room.plan("a")
    room.line.next("chat.postMessage", reset_after)
    courier = room.courier()
    await courier.deliver_due()
    room.wait(SETTLE - timedelta(seconds=1))
    await courier.deliver_due()
    assert (await room.state())[0] == "unknown"
    assert "conversations.history" not in room.line.calls


async def test_where_history_may_not_be_read_a_miss_is_preferred_to_a_double(room: Mailroom) -> None:
    await room.plan("a")
    room.team.installed.scopes -= {"im:history"}
    room.line.next("chat.postMessage", reset_after)
    courier = room.courier()
    await courier.deliver_due()
    room.wait(SETTLE)
    await courier.deliver_due()
    room.wait(timedelta(days=1))
    await courier.deliver_due()
    assert await room.state() == ("failed", "unsettled")
    assert room.seen() == ["a for Ana"]


@pytest.mark.parametrize("fault", [busy(40), reset_before, answers(500, ""), refuses("internal_error")])
@pytest.mark.parametrize("method", ["conversations.open", "conversations.history"])
async def test_a_question_slack_does_not_answer_is_asked_again(
    room: Mailroom, method: str, fault: Fault
) -> None:
    await room.plan("a")
    room.line.next("chat.postMessage", reset_after)
    room.line.next(method, fault, fault)  # twice: the gateway repeats a read once
    courier = room.courier()
    await courier.deliver_due()
    for _ in range(3):
        room.wait(timedelta(minutes=1))
        await courier.deliver_due()
    assert await room.state() == ("sent", None)
    assert room.seen() == ["a for Ana"]


async def test_what_slack_never_takes_is_tried_ever_more_rarely_and_given_up_after_a_day(
    room: Mailroom,
) -> None:
    await room.plan("poison")
    room.line.next("chat.postMessage", *[refuses("internal_error")] * 99)
    courier = room.courier()
    for _ in range(26 * 60):
        await courier.deliver_due()
        room.wait(timedelta(minutes=1))
    assert await room.state("poison") == ("failed", "gave_up")
    assert room.line.calls.count("chat.postMessage") < 32


# When the process dies


class Killed(BaseException):
    """What no handler catches: the process ends here."""


class DiesBeforeTheCall(Slack):
    async def post(self, *args: Any, **values: Any) -> Posted:
        raise Killed


class DiesAfterTheCall(Slack):
    async def post(self, *args: Any, **values: Any) -> Posted:
        await super().post(*args, **values)
        raise Killed


class DiesAfterLooking(Slack):
    async def find_posted(self, *args: Any, **values: Any) -> Posted | None:
        await super().find_posted(*args, **values)
        raise Killed


async def run_until_killed(room: Mailroom, kind: type[Slack]) -> None:
    async with kind.connect(room.team.installed.token, room.line.url) as slack:
        with pytest.raises(Killed):
            await room.courier(bot=room.with_slack(slack)).deliver_due()


async def recover(room: Mailroom) -> None:
    """New processes, for as long as it may take."""
    for _ in range(4):
        room.wait(LEASE)
        await room.courier().deliver_due()


@pytest.mark.parametrize("dies", [DiesBeforeTheCall, DiesAfterTheCall])
async def test_killed_around_the_call_it_is_said_once(room: Mailroom, dies: type[Slack]) -> None:
    await room.plan("a", "b")
    await run_until_killed(room, dies)
    assert "sending" in (await room.states()).values()
    await recover(room)
    assert await room.states() == {"a": "sent", "b": "sent"}
    assert sorted(room.seen()) == ["a for Ana", "b for Ana"]


async def test_killed_while_writing_the_message_it_is_said_once(room: Mailroom) -> None:
    async def dies(*_: Any) -> Message:
        raise Killed

    await room.plan("a")
    room.composers["greeting"] = dies
    with pytest.raises(Killed):
        await room.courier().deliver_due()
    assert await room.states() == {"a": "planned"}
    room.composers["greeting"] = greet
    await recover(room)
    assert room.seen() == ["a for Ana"]


async def test_killed_while_slack_thinks_it_is_said_once(room: Mailroom) -> None:
    await room.plan("a")
    silence = Silence()
    room.line.next("chat.postMessage", silence)
    delivering = asyncio.create_task(room.courier().deliver_due())
    await silence.done_there.wait()
    delivering.cancel()
    with suppress(asyncio.CancelledError):
        await delivering
    silence.over.set()
    assert await room.states() == {"a": "sending"}
    await recover(room)
    assert room.seen() == ["a for Ana"]
    assert await room.states() == {"a": "sent"}


async def test_killed_when_the_outcome_cannot_be_written_down_it_is_said_once(
    room: Mailroom, database: Database
) -> None:
    """Slack has taken it; then the database is gone."""

    class DatabaseGone(Slack):
        async def post(self, *args: Any, **values: Any) -> Posted:
            posted = await super().post(*args, **values)
            gone.set()
            return posted

    gone = asyncio.Event()

    class FlakyDatabase(Database):
        def work(self, workspace_id: str) -> Any:
            if gone.is_set():
                raise Killed
            return super().work(workspace_id)

    await room.plan("a")
    flaky = FlakyDatabase(database.url)
    async with DatabaseGone.connect(room.team.installed.token, room.line.url) as slack:
        with pytest.raises(Killed):
            await room.courier(bot=replace(room.bot, slack=slack, database=flaky)).deliver_due()
    await flaky.close()
    assert await room.states() == {"a": "sending"}
    await recover(room)
    assert room.seen() == ["a for Ana"]
    assert await room.states() == {"a": "sent"}


@pytest.mark.parametrize("fault", [reset_before, reset_after])
async def test_killed_while_settling_it_is_said_once(room: Mailroom, fault: Fault) -> None:
    await room.plan("a")
    room.line.next("chat.postMessage", fault)
    await room.courier().deliver_due()
    room.wait(SETTLE)
    await run_until_killed(room, DiesAfterLooking)
    assert await room.states() == {"a": "unknown"}
    await recover(room)
    assert room.seen() == ["a for Ana"]


async def test_a_machine_that_slept_between_claim_and_call_does_not_send_behind_the_others_back(
    room: Mailroom,
) -> None:
    async def sleeps(
        session: AsyncSession, notice: Notice, recipient: Person, now: datetime
    ) -> Message | Any:
        if notice.attempts == 1:
            room.wait(LEASE)
        return await greet(session, notice, recipient, now)

    room.composers["greeting"] = sleeps
    await room.plan("a")
    courier = room.courier()
    await courier.deliver_due()
    assert await room.state() == ("planned", "lease_over")
    await courier.deliver_due()
    assert room.line.calls.count("chat.postMessage") == 1
    assert room.seen() == ["a for Ana"]
    assert (await room.notice()).attempts == 2


# Several at once


async def test_two_couriers_at_once_say_everything_once(busy_room: Mailroom) -> None:
    room = busy_room
    keys = [f"{n:02}" for n in range(40)]
    await room.plan(*keys[:20])
    await room.plan(*keys[20:], to=room.ben)
    another_database = Database(room.bot.database.url)
    another = replace(room.bot, database=another_database)
    couriers = [room.courier(bot=bot, pace=fast(), sleep=asyncio.sleep) for bot in (room.bot, another)]
    await asyncio.gather(*(courier.deliver_due() for courier in couriers))
    await another_database.close()
    assert sorted(room.seen()) == [f"{key} for Ana" for key in keys[:20]]
    assert sorted(room.seen(room.ben)) == [f"{key} for Ben" for key in keys[20:]]
    assert set((await room.states()).values()) == {"sent"}


async def test_two_couriers_settle_one_question_between_them(room: Mailroom) -> None:
    await room.plan("a")
    room.line.next("chat.postMessage", reset_before)
    await room.courier().deliver_due()
    room.wait(SETTLE)
    silence = Silence()
    room.line.next("conversations.history", silence)
    slow = asyncio.create_task(room.courier().deliver_due())
    await silence.done_there.wait()
    room.wait(LEASE)
    await room.courier().deliver_due()  # takes over, finds nothing, sends
    silence.over.set()
    await slow  # comes back with "not there" from before
    assert room.seen() == ["a for Ana"]
    assert await room.states() == {"a": "sent"}


# Running


async def running(room: Mailroom, **options: Any) -> tuple[Any, asyncio.Task[None]]:
    courier = room.courier(pace=fast(), sleep=asyncio.sleep, **options)
    return courier, asyncio.create_task(courier.run())


async def arrived(room: Mailroom, count: int) -> None:
    await room.playground.until(lambda: len(room.seen()) >= count)


async def test_what_is_planned_wakes_the_courier_at_once(busy_room: Mailroom) -> None:
    courier, task = await running(busy_room)
    await busy_room.plan("a")
    await arrived(busy_room, 1)
    await busy_room.plan("b")
    await arrived(busy_room, 2)
    await courier.stop()
    await task
    assert busy_room.seen() == ["a for Ana", "b for Ana"]


async def test_what_is_due_soon_arrives_in_time_without_anybody_waking_it(busy_room: Mailroom) -> None:
    await busy_room.plan("soon", due_at=busy_room.clock.now() + timedelta(seconds=0.2))
    courier, task = await running(busy_room)
    await arrived(busy_room, 1)
    await courier.stop()
    await task
    late = (await busy_room.notice("soon")).sent_at
    assert late is not None
    assert late - (await busy_room.notice("soon")).due_at < timedelta(seconds=2)


async def test_a_courier_with_nothing_to_do_lies_still(busy_room: Mailroom) -> None:
    """Its own commits wake whoever waits for work, and that must not be itself over and over."""
    rests: list[float] = []

    async def sleep(seconds: float) -> None:
        rests.append(seconds)
        await asyncio.sleep(seconds)

    courier = busy_room.courier(pace=fast(), sleep=sleep)
    task = asyncio.create_task(courier.run())
    await busy_room.plan("a")
    await arrived(busy_room, 1)
    for _ in range(50):
        await busy_room.states()
    await courier.stop()
    await task
    assert len(rests) < 10


async def test_stopping_finishes_the_send_in_flight_and_begins_no_other(busy_room: Mailroom) -> None:
    silence = Silence()
    busy_room.line.next("chat.postMessage", silence)
    await busy_room.plan("a", due_at=busy_room.clock.now() - LEASE)
    await busy_room.plan("b")
    courier, task = await running(busy_room)
    await silence.done_there.wait()
    stopping = asyncio.create_task(courier.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    silence.over.set()
    await stopping
    await task
    assert await busy_room.states() == {"a": "sent", "b": "planned"}


async def test_an_idle_courier_stops_at_once(busy_room: Mailroom) -> None:
    courier, task = await running(busy_room)
    await asyncio.sleep(0)
    await asyncio.wait_for(courier.stop(), timeout=1)
    await task


async def test_a_database_that_was_gone_for_a_while_stops_nothing(busy_room: Mailroom) -> None:
    failures = iter([OSError("gone"), OSError("still gone")])

    class Flaky(Database):
        def read(self, workspace_id: str) -> Any:
            for failure in failures:
                raise failure
            return super().read(workspace_id)

    async def no_wait(_: float) -> None:
        await asyncio.sleep(0)

    flaky = Flaky(busy_room.bot.database.url)
    bot = replace(busy_room.bot, database=flaky)
    await busy_room.plan("a")
    courier = busy_room.courier(bot=bot, pace=fast(), sleep=no_wait)
    task = asyncio.create_task(courier.run())
    await arrived(busy_room, 1)
    await courier.stop()
    await task
    await flaky.close()
    assert busy_room.seen() == ["a for Ana"]


async def test_what_is_sent_in_one_workspace_is_not_touched_from_another(room: Mailroom) -> None:
    await room.plan("a")
    other = replace(room.bot, workspace_id="T0OTHER")
    await room.courier(bot=other).deliver_due()
    assert await room.states() == {"a": "planned"}
    async with room.bot.database.read(HOME) as session:
        assert await notices.next_due(session) == NOW
