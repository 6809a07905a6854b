"""When nobody knows whether Slack took a message, it is looked for before it is said again."""

from datetime import timedelta

import pytest

from tests.bad_line import Fault, answers, busy, cut_short, refuses, reset_after, reset_before
from tests.courier.builders import SETTLE
from tests.mailroom import Mailroom


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
    assert (await room.notification()).slack_ts in room.team.dm_of(room.ana.id).messages


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
    assert (await room.notification()).attempts == 2


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
    for _ in range(46 * 60):  # it is not tried at night
        await courier.deliver_due()
        room.wait(timedelta(minutes=1))
    assert await room.state("poison") == ("failed", "gave_up")
    assert room.line.calls.count("chat.postMessage") < 32
