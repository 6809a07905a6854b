"""The gate: each reason to be silent, what it does to the notification, and what is said all the same."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.capabilities import house
from bot.courier import gate
from bot.courier.gate import Join
from bot.models import Answer, Notification, NotificationState, Person, Workspace
from bot.services import checkins, notifications, pauses
from bot.services.notifications import Over, Rank, Wait
from tests.conftest import NOW, PersonBuilder

WEEK = date(2026, 11, 16)
CLOSES = clock.closes_at(WEEK, "Europe/Lisbon")
SATURDAY = datetime(2026, 11, 21, 10, 0, tzinfo=NOW.tzinfo)


@pytest.fixture
async def ana(session: AsyncSession, a_person: PersonBuilder) -> Person:
    await session.execute(update(Workspace).values(checkins_started_at=NOW - timedelta(weeks=8)))
    return await a_person("Ana", country="PT")


@pytest.fixture
def a_notification(session: AsyncSession, ana: Person) -> Any:
    async def build(kind: str = "checkins.nudge", **values: Any) -> Notification:
        values.setdefault("state", NotificationState.SENDING)
        values.setdefault("expires_at", CLOSES)
        values.setdefault("key", f"{kind}:{ana.id}:{len(values)}{values.get('sent_at', '')}")
        notification = Notification(
            person_id=ana.id,
            kind=kind,
            rank=house().kinds[kind].rank,
            subject={"week": str(WEEK)},
            nonce="n",
            due_at=NOW,
            **values,
        )
        session.add(notification)
        await session.flush()
        return notification

    return build


async def verdict(
    session: AsyncSession, notification: Notification, person: Person, **values: Any
) -> gate.Verdict:
    kinds = house().kinds
    questions = [kind.comes_at for kind in kinds.values() if kind.comes_at]
    kind = kinds[notification.kind]
    return await gate.verdict(session, notification, kind, person, own_questions=questions, **values)


async def write_checkin(session: AsyncSession, ana: Person) -> None:
    await checkins.submit(
        session, ana, week=WEEK, answers=(Answer("moved", "?", "x"),), energy=None, load=None, now=NOW
    )


async def test_in_office_hours_with_nothing_in_the_way_it_is_said(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    assert await verdict(session, await a_notification(), ana, now=NOW) is None


async def test_who_has_written_is_not_asked(session: AsyncSession, ana: Person, a_notification: Any) -> None:
    await write_checkin(session, ana)
    assert await verdict(session, await a_notification(), ana, now=NOW) == Over("answered")


async def test_what_was_not_wanted_this_week_while_on_its_way_is_not_said_again(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    unwanted = await a_notification(reason="not_this_week")
    assert await verdict(session, unwanted, ana, now=NOW) == Over("not_this_week")


async def test_nothing_is_said_while_the_check_in_is_off(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    await session.execute(update(Workspace).values(checkins_started_at=None))
    assert await verdict(session, await a_notification(), ana, now=NOW) == Over("rollout_off")


async def test_a_pause_moves_it_to_its_end_if_the_week_is_still_open(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    until = NOW + timedelta(days=1)
    await pauses.pause(session, ana, ana, until=until, now=NOW)
    assert await verdict(session, await a_notification(), ana, now=NOW) == Wait(until, "paused")


async def test_a_pause_past_the_week_makes_it_needless(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    await pauses.pause(session, ana, ana, until=NOW + timedelta(days=10), now=NOW)
    assert await verdict(session, await a_notification(), ana, now=NOW) == Over("paused")


async def test_an_absence_without_an_end_is_looked_at_again_the_next_day(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    ana.away_since = NOW - timedelta(hours=1)
    assert await verdict(session, await a_notification(), ana, now=NOW) == Wait(
        NOW + timedelta(days=1), "away"
    )


async def test_do_not_disturb_is_respected(session: AsyncSession, ana: Person, a_notification: Any) -> None:
    until = NOW + timedelta(hours=1)
    said = await verdict(session, await a_notification(), ana, now=NOW, undisturbed={ana.id: until})
    assert said == Wait(until, "do_not_disturb")


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (SATURDAY, "day_off"),
        (NOW + timedelta(hours=5), "quiet_hours"),
        (NOW - timedelta(hours=9), "quiet_hours"),
    ],
)
async def test_outside_office_hours_it_waits_for_the_next_open_one(
    session: AsyncSession, ana: Person, a_notification: Any, now: datetime, reason: str
) -> None:
    waits = await verdict(session, await a_notification(), ana, now=now)
    assert isinstance(waits, Wait)
    assert (waits.reason, clock.is_open(waits.until, ana.timezone, ana.country)) == (reason, True)


@pytest.mark.parametrize(
    ("now", "opens", "reason"),
    [
        (NOW + timedelta(hours=5), datetime(2026, 11, 19, 8, tzinfo=UTC), "quiet_hours"),
        (SATURDAY, datetime(2026, 11, 23, 8, tzinfo=UTC), "day_off"),
    ],
)
async def test_a_colleagues_check_in_waits_for_the_readers_office_hours(
    session: AsyncSession, ana: Person, a_notification: Any, now: datetime, opens: datetime, reason: str
) -> None:
    shared = await a_notification("checkins.shared", expires_at=None)
    assert await verdict(session, shared, ana, now=now) == Wait(opens, reason)


async def test_a_colleagues_check_in_comes_at_once_in_the_middle_of_the_working_day(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    shared = await a_notification("checkins.shared", expires_at=None)
    assert await verdict(session, shared, ana, now=NOW) is None


# Every kind × every silence. A kind that is added joins by itself.

KINDS = house().kinds
TO_PEOPLE = pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.rank is not None])
POSTS = pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.rank is None])
SILENCES = pytest.mark.parametrize("silence", ["paused", "away", "do_not_disturb", "quiet_hours", "day_off"])


async def in_silence(
    session: AsyncSession, notification: Notification, ana: Person, silence: str
) -> gate.Verdict:
    """Whether the message is still wanted is tested elsewhere."""
    now, undisturbed = NOW, {}
    match silence:
        case "paused":
            await pauses.pause(session, ana, ana, until=NOW + timedelta(days=1), now=NOW)
        case "away":
            ana.away_since = NOW - timedelta(hours=1)
        case "do_not_disturb":
            undisturbed = {ana.id: NOW + timedelta(hours=1)}
        case "quiet_hours":
            now = NOW + timedelta(hours=5)
        case "day_off":
            now = SATURDAY
    if notification.answers_at is not None:
        notification.answers_at += now - NOW
    kind = replace(KINDS[notification.kind], over=None)
    return await gate.verdict(session, notification, kind, ana, now=now, undisturbed=undisturbed)


@TO_PEOPLE
@SILENCES
async def test_no_message_to_a_person_escapes_their_silence(
    session: AsyncSession, ana: Person, a_notification: Any, name: str, silence: str
) -> None:
    waits = await in_silence(session, await a_notification(name, expires_at=None), ana, silence)
    assert isinstance(waits, Wait)
    assert waits.reason == silence
    assert clock.is_open(waits.until, ana.timezone, ana.country)


@TO_PEOPLE
async def test_no_kind_can_be_planned_past_the_rule(session: AsyncSession, ana: Person, name: str) -> None:
    plan: dict[str, Any] = {"person_id": ana.id, "key": "k", "subject": {}, "due_at": NOW}
    with pytest.raises(ValueError, match="needs a rank"):
        await notifications.plan(session, kind=replace(KINDS[name], rank=None), **plan)
    assert await notifications.plan(session, kind=KINDS[name], **plan)


@POSTS
async def test_only_posts_in_channels_have_no_rank(session: AsyncSession, ana: Person, name: str) -> None:
    plan: dict[str, Any] = {"person_id": ana.id, "key": "k", "subject": {}, "due_at": NOW}
    with pytest.raises(ValueError, match="needs a rank"):
        await notifications.plan(session, kind=KINDS[name], **plan)
    assert await notifications.plan(session, kind=KINDS[name], to_channel="C1", **plan)


@SILENCES
@pytest.mark.parametrize(("ago", "goes_out"), [(30, True), (31, False)])
async def test_a_direct_answer_goes_out_at_once_for_half_an_hour(
    session: AsyncSession, ana: Person, a_notification: Any, silence: str, ago: int, goes_out: bool
) -> None:
    asked_at = NOW - timedelta(minutes=ago)
    answer = await a_notification("checkins.answered", expires_at=None, answers_at=asked_at)
    assert (await in_silence(session, answer, ana, silence) is None) == goes_out


# The budget, by rank

NEVER_DISPLACED = [name for name, kind in KINDS.items() if kind.rank in (Rank.OWN, Rank.WAITS)]
CAN_WAIT = [name for name, kind in KINDS.items() if kind.rank in (Rank.NEWS, Rank.THANKS)]


@pytest.mark.parametrize("name", NEVER_DISPLACED)
async def test_what_waits_for_the_reader_neither_joins_nor_waits_for_other_messages(
    session: AsyncSession, ana: Person, a_notification: Any, name: str
) -> None:
    for hours in (1, 25, 49):
        await a_notification(
            "kudos.received",
            state=NotificationState.SENT,
            sent_at=NOW - timedelta(hours=hours),
            slack_ts="1.0",
        )
    await a_notification(
        "goals.closed", state=NotificationState.UNKNOWN, lease_until=NOW + timedelta(minutes=1)
    )
    waiting = await a_notification(name, expires_at=None)
    assert await gate.verdict(session, waiting, replace(KINDS[name], over=None), ana, now=NOW) is None


@pytest.mark.parametrize("name", CAN_WAIT)
async def test_news_and_thanks_join_the_message_of_the_day(
    session: AsyncSession, ana: Person, a_notification: Any, name: str
) -> None:
    first = await a_notification(
        "goals.proposed", state=NotificationState.SENT, sent_at=NOW - timedelta(hours=1), slack_ts="1.0"
    )
    news = await a_notification(name, expires_at=None)
    assert await gate.verdict(session, news, replace(KINDS[name], over=None), ana, now=NOW) == Join(first)


async def test_a_message_snoozed_since_counts_for_the_day_but_cannot_be_joined(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    await a_notification(
        "welcome", state=NotificationState.PLANNED, reason="snoozed", sent_at=NOW - timedelta(hours=1)
    )
    waits = await verdict(session, await a_notification("goals.closed"), ana, now=NOW)
    assert waits == Wait(datetime(2026, 11, 19, 8, 0, tzinfo=NOW.tzinfo), "budget")


@pytest.mark.parametrize("state", [NotificationState.SENDING, NotificationState.UNKNOWN])
async def test_while_nobody_knows_whether_todays_message_arrived_no_news_are_sent(
    session: AsyncSession, ana: Person, a_notification: Any, state: NotificationState
) -> None:
    settled = NOW + timedelta(seconds=20)
    await a_notification("welcome", state=state, lease_until=settled)
    assert await verdict(session, await a_notification("goals.closed"), ana, now=NOW) == Wait(
        settled, "in_doubt"
    )


async def test_what_is_said_beside_another_does_not_wait_for_it(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    carrier = await a_notification("welcome", lease_until=NOW + timedelta(minutes=1))
    other = await a_notification("goals.closed", state=NotificationState.PLANNED)
    assert await verdict(session, other, ana, now=NOW, beside=carrier) is None
    await pauses.pause(session, ana, ana, until=NOW + timedelta(days=1), now=NOW)
    assert isinstance(await verdict(session, other, ana, now=NOW, beside=carrier), Wait)


async def test_three_a_week_are_enough_for_news(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    thursday = NOW + timedelta(days=1)
    for hours in (0, 12, 30):
        await a_notification(
            "checkins.shared", state=NotificationState.SENT, sent_at=NOW - timedelta(hours=hours)
        )
    monday = datetime(2026, 11, 23, 8, 0, tzinfo=NOW.tzinfo)
    news = await a_notification("goals.closed", expires_at=None)
    assert await verdict(session, news, ana, now=thursday) == Wait(monday, "budget")


async def test_what_the_person_snoozed_themselves_is_outside_the_budget(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    await a_notification("checkins.shared", state=NotificationState.SENT, sent_at=NOW - timedelta(hours=1))
    assert (
        await verdict(session, await a_notification("goals.closed", reason="snoozed"), ana, now=NOW) is None
    )


# News and thanks leave room for the reader's own question

THURSDAY = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)


def its_key(ana: Person) -> str:
    return f"checkins.nudge:{ana.id}:{WEEK}"


@pytest.mark.parametrize("before", [0, 2])
async def test_thanks_wait_for_the_question_that_comes_the_same_day(
    session: AsyncSession, ana: Person, a_notification: Any, before: int
) -> None:
    today = NOW + timedelta(hours=2)
    nudge = await a_notification(key=its_key(ana), state=NotificationState.PLANNED)
    nudge.due_at = today
    for day in range(1, before + 1):
        await a_notification(
            "kudos.received", state=NotificationState.SENT, sent_at=NOW - timedelta(days=day)
        )
    thanks = await a_notification("kudos.received", expires_at=None, key="thanks")
    assert await verdict(session, thanks, ana, now=NOW) == Wait(today, "nudge_first")
    in_a_moment = today + timedelta(minutes=1)
    assert await verdict(session, thanks, ana, now=today) == Wait(in_a_moment, "nudge_first")
    assert await verdict(session, thanks, ana, now=today, beside=nudge) is None


async def test_thanks_take_the_last_message_of_the_week_only_when_nothing_is_left_to_ask(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    for day in (1, 2):
        await a_notification(
            "kudos.received", state=NotificationState.SENT, sent_at=NOW - timedelta(days=day)
        )
    thanks = await a_notification("kudos.received", expires_at=None, key="thanks")
    tomorrow = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
    assert await verdict(session, thanks, ana, now=NOW) == Wait(tomorrow, "nudge_first")
    nudge = await a_notification(key=its_key(ana), state=NotificationState.PLANNED)
    nudge.due_at = THURSDAY
    assert await verdict(session, thanks, ana, now=NOW) == Wait(THURSDAY, "nudge_first")
    nudge.state = NotificationState.SKIPPED
    assert await verdict(session, thanks, ana, now=NOW) is None


@pytest.mark.parametrize("ends", ["never started", "written already"])
async def test_thanks_leave_no_room_for_a_question_that_does_not_come(
    session: AsyncSession, ana: Person, a_notification: Any, ends: str
) -> None:
    for day in (1, 2):
        await a_notification(
            "kudos.received", state=NotificationState.SENT, sent_at=NOW - timedelta(days=day)
        )
    thanks = await a_notification("kudos.received", expires_at=None, key="thanks")
    assert isinstance(await verdict(session, thanks, ana, now=NOW), Wait)
    if ends == "never started":
        await session.execute(update(Workspace).values(checkins_started_at=None))
    else:
        await write_checkin(session, ana)
    assert await verdict(session, thanks, ana, now=NOW) is None


async def test_last_weeks_reminder_is_not_this_weeks_question(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    for day in (1, 2):
        await a_notification(
            "kudos.received", state=NotificationState.SENT, sent_at=NOW - timedelta(days=day)
        )
    reminder = await a_notification("checkins.reminder", state=NotificationState.PLANNED)
    reminder.due_at = NOW - timedelta(hours=1)
    thanks = await a_notification("kudos.received", expires_at=None, key="thanks")
    in_a_moment = NOW + timedelta(minutes=1)
    assert await verdict(session, thanks, ana, now=NOW) == Wait(in_a_moment, "nudge_first")
    reminder.state = NotificationState.SKIPPED
    tomorrow = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
    assert await verdict(session, thanks, ana, now=NOW) == Wait(tomorrow, "nudge_first")


async def test_the_first_thanks_of_a_week_do_not_wait_for_tomorrows_question(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    nudge = await a_notification(key=its_key(ana), state=NotificationState.PLANNED)
    nudge.due_at = THURSDAY
    thanks = await a_notification("kudos.received", expires_at=None, key="thanks")
    assert await verdict(session, thanks, ana, now=NOW) is None


async def test_that_hr_removed_thanks_is_not_told_at_night(
    session: AsyncSession, ana: Person, a_notification: Any
) -> None:
    removed = await a_notification("kudos.removed", expires_at=None)
    assert isinstance(await verdict(session, removed, ana, now=NOW + timedelta(hours=12)), Wait)
