"""A second message of the day joins the first. What Slack does not let in is said another day."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.db import Database
from bot.services.notifications import Rank
from tests.bad_line import Fault, busy, refuses
from tests.conftest import NOW
from tests.kinds import a_kind
from tests.mailroom import Mailroom, greet, open_mailroom

KIND = "some.news"
TOMORROW = datetime(2026, 11, 19, 8, tzinfo=NOW.tzinfo)


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Mailroom]:
    """Ana has had today's message."""
    async with open_mailroom(database) as room:
        room.speak(a_kind(KIND, Rank.NEWS), greet)
        await room.plan("first", kind=KIND)
        await room.courier().deliver_due()
        yield room


async def one_more(room: Mailroom, *faults: Fault) -> None:
    """Comes due while Slack does this to the next changes of a message."""
    await room.plan("second", kind=KIND)
    room.line.next("chat.update", *faults)
    courier = room.courier()
    for _ in range(3):  # what happens to it, the change of the message, and that change once more
        await courier.deliver_due()
        room.wait(timedelta(minutes=1))


async def test_it_is_said_inside_the_message_that_stands_there(room: Mailroom) -> None:
    await one_more(room)
    [message] = room.seen()
    assert "first" in message and "second" in message
    assert await room.state("second") == ("sent", None)


@pytest.mark.parametrize("code", ["message_not_found", "edit_window_closed", "cant_update_message"])
async def test_what_slack_refuses_to_add_is_said_on_the_next_day(room: Mailroom, code: str) -> None:
    await one_more(room, refuses(code))
    assert room.seen() == ["first for Ana"]
    assert (await room.state("second"), (await room.notification("second")).due_at) == (
        ("planned", None),
        TOMORROW,
    )
    room.wait(timedelta(days=1))
    await room.courier().deliver_due()
    assert room.seen() == ["first for Ana", "second for Ana"]
    assert await room.states() == {"first": "sent", "second": "sent"}


async def test_a_busy_slack_is_asked_again_the_same_day(room: Mailroom) -> None:
    await one_more(room, busy(10))
    [message] = room.seen()
    assert "second" in message
    assert await room.state("second") == ("sent", None)


async def test_what_was_in_the_message_already_stays_where_it_was_said(room: Mailroom) -> None:
    await one_more(room)
    await room.mark("first", update_due_at=room.clock.now())
    room.line.next("chat.update", refuses("edit_window_closed"))
    await room.courier().deliver_due()
    assert await room.states() == {"first": "sent", "second": "sent"}
