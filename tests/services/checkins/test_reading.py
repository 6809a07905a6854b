"""Who reads a check-in: the manager of then, whom it was handed over to, and the line above where it is open."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import Answer, Audience, Load, Person, Workspace
from bot.services import checkins
from tests.conftest import NOW, PersonBuilder
from tests.services.checkins.builders import PACKS, WEEK, write


async def test_the_draft_names_the_line_above_only_where_the_company_opened_it(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    carla = await a_person("Carla")
    ben = await a_person("Ben", manager=carla)
    ana = await a_person("Ana", manager=ben)
    closed = await checkins.prefill(session, ana, packs=PACKS, now=NOW)
    await session.execute(update(Workspace).values(line_above_reads_checkins=True))
    opened = await checkins.prefill(session, ana, packs=PACKS, now=NOW)
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


async def test_history_pages_newest_first(session: AsyncSession, ana: Person) -> None:
    for back in range(12):
        week = WEEK - timedelta(weeks=back)
        await write(session, ana, f"week {back}", week=week, now=NOW - timedelta(weeks=back))
    first = await checkins.history(session, ana)
    rest = await checkins.history(session, ana, after=first.entries.after)
    texts = [entry.checkin.answers[0].text for entry in (*first.entries.items, *rest.entries.items)]
    assert texts == [f"week {back}" for back in range(12)]
    assert rest.entries.after is None
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
