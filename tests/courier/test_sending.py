"""What is due arrives once, is asked about again at the last moment, and one bad notification stops no other."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier import Skip, Telling
from bot.models import Notification, Person, PersonKind
from bot.services.notifications import Ended
from bot.slack import Message
from playground.activity import A_HANG
from tests.bad_line import Silence, refuses
from tests.conftest import NOW
from tests.courier.builders import LEASE
from tests.kinds import a_kind
from tests.mailroom import Mailroom, greet, refused

# On a good day


async def test_what_is_due_arrives_and_the_ledger_says_where(room: Mailroom) -> None:
    await room.plan("a")
    await room.courier().deliver_due()
    assert room.seen() == ["a for Ana"]
    notification = await room.notification()
    assert (notification.state, notification.attempts, notification.sent_at) == ("sent", 1, NOW)
    assert notification.slack_ts in room.team.dm_of(room.ana.id).messages
    assert notification.slack_channel == room.team.dm_of(room.ana.id).id


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
    nonce = (await room.notification()).nonce
    assert message.metadata == {"event_type": "rapport_notification", "event_payload": {"nonce": nonce}}


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
    await asyncio.wait_for(room.plan("b", due_at=NOW + LEASE), timeout=A_HANG)
    silence.over.set()
    await delivering
    assert await room.states() == {"a": "sent", "b": "planned"}


async def test_an_idle_courier_stays_off_the_write_lock(room: Mailroom) -> None:
    await room.plan("later", due_at=NOW + LEASE)
    async with room.bot.work():
        await asyncio.wait_for(room.courier().deliver_due(), timeout=A_HANG)


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


async def test_a_rule_about_the_end_that_fails_holds_up_no_other(room: Mailroom) -> None:
    async def fails(*_: object) -> dict[int, Ended]:
        raise KeyError("week")

    room.speak(a_kind("wrong", ends=fails), greet)
    await room.plan("told", kind="wrong")
    await room.courier().deliver_due()
    await room.mark("told", update_due_at=NOW)
    await room.plan("good")
    await room.courier().deliver_due()
    assert await room.states() == {"good": "sent", "told": "sent"}
    assert (await room.notification("told")).update_due_at is None


async def test_an_end_names_nobody_to_a_reader_who_may_not_see_the_matter_any_more(room: Mailroom) -> None:
    """Whatever a kind's own rule says: the composer of a message decides what its reader may see."""
    seen = True

    async def compose(telling: Telling) -> Message | Skip:
        return await greet(telling) if seen else await refused(telling)

    async def ends(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
        by = await session.scalar(select(Person).where(Person.name == "Ben"))
        return {} if seen else {one.id: Ended("{who} took this on", by=by) for one in said}

    room.speak(a_kind("secret", ends=ends), compose)
    await room.plan("told", kind="secret")
    await room.courier().deliver_due()
    seen = False
    await room.mark("told", update_due_at=NOW)
    await room.courier().deliver_due()
    assert room.seen() == ["Nothing waits for you here any more."]


async def test_one_that_breaks_the_transaction_stops_no_other(room: Mailroom) -> None:
    async def breaks(telling: Telling) -> Message:
        telling.session.add(Person(name="Twin", slack_user_id=telling.recipient.slack_user_id))
        await telling.session.flush()
        raise AssertionError("the database refuses the twin")

    room.speak(a_kind("breaks"), breaks)
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
