"""Planning: who is asked when, once, whatever changes in between."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.db import Database, insert_rows
from bot.models import Beat, Department, Notice, NoticeState, Person, PersonKind, Workspace
from bot.packs import shipped_packs
from bot.services import checkins, nudges, pauses, people, rhythms
from bot.services.nudges import slots
from bot.services.nudges.slots import Where
from tests.conftest import HOME, NOW, OTHER, PersonBuilder, StatementCount

PACKS = shipped_packs()
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONDAY = date(2026, 11, 16)
FRIDAY_BEFORE = datetime(2026, 11, 13, 18, tzinfo=UTC)
THURSDAY = NOW + DAY  # 15:00 in Lisbon; the nudge is due on Friday at 16:00
SATURDAY = NOW + 3 * DAY


async def plan(session: AsyncSession, now: datetime = THURSDAY) -> nudges.Planned:
    return await nudges.plan(session, now=now, packs=PACKS)


async def rows(session: AsyncSession, *kinds: str) -> Sequence[Any]:
    fields = (Notice.person_id, Notice.kind, Notice.key, Notice.due_at, Notice.local_date, Notice.timezone)
    return (
        await session.execute(
            select(*fields, Notice.state, Notice.reason, Notice.expires_at, Notice.subject)
            .where(Notice.kind.in_(kinds or (nudges.NUDGE,)))
            .order_by(Notice.id)
        )
    ).all()


async def only(session: AsyncSession, kind: str = nudges.NUDGE) -> Any:
    (row,) = await rows(session, kind)
    return row


async def outcome(session: AsyncSession, kind: str = nudges.NUDGE) -> tuple[str, str | None]:
    row = await only(session, kind)
    return row.state, row.reason


async def choose(session: AsyncSession, person: Person, beat: Beat, now: datetime = NOW) -> None:
    await rhythms.choose(session, person, person=person, now=now, **beat._asdict())


def local_time(row: Any) -> datetime:
    return clock.local(row.due_at, row.timezone).replace(tzinfo=None)


def opens(day: date, hour: int) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(hour))
    return start, start + timedelta(minutes=30)


def assert_inside(row: Any, day: date, hour: int) -> None:
    first, last = opens(day, hour)
    assert first <= local_time(row) < last


async def test_everybody_is_asked_on_friday_afternoon_where_they_are(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    zones = ["Pacific/Kiritimati", "Asia/Kathmandu", "Europe/Lisbon", "America/New_York", "Pacific/Honolulu"]
    for number, zone in enumerate(zones):
        await a_person(f"Person{number}", timezone=zone)
    for ahead in range(0, 72, 6):
        await plan(session, NOW + ahead * HOUR)
    asked = await rows(session)
    assert [row.timezone for row in sorted(asked, key=lambda row: row.due_at)] == zones
    for row in asked:
        assert_inside(row, MONDAY + 4 * DAY, 16)
        assert row.subject == {"week": "2026-11-16"}
        assert row.key == f"checkins.nudge:{row.person_id}:2026-11-16"
        assert row.expires_at == clock.closes_at(MONDAY, row.timezone)


async def test_planning_again_adds_and_changes_nothing(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben")
    await a_person("Ana", manager=ben)
    assert (await plan(session)).new == 4  # two nudges, two welcomes
    assert await plan(session) == nudges.Planned()
    assert await plan(session, THURSDAY + HOUR) == nudges.Planned()


async def test_the_database_spreads_as_the_calendar_says(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await insert_rows(
        session,
        Person,
        [
            {"name": f"P{n}", "slack_user_id": f"U{n}", "kind": "member", "title_from_csv": False}
            | {"timezone": ("Asia/Tokyo", "Europe/Lisbon", None)[n % 3], "country": ("DE", None)[n % 2]}
            for n in range(300)
        ],
    )
    await session.execute(update(Workspace).values(checkins_started_at=NOW))
    for ahead in range(0, 120, 12):
        await plan(session, NOW + ahead * HOUR)
    persons = {person.id: person for person in await session.scalars(select(Person))}
    asked = await rows(session, nudges.NUDGE, nudges.REMINDER)
    assert len(asked) == 600
    for row in asked:
        person = persons[row.person_id]
        where = Where(person.timezone or "", person.country or "")
        expected = {
            slot.key(person.id): slot.due_at(person.id)
            for slot in slots.asked(where, rhythms.DEFAULT.beat, NOW, NOW + 5 * DAY)
        }
        assert row.due_at == expected[row.key]


async def test_when_and_how_often_one_plans_does_not_matter(database: Database) -> None:
    zones = ["Pacific/Kiritimati", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Nowhere/Land"]
    beats = [Beat(0, 540, 1), Beat(2, 600, 2), Beat(4, 1020, 1), Beat(6, 480, 4), Beat(3, 1079, 1)]

    async def planned(workspace: str, moments: Sequence[datetime]) -> set[tuple[object, ...]]:
        async with database.work(workspace) as session:
            await session.execute(update(Workspace).values(checkins_started_at=moments[0]))
            for number, (zone, beat) in enumerate(zip(zones, beats, strict=True)):
                person = Person(name=str(number), slack_user_id=str(number), timezone=zone)
                session.add(person)
                await session.flush()
                await insert_rows(
                    session,
                    rhythms.choosing.Rhythm,
                    [{"person_id": person.id, "chosen_at": NOW, "chosen_by_id": person.id, **beat._asdict()}],
                )
            for moment in moments:
                await plan(session, moment)
            names = dict((await session.execute(select(Person.id, Person.name))).all())
            kinds = (nudges.NUDGE, nudges.REMINDER)
            return {
                (names[row.person_id], row.kind, row.key.rpartition(":")[2], row.local_date, row.state)
                for row in await rows(session, *kinds)
            }

    steady = [NOW + n * timedelta(minutes=160) for n in range(8 * 9 + 1)]  # eight days
    rare = [NOW, NOW + 5 * HOUR, NOW + 3 * DAY, NOW + 3 * DAY, NOW + 6.5 * DAY, steady[-1]]
    often, seldom = await planned(HOME, steady), await planned(OTHER, rare)
    assert often == seldom
    assert len(often) >= 8


# What changes after planning


async def test_a_new_zone_moves_the_row_and_makes_no_second(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    ana.timezone = "America/New_York"
    assert (await plan(session)).changed == 1
    row = await only(session)
    assert row.timezone == "America/New_York"
    assert_inside(row, MONDAY + 4 * DAY, 16)


async def test_whoever_flies_past_their_hour_is_still_asked(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana", timezone="America/New_York")
    now = datetime(2026, 11, 20, 15, tzinfo=UTC)
    await plan(session, now - HOUR)
    ana.timezone = "Asia/Tokyo"  # where Friday is over
    await plan(session, now)
    row = await only(session)
    assert (row.state, row.due_at < now) == ("planned", True)
    assert_inside(row, MONDAY + 4 * DAY, 16)


async def test_a_new_rhythm_moves_the_row(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana")
    await plan(session)
    await choose(session, ana, Beat(4, 9 * 60, 1))
    await plan(session)
    assert_inside(await only(session), MONDAY + 4 * DAY, 9)


async def test_a_rhythm_whose_moment_has_passed_is_not_caught_up_with_but_can_be_undone(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    before = await only(session)
    await choose(session, ana, Beat(1, 9 * 60, 1), THURSDAY)
    await plan(session)
    assert await outcome(session) == ("skipped", "too_late")
    assert await plan(session) == nudges.Planned()
    await choose(session, ana, Beat(4, 16 * 60, 1), THURSDAY)
    await plan(session)
    assert await only(session) == before


async def test_a_rhythm_that_leaves_this_week_out_takes_the_row_back(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    off = MONDAY.toordinal() // 7 % 2 == 1
    assert off, "the week of this test is one of those a rhythm of two weeks leaves out"
    await choose(session, ana, Beat(4, 16 * 60, 2))
    await plan(session)
    assert await outcome(session) == ("skipped", "off_week")
    await plan(session, THURSDAY + WEEK)
    assert [(row.key[-10:], row.state) for row in await rows(session)] == [
        ("2026-11-16", "skipped"),
        ("2026-11-23", "planned"),
    ]


async def test_a_department_has_its_own_hour_and_the_nearest_one_counts(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    hr = await a_person("Hana")
    await people.grant_hr(session, hr, now=NOW)
    sales = Department(name="Sales", path="Sales")
    session.add(sales)
    await session.flush()
    emea = Department(name="EMEA", path="Sales / EMEA", parent_id=sales.id)
    session.add(emea)
    await session.flush()
    ana = await a_person("Ana", department_id=emea.id)
    friday = {"weekday": 4, "every_weeks": 1, "now": NOW}
    await rhythms.choose(session, hr, department_id=sales.id, minute=10 * 60, **friday)
    await plan(session)
    hours = {row.person_id: local_time(row).hour for row in await rows(session)}
    assert hours == {hr.id: 16, ana.id: 10}
    await rhythms.choose(session, hr, department_id=emea.id, minute=11 * 60, **friday)
    await plan(session)
    hours = {row.person_id: local_time(row).hour for row in await rows(session)}
    assert hours == {hr.id: 16, ana.id: 11}
    ana.department_id = None
    await plan(session)
    assert {local_time(row).hour for row in await rows(session)} == {16}


async def test_whoever_leaves_keeps_nothing_planned_and_gets_it_back_on_return(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    ana.deactivated_at = THURSDAY
    await plan(session)
    every = await rows(session, nudges.NUDGE, nudges.WELCOME)
    assert {(row.state, row.reason) for row in every} == {("skipped", "inactive")}
    ana.deactivated_at = None
    await plan(session)
    assert {row.state for row in await rows(session, nudges.NUDGE, nudges.WELCOME)} == {"planned"}


async def test_guests_apps_and_people_not_in_slack_are_never_planned_for(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Guest", kind=PersonKind.GUEST)
    await a_person("App", kind=PersonKind.BOT)
    await a_person("Soon", slack_user_id=None)
    ana = await a_person("Ana")
    await plan(session)
    assert {row.person_id for row in await rows(session, nudges.NUDGE, nudges.WELCOME)} == {ana.id}


async def test_one_person_is_planned_anew_at_once(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana, ben = await a_person("Ana"), await a_person("Ben")
    await plan(session)
    for person in (ana, ben):
        await choose(session, person, Beat(4, 9 * 60, 1))
    await nudges.replan(session, ana, now=THURSDAY, packs=PACKS)
    assert {row.person_id: local_time(row).hour for row in await rows(session)} == {ana.id: 9, ben.id: 16}


async def test_what_was_tried_or_put_off_is_left_alone(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    snoozed = THURSDAY + 30 * HOUR
    await session.execute(update(Notice).values(attempts=1, due_at=snoozed))
    ana.timezone = "Asia/Tokyo"
    assert await plan(session) == nudges.Planned()
    assert (await only(session)).due_at == snoozed


async def test_a_row_the_courier_holds_or_has_sent_is_left_alone(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    for state in (NoticeState.SENDING, NoticeState.UNKNOWN, NoticeState.SENT, NoticeState.FAILED):
        await session.execute(update(Notice).values(state=state))
        ana.timezone = {"Asia/Tokyo": "Asia/Seoul"}.get(ana.timezone or "", "Asia/Tokyo")
        assert await plan(session) == nudges.Planned()


# Days off


async def test_a_public_holiday_moves_the_nudge_to_the_next_working_day_of_the_week(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana", country="US", timezone="America/New_York")
    await choose(session, ana, Beat(3, 10 * 60, 1))
    await plan(session, NOW)
    await plan(session, NOW + WEEK)  # Thanksgiving on Thursday
    days = [row.local_date for row in await rows(session)]
    assert days == [date(2026, 11, 19), date(2026, 11, 27)]


async def test_a_week_that_ends_in_a_holiday_is_skipped_and_says_so(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    christmas = datetime(2026, 12, 24, 12, tzinfo=UTC)  # 25 December is a Friday
    await session.execute(update(Workspace).values(checkins_started_at=NOW))
    ana = await a_person("Ana", country="DE", timezone="Europe/Berlin")
    await plan(session, christmas)
    assert await outcome(session) == ("skipped", "holiday")
    ana.country = "JP"
    await plan(session, christmas)
    assert await outcome(session) == ("planned", None)
    ana.country = "DE"
    await plan(session, christmas)
    assert await outcome(session) == ("skipped", "holiday")


async def test_without_zone_or_country_one_is_asked_in_utc_on_a_weekday(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana", timezone=None, country=None)
    await a_person("Ben", timezone="Mars/Olympus", country="XX")
    await plan(session)
    for row in await rows(session):
        assert row.timezone == "UTC"
        assert_inside(row, MONDAY + 4 * DAY, 16)


async def test_sunday_is_a_working_day_where_friday_is_none(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana", country="IL", timezone="Asia/Jerusalem")
    await plan(session, NOW)
    await plan(session, SATURDAY)
    assert_inside(await only(session), MONDAY + 6 * DAY, 16)


# Reminder, digest, welcome


async def test_the_reminder_comes_the_next_working_morning(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    await plan(session, NOW)
    assert await rows(session, nudges.REMINDER) == []
    await plan(session, SATURDAY)
    row = await only(session, nudges.REMINDER)
    assert_inside(row, MONDAY + WEEK, 9)
    assert row.subject == {"week": "2026-11-16"}
    assert row.key.endswith(":2026-11-16")


async def test_no_reminder_where_the_week_closes_before_the_next_working_morning(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana", country="DE", timezone="Europe/Berlin")
    await choose(session, ana, Beat(3, 16 * 60, 1))
    easter = datetime(2026, 4, 2, 9, tzinfo=UTC)  # a Thursday; Friday and Monday are holidays
    await session.execute(update(Workspace).values(checkins_started_at=easter - WEEK))
    for ahead in range(7):
        await plan(session, easter + ahead * DAY)
    weeks = [(row.kind, row.key[-10:]) for row in await rows(session, nudges.NUDGE, nudges.REMINDER)]
    assert (nudges.NUDGE, "2026-03-30") in weeks
    assert (nudges.REMINDER, "2026-03-30") not in weeks


async def test_managers_get_their_digest_on_monday_morning_and_others_do_not(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben")
    await a_person("Ana", manager=ben)
    await plan(session, NOW)
    await plan(session, SATURDAY)
    row = await only(session, nudges.DIGEST)
    assert row.person_id == ben.id
    assert_inside(row, MONDAY + WEEK, 9)
    assert row.key == f"checkins.digest:{ben.id}:2026-11-23"


async def test_a_new_manager_takes_the_digest_over(session: AsyncSession, a_person: PersonBuilder) -> None:
    ben, cem = await a_person("Ben"), await a_person("Cem")
    ana = await a_person("Ana", manager=ben)
    await plan(session, NOW)
    await plan(session, SATURDAY)
    await people.set_manager(session, ana, cem, now=SATURDAY)
    await plan(session, SATURDAY)
    outcomes = {row.person_id: (row.state, row.reason) for row in await rows(session, nudges.DIGEST)}
    assert outcomes == {ben.id: ("skipped", "no_reports"), cem.id: ("planned", None)}
    await people.set_manager(session, ana, ben, now=SATURDAY)
    await plan(session, SATURDAY)
    outcomes = {row.person_id: (row.state, row.reason) for row in await rows(session, nudges.DIGEST)}
    assert outcomes == {ben.id: ("planned", None), cem.id: ("skipped", "no_reports")}


async def test_a_digest_after_a_holiday_comes_on_the_next_working_day(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben", country="DE", timezone="Europe/Berlin")
    await a_person("Ana", manager=ben)
    easter_sunday = datetime(2026, 4, 5, 9, tzinfo=UTC)
    await session.execute(update(Workspace).values(checkins_started_at=easter_sunday - WEEK))
    await plan(session, easter_sunday)
    row = await only(session, nudges.DIGEST)
    assert_inside(row, date(2026, 4, 7), 9)
    assert row.key.endswith(":2026-04-06")


async def test_the_welcome_comes_once_at_the_next_open_hour(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session, NOW + 5 * HOUR)  # Wednesday evening
    row = await only(session, nudges.WELCOME)
    assert_inside(row, MONDAY + 3 * DAY, 9)
    assert row.expires_at is None
    ana.timezone = "Asia/Tokyo"
    for ahead in range(1, 100, 7):
        await plan(session, NOW + ahead * HOUR)
    assert await only(session, nudges.WELCOME) == row


async def test_a_welcome_on_a_saturday_waits_for_monday(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    await plan(session, SATURDAY)
    assert_inside(await only(session, nudges.WELCOME), MONDAY + WEEK, 9)


# Answered, paused


async def write(session: AsyncSession, person: Person, now: datetime) -> None:
    answers = [checkins.writing.Answer("moved", "What moved?", "The piano")]
    await checkins.submit(session, person, week=MONDAY, answers=answers, energy=None, load=None, now=now)


async def test_whoever_has_written_is_not_asked(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana")
    await write(session, ana, NOW)
    await plan(session)
    await plan(session, SATURDAY)
    assert await rows(session, nudges.NUDGE, nudges.REMINDER) == []


async def test_writing_takes_back_what_is_planned_in_one_statement(
    session: AsyncSession, a_person: PersonBuilder, statements: Callable[[], StatementCount]
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    with statements() as count:
        await nudges.cancel_answered(session, ana.id, MONDAY, THURSDAY)
    assert count.total == 1
    assert await outcome(session) == ("skipped", "answered")
    assert await plan(session) == nudges.Planned()
    assert await outcome(session) == ("skipped", "answered")


async def test_writing_has_the_message_that_asked_brought_up_to_date(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    sent = {"state": NoticeState.SENT, "slack_channel": "D1", "slack_ts": "1.1"}
    await session.execute(update(Notice).where(Notice.kind == nudges.NUDGE).values(sent))
    await write(session, ana, THURSDAY)
    assert await outcome(session) == ("sent", None)
    touched = select(Notice.kind, Notice.update_due_at).where(Notice.update_due_at.is_not(None))
    assert (await session.execute(touched)).all() == [(nudges.NUDGE, THURSDAY)]


async def test_a_snoozed_nudge_is_taken_back_and_its_message_updated(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    await session.execute(update(Notice).values(slack_channel="D1", slack_ts="1.1", attempts=1))
    await nudges.cancel_answered(session, ana.id, MONDAY, THURSDAY)
    assert await outcome(session) == ("skipped", "answered")
    assert await session.scalar(select(func.count()).where(Notice.update_due_at == THURSDAY)) == 1


async def test_a_pause_beyond_the_weeks_end_skips_and_resuming_brings_it_back(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    await pauses.pause(session, ana, ana, until=NOW + 2 * WEEK, now=THURSDAY)
    await plan(session)
    assert await outcome(session) == ("skipped", "paused")
    assert await plan(session) == nudges.Planned()
    await pauses.resume(session, ana, ana, now=THURSDAY)
    await plan(session)
    assert await outcome(session) == ("planned", None)


async def test_who_is_paused_already_gets_a_row_that_says_why_nothing_came(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await pauses.pause(session, ana, ana, until=NOW + 2 * WEEK, now=NOW)
    await plan(session)
    assert await outcome(session) == ("skipped", "paused")


async def test_a_pause_that_ends_in_time_leaves_the_courier_to_decide(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await pauses.pause(session, ana, ana, until=NOW + 3 * DAY, now=NOW)
    await plan(session)
    assert await outcome(session) == ("planned", None)


# The programme


async def test_a_small_company_starts_by_itself(session: AsyncSession, a_person: PersonBuilder) -> None:
    assert await plan(session) == nudges.Planned()
    assert await nudges.started_at(session) is None, "nobody is there yet"
    await a_person("Ana")
    await plan(session)
    assert await nudges.started_at(session) == THURSDAY


async def a_crowd(session: AsyncSession, size: int) -> None:
    await insert_rows(
        session,
        Person,
        [
            {"name": f"P{n}", "slack_user_id": f"U{n}", "kind": "member", "title_from_csv": False}
            for n in range(size)
        ],
    )


async def test_a_large_company_waits_for_hr_who_sees_how_long_it_takes(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_crowd(session, 200)
    hana = await a_person("Hana")
    await people.grant_hr(session, hana, now=NOW)
    assert await plan(session) == nudges.Planned()
    first = await nudges.first_round(session)
    assert (first.people, first.slowest) == (201, timedelta(seconds=201))
    assert await nudges.start(session, hana, now=NOW)
    assert not await nudges.start(session, hana, now=NOW)
    assert (await plan(session)).new == 402


async def test_only_hr_or_the_operator_starts_it(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana")
    with pytest.raises(nudges.programme.policy.NotAllowed, match="HR"):
        await nudges.start(session, ana, now=NOW)
    assert await nudges.start(session, None, now=NOW)


async def test_starting_does_not_reach_back(session: AsyncSession, a_person: PersonBuilder) -> None:
    """Neither Friday's nudge, nor Monday's reminder of it, nor a digest of the week nobody was asked about."""
    ben = await a_person("Ben")
    await a_person("Ana", manager=ben)
    for ahead in range(4):
        await plan(session, SATURDAY + ahead * DAY)
    assert {row.kind for row in await rows(session, *nudges.UNASKED)} == {nudges.WELCOME}


async def test_the_week_after_the_start_is_asked_reminded_and_summed_up(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben")
    await a_person("Ana", manager=ben)
    for ahead in range(11):
        await plan(session, SATURDAY + ahead * DAY)
    assert_inside(await only(session, nudges.DIGEST), MONDAY + 2 * WEEK, 9)
    weeks = {row.key[-10:] for row in await rows(session, nudges.NUDGE, nudges.REMINDER)}
    assert weeks == {str(MONDAY + WEEK)}


async def test_what_fell_due_while_nobody_planned_is_planned_afterwards(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    await plan(session, FRIDAY_BEFORE)
    await plan(session, SATURDAY)  # a week later
    row = await only(session)
    assert_inside(row, MONDAY + 4 * DAY, 16)
    assert row.state == "planned"


async def test_after_a_long_silence_closed_weeks_stay_closed(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    await plan(session, FRIDAY_BEFORE - 5 * WEEK)
    await plan(session, THURSDAY)
    weeks = [row.key[-10:] for row in await rows(session)]
    assert weeks[-1] == "2026-11-16"
    assert len(weeks) <= 2


async def test_clocks_that_jump_ahead_and_back_ask_nobody_twice(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    for now in (NOW, THURSDAY + 3 * WEEK, THURSDAY, NOW - WEEK, THURSDAY + HOUR):
        await plan(session, now)
    weeks = [row.key[-10:] for row in await rows(session)]
    assert sorted(weeks) == sorted(set(weeks))
    assert "2026-11-16" in weeks
    assert {row.state for row in await rows(session)} == {"planned"}


# Many at once


async def test_many_people_take_no_more_statements_than_few(
    session: AsyncSession, a_person: PersonBuilder, statements: Callable[[], StatementCount]
) -> None:
    await session.execute(update(Workspace).values(checkins_started_at=NOW))
    await a_person("Ana")
    with statements() as few:
        await plan(session)
    await a_crowd(session, 1000)
    with statements() as many:
        assert (await plan(session)).new == 2000
    assert many.total == few.total <= 20


async def test_in_batches_it_is_the_same_plan(session: AsyncSession, a_person: PersonBuilder) -> None:
    await a_crowd(session, 20)
    turn = await nudges.begin(session, now=THURSDAY, packs=PACKS)
    assert turn is not None
    for first in range(1, 30, 7):
        await nudges.plan_batch(session, turn, range(first, first + 7))
    await nudges.finish(session, turn)
    assert len(await rows(session, nudges.NUDGE, nudges.WELCOME)) == 40
    assert await plan(session) == nudges.Planned()


async def test_two_planners_at_once_plan_once(database: Database) -> None:
    async with database.work(HOME) as session:
        await a_crowd(session, 50)

    async def planner() -> int:
        async with database.work(HOME) as session:
            return (await plan(session)).new

    counts = await asyncio.gather(planner(), planner(), planner())
    assert sorted(counts) == [0, 0, 100]


async def test_another_workspaces_people_are_none_of_its_business(database: Database) -> None:
    async with database.work(OTHER) as session:
        session.add(Person(name="Stranger", slack_user_id="USTRANGER", timezone="Asia/Tokyo"))
    async with database.work(HOME) as session:
        session.add(Person(name="Ana", slack_user_id="UANA"))
        await session.flush()
        assert (await plan(session)).new == 2
    async with database.read(OTHER) as session:
        assert await session.scalar(select(func.count(Notice.id))) == 0


async def test_every_planned_row_has_a_nonce_of_its_own(session: AsyncSession) -> None:
    await a_crowd(session, 50)
    await plan(session)
    nonces = (await session.scalars(select(Notice.nonce))).all()
    assert len(set(nonces)) == 100
    assert {len(bytes.fromhex(nonce)) for nonce in nonces} == {16}


async def test_planning_again_uses_up_no_numbers(session: AsyncSession) -> None:
    """At 288 rounds a day, 100,000 people would be through PostgreSQL's integers in 74 days."""
    await a_crowd(session, 50)
    for ahead in range(5):
        await plan(session, THURSDAY + ahead * timedelta(minutes=5))
    (ana, *_) = await session.scalars(select(Person))
    session.add(following := Notice(person_id=ana.id, kind="x", key="x", nonce="x", due_at=NOW))
    await session.flush()
    assert following.id == 101
