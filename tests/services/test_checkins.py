"""The rules of a check-in, on both databases: one a week, for whom it was written, one message to the manager."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.models import (
    Answer,
    Audience,
    Checkin,
    CheckinComment,
    CheckinRevision,
    Department,
    Load,
    Notice,
    NoticeState,
    PackChoice,
    Person,
    PersonKind,
    Workspace,
)
from bot.packs import shipped_packs
from bot.services import checkins, inbox, pauses, people
from tests.conftest import HOME, NOW, PersonBuilder

WEEK = date(2026, 11, 16)
PACKS = shipped_packs()


async def write(session: AsyncSession, me: Person, text: str = "shipped it", **changes: Any) -> Checkin:
    values: dict[str, Any] = {
        "week": WEEK,
        "answers": (Answer("moved", "What moved?", text), Answer("next", "What next?", "rest")),
        "energy": None,
        "load": None,
        "now": NOW,
    }
    checkin_id = await checkins.submit(session, me, **values | changes)
    return await session.get_one(Checkin, checkin_id)


async def notices(session: AsyncSession) -> list[tuple[str, int]]:
    rows = await session.execute(select(Notice.kind, Notice.person_id).order_by(Notice.id))
    return [(kind, person_id) for kind, person_id in rows]


@pytest.fixture
async def ana(a_person: PersonBuilder, ben: Person) -> Person:
    return await a_person("Ana", manager=ben)


async def test_a_check_in_tells_the_manager_once_however_often_it_is_edited(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    first = await write(session, ana)
    edited = await write(session, ana, "shipped more")
    assert edited.id == first.id
    assert await notices(session) == [("checkins.shared", ben.id)]


async def test_the_manager_is_told_of_the_entry_not_its_text(session: AsyncSession, ana: Person) -> None:
    await write(session, ana, "canary")
    notice = (await session.scalars(select(Notice))).one()
    assert "canary" not in f"{notice.subject}{notice.key}"


async def test_an_edit_keeps_the_former_version(session: AsyncSession, ana: Person) -> None:
    await write(session, ana, "first", energy=3)
    await write(session, ana, "second", energy=5, now=NOW + timedelta(hours=1))
    former = (await session.scalars(select(CheckinRevision))).one()
    current = (await session.scalars(select(Checkin))).one()
    assert (former.answers[0].text, former.energy, former.revision) == ("first", 3, 1)
    assert (current.answers[0].text, current.revision) == ("second", 2)
    assert (current.submitted_at, current.edited_at) == (NOW, NOW + timedelta(hours=1))


async def test_two_windows_sent_at_once_make_one_check_in_and_one_edit(database: Database) -> None:
    async with database.work(HOME) as session:
        session.add(Person(slack_user_id="UANA", name="Ana", timezone="Europe/Lisbon"))

    async def send(words: str) -> None:
        async with database.work(HOME) as session:
            await write(session, await people.by_slack_id(session, "UANA"), words)

    await asyncio.gather(send("from the phone"), send("from the desk"))
    async with database.read(HOME) as session:
        checkin = (await session.scalars(select(Checkin))).one()
        former = (await session.scalars(select(CheckinRevision))).one()
    assert checkin.revision == 2
    assert {checkin.answers[0].text, former.answers[0].text} == {"from the phone", "from the desk"}


async def test_without_a_manager_nobody_is_told(session: AsyncSession, a_person: PersonBuilder) -> None:
    await write(session, await a_person("Zoe"))
    assert await notices(session) == []


@pytest.mark.parametrize(
    ("week", "now", "closed"),
    [
        (WEEK, datetime(2026, 11, 22, 23, 59, tzinfo=UTC), False),
        (WEEK, datetime(2026, 11, 23, 11, 59, tzinfo=UTC), False),
        (WEEK, datetime(2026, 11, 23, 12, 0, tzinfo=UTC), True),
        (WEEK + timedelta(weeks=1), NOW, True),
        (WEEK - timedelta(weeks=1), NOW, True),
        (WEEK + timedelta(days=1), NOW, True),
    ],
)
async def test_a_week_is_open_until_noon_of_the_monday_after(
    session: AsyncSession, ana: Person, week: date, now: datetime, closed: bool
) -> None:
    if not closed:
        assert (await write(session, ana, week=week, now=now)).week == week
        return
    with pytest.raises(Invalid, match="/checkin"):
        await write(session, ana, week=week, now=now)


async def test_an_empty_check_in_is_refused(session: AsyncSession, ana: Person) -> None:
    with pytest.raises(Invalid):
        await write(session, ana, answers=(Answer("moved", "?", ""),))


async def test_a_guest_cannot_write_one(session: AsyncSession, a_person: PersonBuilder) -> None:
    guest = await a_person("Gus", kind=PersonKind.GUEST)
    with pytest.raises(NotAllowed):
        await write(session, guest)


async def test_the_same_request_counts_once(session: AsyncSession) -> None:
    await inbox.accept(session, "view:1", now=NOW)
    with pytest.raises(AlreadyDone):
        await inbox.accept(session, "view:1", now=NOW)


async def test_the_draft_offers_the_unwritten_week_before_monday_noon(
    session: AsyncSession, ana: Person
) -> None:
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert (await checkins.draft(session, ana, packs=PACKS, now=monday)).week == WEEK
    await write(session, ana, now=monday)
    assert (await checkins.draft(session, ana, packs=PACKS, now=monday)).week == date(2026, 11, 23)


async def test_the_draft_brings_last_weeks_plan_and_this_weeks_text(
    session: AsyncSession, ana: Person
) -> None:
    await write(session, ana, week=WEEK - timedelta(weeks=1), now=NOW - timedelta(weeks=1))
    fresh = await checkins.draft(session, ana, packs=PACKS, now=NOW)
    assert (fresh.written, fresh.planned_last_week and fresh.planned_last_week.text) == (None, "rest")
    await write(session, ana, "this week")
    again = await checkins.draft(session, ana, packs=PACKS, now=NOW)
    assert again.written is not None
    assert again.written.answers[0].text == "this week"


async def test_the_draft_names_the_line_above_only_where_the_company_opened_it(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    carla = await a_person("Carla")
    ben = await a_person("Ben", manager=carla)
    ana = await a_person("Ana", manager=ben)
    closed = await checkins.draft(session, ana, packs=PACKS, now=NOW)
    await session.execute(update(Workspace).values(line_above_reads_checkins=True))
    opened = await checkins.draft(session, ana, packs=PACKS, now=NOW)
    assert (closed.manager, closed.line) == (ben, ())
    assert opened.line == (carla,)


async def test_opening_check_ins_to_the_line_does_not_open_old_ones(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    carla = await a_person("Carla")
    ben = await a_person("Ben", manager=carla)
    ana = await a_person("Ana", manager=ben)
    old = await write(session, ana, week=WEEK - timedelta(weeks=1), now=NOW - timedelta(weeks=1))
    await session.execute(update(Workspace).values(line_above_reads_checkins=True))
    locked = (Answer("moved", "?", "open"), Answer("stuck", "?", "locked", locked=True))
    new = await write(session, ana, answers=locked)
    with pytest.raises(NotFound):
        await checkins.read(session, carla, old.id)
    reading = await checkins.read(session, carla, new.id)
    assert ([answer.text for answer in reading.answers], reading.locked_away) == (["open"], 1)
    assert len((await checkins.read(session, ben, new.id)).answers) == 2
    await session.execute(update(Workspace).values(line_above_reads_checkins=False))
    assert new.audience == Audience.LINE


async def test_peers_and_unknown_ids_read_the_same_refusal(
    session: AsyncSession, a_person: PersonBuilder, ana: Person
) -> None:
    pia = await a_person("Pia", manager=None)
    entry = await write(session, ana)
    with pytest.raises(NotFound) as refused:
        await checkins.read(session, pia, entry.id)
    with pytest.raises(NotFound) as missing:
        await checkins.read(session, pia, 999_999)
    assert refused.value.sentence == missing.value.sentence


async def test_after_a_change_of_manager_old_entries_wait_for_their_author(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    entry = await write(session, ana)
    locked = await write(
        session,
        ana,
        week=WEEK - timedelta(weeks=1),
        now=NOW - timedelta(weeks=1),
        answers=(Answer("stuck", "?", "between us", locked=True),),
    )
    nina = await a_person("Nina")
    ana.manager_id = nina.id
    await session.flush()
    for reader in (ben, nina):
        with pytest.raises(NotFound):
            await checkins.read(session, reader, entry.id)
    assert (await checkins.history(session, ana)).to_hand_over == 2
    assert await checkins.hand_over(session, ana, now=NOW) == 2
    assert (await checkins.read(session, nina, entry.id)).may_comment
    reading = await checkins.read(session, nina, locked.id)
    assert (reading.answers, reading.locked_away) == ((), 1)
    team = await checkins.team_week(session, nina, now=NOW, week=locked.week)
    assert team is not None
    assert [member.obstacle for member in team.members] == [None]


async def test_comments_reactions_and_obstacles_tell_the_author_once_a_day(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    answers = (Answer("moved", "?", "a"), Answer("stuck", "?", "the build"))
    entry = await write(session, ana, answers=answers)
    await checkins.comment(session, ben, entry.id, text="Well done", now=NOW)
    await checkins.react(session, ben, entry.id, emoji="tada", now=NOW)
    await checkins.react(session, ben, entry.id, emoji="tada", now=NOW)
    await checkins.take_obstacle_on(session, ben, entry.id, now=NOW)
    reading = await checkins.read(session, ana, entry.id)
    assert [(remark.author, remark.text) for remark in reading.comments] == [("Ben", "Well done")]
    assert (reading.reactions, reading.obstacle_owner) == (("tada",), "Ben")
    assert await notices(session) == [("checkins.shared", ben.id), ("checkins.answered", ana.id)]
    await checkins.clear_obstacle(session, ben, entry.id, now=NOW + timedelta(days=1))
    assert (await notices(session))[-1] == ("checkins.answered", ana.id)
    assert len(await notices(session)) == 3


async def test_the_author_may_answer_back_but_not_react_to_themself(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    entry = await write(session, ana, answers=(Answer("stuck", "?", "x"),))
    await checkins.comment(session, ana, entry.id, text="Thanks", now=NOW)
    assert (await notices(session))[-1] == ("checkins.answered", ben.id)
    with pytest.raises(NotAllowed):
        await checkins.react(session, ana, entry.id, emoji="tada", now=NOW)
    with pytest.raises(NotAllowed):
        await checkins.take_obstacle_on(session, ana, entry.id, now=NOW)


async def test_bad_responses_are_refused_with_a_sentence(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    entry = await write(session, ana)
    with pytest.raises(Invalid):
        await checkins.comment(session, ben, entry.id, text="  ", now=NOW)
    with pytest.raises(Invalid):
        await checkins.comment(session, ben, entry.id, text="x" * 2001, now=NOW)
    with pytest.raises(Invalid):
        await checkins.react(session, ben, entry.id, emoji="pile_of_poo", now=NOW)
    with pytest.raises(NotFound):
        await checkins.take_obstacle_on(session, ben, entry.id, now=NOW)
    with pytest.raises(NotFound):
        await checkins.clear_obstacle(session, ben, entry.id, now=NOW)
    assert (await session.scalars(select(CheckinComment))).all() == []


async def test_an_obstacle_is_taken_on_once(session: AsyncSession, ana: Person, ben: Person) -> None:
    entry = await write(session, ana, answers=(Answer("stuck", "?", "x"),))
    await checkins.take_obstacle_on(session, ben, entry.id, now=NOW)
    with pytest.raises(AlreadyDone):
        await checkins.take_obstacle_on(session, ben, entry.id, now=NOW)


async def test_the_team_week_shows_obstacles_first_and_away_as_away(
    session: AsyncSession, a_person: PersonBuilder, ben: Person
) -> None:
    abe = await a_person("Abe", manager=ben)
    stuck = await a_person("Zed", manager=ben)
    await a_person("Late", manager=ben)
    await a_person(
        "Gone", manager=ben, away_since=NOW - timedelta(days=1), away_until=NOW + timedelta(days=2)
    )
    await a_person("Left", manager=ben, deactivated_at=NOW)
    await write(session, abe)
    await write(session, stuck, answers=(Answer("stuck", "?", "the build"),))
    team = await checkins.team_week(session, ben, now=NOW)
    assert team is not None
    assert [(member.person.name, member.is_away) for member in team.members] == [
        ("Zed", False),
        ("Abe", False),
        ("Late", False),
        ("Gone", True),
    ]
    assert (team.written, team.expected) == (2, 3)


async def test_a_team_of_any_size_costs_the_same_number_of_statements(
    database: Any, statements: Any, session: AsyncSession, a_person: PersonBuilder, ben: Person
) -> None:
    for number in range(20):
        report = await a_person(f"P{number}", manager=ben)
        await write(session, report)
    session.expunge_all()
    with statements() as counted:
        await checkins.team_week(session, ben, now=NOW)
    assert counted.total <= 7, counted.statements


async def test_who_manages_nobody_has_no_team_week(session: AsyncSession, ana: Person) -> None:
    assert await checkins.team_week(session, ana, now=NOW) is None


async def test_history_pages_newest_first(session: AsyncSession, ana: Person) -> None:
    for back in range(12):
        week = WEEK - timedelta(weeks=back)
        await write(session, ana, f"week {back}", week=week, now=NOW - timedelta(weeks=back))
    first = await checkins.history(session, ana)
    rest = await checkins.history(session, ana, before=first.older_than)
    texts = [entry.checkin.answers[0].text for entry in (*first.entries, *rest.entries)]
    assert texts == [f"week {back}" for back in range(12)]
    assert rest.older_than is None
    assert len(await checkins.all_of(session, ana)) == 12


async def test_earlier_versions_are_the_authors_own_and_go_into_the_export(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    entry = await write(session, ana, "First words")
    await write(session, ana, "Second words", now=NOW + timedelta(hours=1))
    await checkins.comment(session, ben, entry.id, text="Well done", now=NOW + timedelta(hours=2))
    newest, first = await checkins.versions(session, ana, entry.id)
    assert (newest.answers[0].text, newest.written_at) == ("Second words", NOW + timedelta(hours=1))
    assert (first.answers[0].text, first.written_at) == ("First words", NOW)
    with pytest.raises(NotFound, match="nobody but their author"):
        await checkins.versions(session, ben, entry.id)
    exported = await checkins.all_of(session, ana)
    assert [(one.revision, len(one.comments)) for one in exported] == [(1, 0), (2, 1)]


async def test_the_nearest_choice_of_questions_wins(
    session: AsyncSession, a_person: PersonBuilder, ben: Person
) -> None:
    engineering = Department(name="Engineering", path="Engineering", parent_id=None)
    session.add(engineering)
    await session.flush()
    platform = Department(name="Platform", path="Engineering / Platform", parent_id=engineering.id)
    session.add(platform)
    await session.flush()
    ana = await a_person("Ana", manager=ben, department_id=platform.id)
    hana = await a_person("Hana")

    async def pack() -> str:
        return (await checkins.questions_for(session, ana, week=WEEK, packs=PACKS)).pack.key

    assert await pack() == "engineering"  # ships for the parent department
    places: list[tuple[dict[str, Any], str]] = [
        ({}, "core"),
        ({"department_id": engineering.id}, "support"),
        ({"department_id": platform.id}, "sales"),
        ({"team_manager_id": ben.id}, "core"),
        ({"person_id": ana.id}, "support"),
    ]
    for place, key in places:
        session.add(PackChoice(**place, pack=key, chosen_at=NOW))
        await session.flush()
        assert await pack() == key
    with pytest.raises(NotAllowed):
        await checkins.choose_pack(session, hana, pack="sales", packs=PACKS, person=ana, now=NOW)


async def test_hr_chooses_and_takes_back_the_questions(
    session: AsyncSession, a_person: PersonBuilder, ana: Person
) -> None:
    from bot.services import people

    hana = await a_person("Hana")
    await people.grant_hr(session, hana, now=NOW)
    await checkins.choose_pack(session, hana, pack="sales", packs=PACKS, person=ana, now=NOW)
    await checkins.choose_pack(session, hana, pack="support", packs=PACKS, person=ana, now=NOW)
    assert (await checkins.questions_for(session, ana, week=WEEK, packs=PACKS)).pack.key == "support"
    await checkins.choose_pack(session, hana, pack=None, packs=PACKS, person=ana, now=NOW)
    assert (await checkins.questions_for(session, ana, week=WEEK, packs=PACKS)).pack.key == "core"
    with pytest.raises(Invalid):
        await checkins.choose_pack(session, hana, pack="gone", packs=PACKS, now=NOW)


async def test_the_line_above_sees_neither_energy_nor_what_was_said_between_the_two(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    carla = await a_person("Carla")
    ben = await a_person("Ben", manager=carla)
    ana = await a_person("Ana", manager=ben)
    await session.execute(update(Workspace).values(line_above_reads_checkins=True))
    entry = await write(session, ana, energy=2, load=Load.HEAVY)
    await checkins.comment(session, ben, entry.id, text="Between us", now=NOW)
    await checkins.react(session, ben, entry.id, emoji="heart", now=NOW)
    above, direct = await checkins.read(session, carla, entry.id), await checkins.read(session, ben, entry.id)
    assert (above.energy, above.load, above.comments, above.reactions) == (None, None, (), ())
    assert (direct.energy, direct.load, len(direct.comments), direct.reactions) == (2, "heavy", 1, ("heart",))


async def test_a_later_manager_reads_only_what_was_said_since_it_was_handed_over(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    entry = await write(session, ana)
    await checkins.comment(session, ben, entry.id, text="Between us", now=NOW)
    nina = await a_person("Nina")
    ana.manager_id = nina.id
    await session.flush()
    await checkins.hand_over(session, ana, now=NOW + timedelta(days=1))
    await checkins.comment(session, nina, entry.id, text="Thanks for sharing", now=NOW + timedelta(days=2))
    reading = await checkins.read(session, nina, entry.id)
    assert [remark.text for remark in reading.comments] == ["Thanks for sharing"]
    assert len((await checkins.read(session, ana, entry.id)).comments) == 2


async def test_who_is_paused_or_was_not_asked_for_being_away_is_not_expected(
    session: AsyncSession, a_person: PersonBuilder, ben: Person
) -> None:
    paused, away = await a_person("Paula", manager=ben), await a_person("Abe", manager=ben)
    await pauses.pause(session, paused, paused, until=NOW + timedelta(days=3), now=NOW)
    session.add(
        Notice(
            person_id=away.id,
            kind="checkins.nudge",
            key=f"checkins.nudge:{away.id}:{WEEK}",
            nonce="n",
            due_at=NOW,
            state=NoticeState.SKIPPED,
            reason="away",
        )
    )
    await session.flush()
    team = await checkins.team_week(session, ben, now=NOW)
    assert team is not None
    assert ([member.is_away for member in team.members], team.expected) == ([True, True], 0)


async def test_the_form_does_not_name_a_manager_who_has_left(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    ben.deactivated_at = NOW
    await session.flush()
    assert (await checkins.draft(session, ana, packs=PACKS, now=NOW)).manager is None
