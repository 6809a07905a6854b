"""Later, or not this week: what leaves a message, what stays in it, and who may ask."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.capabilities import house
from bot.errors import NotFound
from bot.models import Notification, NotificationState, Person
from bot.services import notifications, nudges
from tests.conftest import NOW, PersonBuilder

WEEK = date(2026, 11, 16)
CLOSES = datetime.fromisoformat("2026-11-23T12:00:00+00:00")
HOUR = timedelta(hours=1)


async def said(
    session: AsyncSession, person: Person, kind: str = nudges.NUDGE.name, **values: Any
) -> Notification:
    notification = Notification(
        person_id=person.id,
        kind=kind,
        key=f"{kind}:{person.id}:{WEEK}",
        subject={"week": str(WEEK)},
        nonce=f"nonce of {kind}",
        due_at=NOW,
        expires_at=CLOSES,
        state=NotificationState.SENT,
        attempts=1,
        sent_at=NOW,
        slack_channel="D1",
        slack_ts="1.0",
    )
    for name, value in values.items():
        setattr(notification, name, value)
    session.add(notification)
    await session.flush()
    return notification


async def later(
    session: AsyncSession, person: Person, notification: Notification, until: datetime | None
) -> notifications.PutOff:
    own = await notifications.own_notification(session, person, notification.id)
    kind = house().kinds[notification.kind]
    return await notifications.later(session, person, own, kind, until=until, now=NOW)


async def test_alone_in_its_message_it_is_due_again_and_the_message_will_say_so(
    session: AsyncSession, ana: Person
) -> None:
    nudge = await said(session, ana)
    put_off = await later(session, ana, nudge, NOW + HOUR)
    assert (put_off.until, put_off.week, put_off.alone) == (NOW + HOUR, WEEK, True)
    assert (nudge.state, nudge.due_at, nudge.reason) == (NotificationState.PLANNED, NOW + HOUR, "snoozed")
    assert nudge.nonce != "nonce of checkins.nudge"
    assert (nudge.slack_ts, nudge.update_due_at) == ("1.0", NOW)


async def test_a_second_press_only_moves_it(session: AsyncSession, ana: Person) -> None:
    nudge = await said(session, ana)
    await later(session, ana, nudge, NOW + HOUR)
    nonce = nudge.nonce
    await later(session, ana, nudge, NOW + 2 * HOUR)
    assert (nudge.state, nudge.due_at, nudge.nonce) == (NotificationState.PLANNED, NOW + 2 * HOUR, nonce)


async def test_a_part_leaves_and_its_message_goes_on_without_it(session: AsyncSession, ana: Person) -> None:
    carrier = await said(session, ana)
    part = await said(session, ana, nudges.DIGEST.name, merged_into_id=carrier.id)
    assert not (await later(session, ana, part, NOW + HOUR)).alone
    assert (part.merged_into_id, part.slack_ts, part.update_due_at) == (None, None, None)
    assert (carrier.state, carrier.update_due_at) == (NotificationState.SENT, NOW)
    assert await notifications.in_message_of(session, carrier) == [carrier]


async def test_when_the_carrier_leaves_the_next_part_carries_the_message(
    session: AsyncSession, ana: Person
) -> None:
    carrier = await said(session, ana)
    heir, third = [
        await said(
            session, ana, kind, merged_into_id=carrier.id, slack_ts=None, slack_channel=None, due_at=due
        )
        for kind, due in ((nudges.DIGEST.name, NOW), ("checkins.shared", NOW + HOUR))
    ]
    await later(session, ana, carrier, NOW + HOUR)
    assert await notifications.in_message_of(session, third) == [heir, third]
    assert (heir.slack_channel, heir.slack_ts, heir.update_due_at) == ("D1", "1.0", NOW)
    assert carrier.slack_ts is None
    assert await notifications.in_message_of(session, carrier) == [carrier]


@pytest.mark.parametrize("until", [None, CLOSES, CLOSES + HOUR])
async def test_not_this_week_takes_the_reminder_back_too(
    session: AsyncSession, ana: Person, until: datetime | None
) -> None:
    nudge = await said(session, ana)
    reminder = await said(
        session, ana, nudges.REMINDER.name, state=NotificationState.PLANNED, slack_ts=None, sent_at=None
    )
    put_off = await later(session, ana, nudge, until)
    for notification in (nudge, reminder):
        await session.refresh(notification)
    assert put_off.until is None
    assert (nudge.state, nudge.reason, nudge.update_due_at) == (NotificationState.SENT, "not_this_week", NOW)
    assert (reminder.state, reminder.reason) == (NotificationState.SKIPPED, "not_this_week")


ON_ITS_WAY = pytest.mark.parametrize("state", [NotificationState.SENDING, NotificationState.UNKNOWN])


@ON_ITS_WAY
async def test_not_this_week_is_kept_when_the_nudge_turns_out_to_have_arrived(
    session: AsyncSession, ana: Person, state: NotificationState
) -> None:
    nudge = await said(session, ana, state=state, slack_ts=None, slack_channel=None, sent_at=None)
    await later(session, ana, nudge, None)
    assert await notifications.mark_sent(session, nudge, channel="D1", ts="1.0", now=NOW)
    await session.refresh(nudge)
    assert (nudge.state, nudge.reason) == (NotificationState.SENT, "not_this_week")
    assert await notifications.outdated(session, now=NOW) == nudge, "its message will say so"


@ON_ITS_WAY
async def test_not_this_week_is_kept_when_the_nudge_turns_out_not_to_have_arrived(
    session: AsyncSession, ana: Person, state: NotificationState
) -> None:
    nudge = await said(session, ana, state=state, slack_ts=None, slack_channel=None, sent_at=None)
    await later(session, ana, nudge, None)
    assert await notifications.put_back(session, nudge, due_at=NOW, reason="not_in_history")
    await session.refresh(nudge)
    assert (nudge.state, nudge.reason) == (NotificationState.PLANNED, "not_this_week")


async def test_what_asks_for_no_week_cannot_be_dropped_for_the_week(
    session: AsyncSession, ana: Person
) -> None:
    digest = await said(session, ana, nudges.DIGEST.name)
    with pytest.raises(NotFound, match="not waiting for you"):
        await later(session, ana, digest, None)


async def test_only_its_own_person_puts_a_notification_off(
    session: AsyncSession, ana: Person, a_person: PersonBuilder
) -> None:
    nudge = await said(session, ana)
    with pytest.raises(NotFound, match="not waiting for you"):
        await later(session, await a_person("Pia"), nudge, NOW + HOUR)
    assert nudge.state == NotificationState.SENT
