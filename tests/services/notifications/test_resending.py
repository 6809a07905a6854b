"""Resending: what was not said is said once after all, where it makes sense; else a sentence says why not."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.capabilities import house
from bot.db import Database
from bot.errors import BotError
from bot.models import Checkin, Notification, NotificationState, Person, PersonKind
from bot.packs import shipped_packs
from bot.services import notifications, nudges, pauses
from tests.bad_line import refuses
from tests.conftest import NOW, OTHER, PersonBuilder
from tests.mailroom import Mailroom, greet, open_mailroom

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 16)
SATURDAY = NOW + 3 * DAY
CLOSED = datetime(2026, 11, 23, 12, tzinfo=NOW.tzinfo)  # in Lisbon


@pytest.fixture
async def ana(session: AsyncSession, a_person: PersonBuilder) -> Person:
    await nudges.start(session, None, now=NOW - DAY)
    return await a_person("Ana")


async def a_notification(session: AsyncSession, person: Person, **values: Any) -> Notification:
    """A nudge that Slack refused, unless told otherwise."""
    usual = {
        "kind": nudges.NUDGE.name,
        "key": f"checkins.nudge:{person.id}:{MONDAY}",
        "subject": {"week": str(MONDAY)},
        "due_at": NOW - DAY,
        "state": NotificationState.FAILED,
        "reason": "channel_not_found",
        "attempts": 1,
    }
    notification = Notification(person_id=person.id, nonce="first", **{**usual, **values})
    session.add(notification)
    await session.flush()
    return notification


async def refusal(session: AsyncSession, notification: Notification, *, now: datetime = NOW) -> str:
    before = (notification.state, notification.reason, notification.due_at, notification.attempts)
    with pytest.raises(BotError) as refused:
        await notifications.resend(session, notification.id, kinds=house().kinds, now=now)
    assert (notification.state, notification.reason, notification.due_at, notification.attempts) == before
    return refused.value.sentence


async def test_what_failed_is_due_now_and_the_answer_says_why_it_failed(
    session: AsyncSession, ana: Person
) -> None:
    notification = await a_notification(session, ana, tried_since=NOW - DAY)
    resent = await notifications.resend(session, notification.id, kinds=house().kinds, now=NOW)
    assert (resent.person, resent.state, resent.reason) == (ana, "failed", "channel_not_found")
    assert (notification.state, notification.reason, notification.due_at) == ("planned", None, NOW)
    assert (notification.expires_at, notification.local_date, notification.tried_since) == (
        CLOSED,
        NOW.date(),
        None,
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (NotificationState.PLANNED, "is planned already"),
        (NotificationState.SENDING, "is in delivery; sent again, it might arrive twice"),
        (NotificationState.UNKNOWN, "is in delivery"),
        (NotificationState.SENT, "has arrived; nothing is said twice"),
    ],
)
async def test_what_is_on_its_way_or_has_arrived_is_not_sent_again(
    session: AsyncSession, ana: Person, state: NotificationState, words: str
) -> None:
    assert words in await refusal(session, await a_notification(session, ana, state=state, reason=None))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"deactivated_at": NOW}, "Ana is no longer active"),
        ({"kind": PersonKind.GUEST}, "Ana is a guest"),
        ({"slack_user_id": None}, "Ana has no Slack account yet"),
        ({"away_since": NOW}, "Ana is away or has asked for silence"),
    ],
)
async def test_whom_nothing_reaches_is_said(
    session: AsyncSession, ana: Person, change: dict[str, Any], words: str
) -> None:
    notification = await a_notification(session, ana)
    for name, value in change.items():
        setattr(ana, name, value)
    await session.flush()
    assert words in await refusal(session, notification)


@pytest.mark.parametrize("kind", [nudges.NUDGE.name, nudges.REMINDER.name])
async def test_nobody_is_asked_again_for_what_they_have_written(
    session: AsyncSession, ana: Person, kind: str
) -> None:
    written = Checkin(person_id=ana.id, week=MONDAY, audience="manager", answers=(), submitted_at=NOW)
    session.add(written)
    await session.flush()
    assert "to Ana is needless: the check-in is written." in await refusal(
        session, await a_notification(session, ana, kind=kind)
    )


async def test_a_nudge_is_of_use_until_its_week_closes(session: AsyncSession, ana: Person) -> None:
    notification = await a_notification(
        session, ana, state=NotificationState.EXPIRED, reason=None, expires_at=CLOSED
    )
    said = await refusal(session, notification, now=CLOSED)
    assert (
        said == f"Notification {notification.id} is outdated: it was of use until 23 November, 12:00 there."
    )
    await notifications.resend(
        session, notification.id, kinds=house().kinds, now=CLOSED - timedelta(seconds=1)
    )


async def test_an_expired_digest_is_of_use_until_the_next_one(session: AsyncSession, ana: Person) -> None:
    expired = {"state": NotificationState.EXPIRED, "reason": None, "expires_at": SATURDAY}
    notification = await a_notification(session, ana, kind=nudges.DIGEST.name, **expired)
    next_digest = datetime(2026, 11, 23, 9, tzinfo=NOW.tzinfo)
    assert "is outdated" in await refusal(session, notification, now=next_digest)
    await notifications.resend(session, notification.id, kinds=house().kinds, now=SATURDAY + DAY)
    assert notification.expires_at == next_digest


async def test_a_wish_for_silence_is_respected_and_not_told_apart(session: AsyncSession, ana: Person) -> None:
    """Else an operator could find out who snoozed."""
    not_this_week = await a_notification(
        session, ana, state=NotificationState.SKIPPED, reason="not_this_week"
    )
    paused = await a_notification(session, ana, key="x", state=NotificationState.SKIPPED, reason="paused")
    said = await refusal(session, not_this_week)
    await pauses.pause(session, ana, ana, until=NOW + DAY, now=NOW)
    assert await refusal(session, paused) == said


async def test_when_the_pause_is_over_it_can_be_resent(session: AsyncSession, ana: Person) -> None:
    notification = await a_notification(session, ana, state=NotificationState.SKIPPED, reason="paused")
    await pauses.pause(session, ana, ana, until=NOW + DAY, now=NOW)
    await pauses.resume(session, ana, ana, now=NOW)
    assert (
        await notifications.resend(session, notification.id, kinds=house().kinds, now=NOW)
    ).reason == "paused"


async def test_before_the_check_in_starts_nothing_of_it_is_resent(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben")
    assert "rapport nudges start" in await refusal(session, await a_notification(session, ben))


async def test_what_may_have_arrived_takes_insistence(session: AsyncSession, ana: Person) -> None:
    notification = await a_notification(session, ana, reason="unsettled")
    assert "may have arrived" in await refusal(session, notification)
    await notifications.resend(session, notification.id, kinds=house().kinds, now=NOW, even_if_arrived=True)
    assert notification.state == "planned"


async def test_planning_leaves_it_where_the_operator_put_it(session: AsyncSession, ana: Person) -> None:
    """The planner, looking at the same week, would move the row back to the hour that is over, and skip it."""
    later = NOW + 2.5 * DAY  # Saturday at three: Friday's hour is over, the week still open
    notification = await a_notification(
        session, ana, attempts=0, state=NotificationState.SKIPPED, reason="holiday", timezone="Europe/Lisbon"
    )
    await notifications.resend(session, notification.id, kinds=house().kinds, now=later)
    await nudges.plan(session, now=later + timedelta(minutes=1), packs=shipped_packs())
    await session.refresh(notification)
    assert (notification.state, notification.reason, notification.due_at) == ("planned", None, later)


async def test_what_failed_inside_its_message_can_be_resent_by_itself(
    session: AsyncSession, ana: Person
) -> None:
    carrier = await a_notification(session, ana)
    inside = await a_notification(
        session, ana, key="x", kind=nudges.WELCOME.name, subject={}, merged_into_id=carrier.id
    )
    await notifications.resend(session, carrier.id, kinds=house().kinds, now=NOW)
    await session.refresh(inside)
    assert (inside.state, inside.merged_into_id) == ("failed", None)
    await notifications.resend(session, inside.id, kinds=house().kinds, now=NOW)
    assert (inside.state, inside.expires_at) == ("planned", None)


# All the way


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Mailroom]:
    async with open_mailroom(database) as room:
        room.speak(nudges.NUDGE, greet)
        async with room.bot.work() as session:
            await nudges.start(session, None, now=NOW - DAY)
        yield room


async def resend(room: Mailroom, key: str) -> None:
    number = (await room.notification(key)).id
    async with room.bot.work() as session:
        await notifications.resend(session, number, kinds=house().kinds, now=room.clock.now())


async def test_a_resent_one_arrives_once(room: Mailroom) -> None:
    await room.plan("a", kind=nudges.NUDGE.name, subject={"week": str(MONDAY)})
    room.line.next("chat.postMessage", refuses("channel_not_found"))
    await room.courier().deliver_due()
    assert await room.state() == ("failed", "channel_not_found")
    await resend(room, "a")
    await room.courier().deliver_due()
    await room.courier().deliver_due()
    assert room.seen() == ["a for Ana"]
    assert await room.state() == ("sent", None)


async def test_the_gate_asks_again(room: Mailroom) -> None:
    """At three in the morning a resent nudge waits for the hour in which it may be said."""
    await room.plan("a", kind=nudges.NUDGE.name, subject={"week": str(MONDAY)})
    await room.mark("a", state=NotificationState.SKIPPED, reason="budget")
    room.wait(timedelta(hours=12))
    await resend(room, "a")
    await room.courier().deliver_due()
    assert await room.state() == ("planned", "quiet_hours")
    assert room.seen() == []


async def test_the_ledger_keeps_one_row(room: Mailroom) -> None:
    await room.plan("a", kind=nudges.NUDGE.name, subject={"week": str(MONDAY)})
    await room.mark("a", state=NotificationState.FAILED)
    await resend(room, "a")
    async with room.bot.read() as session:
        assert len((await session.scalars(select(Notification))).all()) == 1


async def test_another_workspaces_row_cannot_be_reached(room: Mailroom) -> None:
    await room.plan("a", kind=nudges.NUDGE.name, subject={"week": str(MONDAY)})
    number = (await room.notification("a")).id
    async with room.bot.database.work(OTHER) as elsewhere:
        with pytest.raises(BotError, match=f"The ledger has no notification {number}"):
            await notifications.resend(elsewhere, number, kinds=house().kinds, now=NOW)
