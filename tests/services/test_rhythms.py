"""Rhythms: whose choice counts, what cannot be chosen, and when to ask whether it is too often."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import Invalid, NotAllowed
from bot.models import Answer, Department, Notification, NotificationState, Person, Rhythm, RhythmInForce
from bot.packs import shipped_packs
from bot.services import checkins, notifications, nudges, pauses, rhythms
from bot.services.nudges import kinds
from tests.conftest import NOW, PersonBuilder

PACKS = shipped_packs()
WEEK = timedelta(weeks=1)
MONDAY = date(2026, 11, 16)
TUESDAY_MORNING = {"weekday": 1, "minute": 9 * 60, "every_weeks": 1}


async def department(session: AsyncSession, path: str, parent: Department | None = None) -> Department:
    one = Department(name=path.rpartition(" / ")[2], path=path, parent_id=parent.id if parent else None)
    session.add(one)
    await session.flush()
    return one


async def of(session: AsyncSession, person: Person) -> tuple[int, int, str, str | None]:
    """Both ways of asking agree."""
    one = await rhythms.rhythm_of(session, person, PACKS)
    assert (await rhythms.rhythms_of(session, [person], PACKS))[person.id] == one
    return one.weekday, one.minute // 60, one.source, one.chosen_by


async def choose(session: AsyncSession, actor: Person | None, **values: Any) -> None:
    await rhythms.choose(session, actor, now=NOW, **(TUESDAY_MORNING | values))


async def test_the_nearest_choice_counts(
    session: AsyncSession, a_person: PersonBuilder, hana: Person
) -> None:
    engineering = await department(session, "Engineering")
    platform = await department(session, "Engineering / Platform", engineering)
    ana = await a_person("Ana", department_id=platform.id)
    assert await of(session, hana) == (4, 16, "default", None)
    assert await of(session, ana) == (3, 16, "pack", None), "engineers are asked on Thursday"
    await choose(session, hana, company=True, minute=8 * 60)
    assert await of(session, ana) == (1, 8, "company", "Hana")
    await choose(session, hana, department_id=engineering.id, minute=9 * 60)
    assert await of(session, ana) == (1, 9, "department", "Hana")
    await choose(session, None, department_id=platform.id, minute=10 * 60)
    assert await of(session, ana) == (1, 10, "department", None), "set by the operator"
    await choose(session, ana, person=ana, minute=11 * 60)
    assert await of(session, ana) == (1, 11, "person", "Ana")
    await rhythms.take_back(session, ana, person=ana)
    await rhythms.take_back(session, hana, department_id=platform.id)
    assert await of(session, ana) == (1, 9, "department", "Hana")
    await rhythms.take_back(session, hana, department_id=engineering.id)
    await rhythms.take_back(session, hana, company=True)
    assert await of(session, ana) == (3, 16, "pack", None)


async def test_it_says_which_department_or_questions_it_comes_from(
    session: AsyncSession, a_person: PersonBuilder, hana: Person
) -> None:
    engineering = await department(session, "Engineering")
    ana = await a_person("Ana", department_id=engineering.id)
    assert (await rhythms.rhythm_of(session, ana, PACKS)).place == "Engineering"
    platform = await department(session, "Engineering / Platform", engineering)
    await choose(session, hana, department_id=engineering.id)
    ana.department_id = platform.id
    assert (await rhythms.rhythm_of(session, ana, PACKS)).place == "Engineering"


async def test_choosing_again_replaces(session: AsyncSession, a_person: PersonBuilder, hana: Person) -> None:
    for minute in (480, 540, 600):
        await choose(session, hana, person=hana, minute=minute)
        await choose(session, hana, company=True, minute=minute)
    assert await session.scalar(select(func.count(Rhythm.id))) == 2
    assert await of(session, hana) == (1, 10, "person", "Hana")


async def test_everybody_chooses_for_themselves_and_hr_for_the_rest(
    session: AsyncSession, a_person: PersonBuilder, hana: Person
) -> None:
    ana, ben = await a_person("Ana"), await a_person("Ben")
    sales = await department(session, "Sales")
    for actor in (ben, hana):
        with pytest.raises(NotAllowed, match="their own time"):
            await choose(session, actor, person=ana)
        with pytest.raises(NotAllowed, match="their own time"):
            await rhythms.take_back(session, actor, person=ana)
    for place in ({"company": True}, {"department_id": sales.id}):
        with pytest.raises(NotAllowed, match="HR"):
            await choose(session, ana, **place)
        with pytest.raises(NotAllowed, match="HR"):
            await rhythms.take_back(session, ana, **place)
    with pytest.raises(NotAllowed, match="HR"):
        await rhythms.settings(session, ana)
    assert await session.scalar(select(func.count(Rhythm.id))) == 0


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"minute": 0}, "minute", "clocks jump"),
        ({"minute": 239}, "minute", "clocks jump"),
        ({"minute": 240}, "minute", "08:00 to 17:59"),
        ({"minute": 18 * 60}, "minute", "quiet from 18:00"),
        ({"minute": -1}, "minute", "08:00 to 17:59"),
        ({"minute": 1440}, "minute", "08:00 to 17:59"),
        ({"weekday": 7}, "weekday", "day of the week"),
        ({"weekday": -1}, "weekday", "day of the week"),
        ({"weekday": 5}, "weekday", "Saturday is not a working day"),
        ({"every_weeks": 3}, "every_weeks", "every two weeks"),
    ],
)
async def test_what_cannot_be_is_refused_in_a_sentence(
    session: AsyncSession, a_person: PersonBuilder, values: dict[str, int], field: str, sentence: str
) -> None:
    ana = await a_person("Ana", country="DE")
    with pytest.raises(Invalid, match=sentence) as refused:
        await choose(session, ana, person=ana, **values)
    assert refused.value.field == field


async def test_sunday_can_be_chosen_where_people_work_on_it(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    noa = await a_person("Noa", country="IL", timezone="Asia/Jerusalem")
    await choose(session, noa, person=noa, weekday=6)
    assert (await of(session, noa))[0] == 6


async def test_a_department_that_is_gone_is_refused(session: AsyncSession, hana: Person) -> None:
    with pytest.raises(Invalid, match="no longer exists"):
        await choose(session, hana, department_id=999)


async def test_hr_sees_what_was_chosen_the_company_first(session: AsyncSession, hana: Person) -> None:
    sales = await department(session, "Sales")
    await choose(session, hana, department_id=sales.id)
    await choose(session, hana, company=True, weekday=2)
    await choose(session, hana, person=hana)
    settings = await rhythms.settings(session, hana)
    assert [(one.department, one.weekday) for one in settings.chosen] == [(None, 2), ("Sales", 1)]
    assert [one.path for one in settings.departments] == ["Sales"]


async def test_a_circle_of_departments_ends(session: AsyncSession, a_person: PersonBuilder) -> None:
    a = await department(session, "A")
    b = await department(session, "A / B", a)
    a.parent_id = b.id
    ana = await a_person("Ana", department_id=b.id)
    assert await of(session, ana) == (4, 16, "default", None)


# Too often?


async def nudged(session: AsyncSession, person: Person, *weeks_ago: int) -> None:
    for ago in weeks_ago:
        week = MONDAY - ago * WEEK
        await notifications.plan(
            session,
            person_id=person.id,
            kind=nudges.NUDGE,
            key=f"checkins.nudge:{person.id}:{week}",
            subject={"week": str(week)},
            due_at=NOW - ago * WEEK,
        )
    for notification in await session.scalars(
        select(Notification).where(Notification.person_id == person.id)
    ):
        notification.state, notification.sent_at = NotificationState.SENT, notification.due_at
    await session.flush()


async def wrote(session: AsyncSession, person: Person, weeks_ago: int) -> None:
    week = MONDAY - weeks_ago * WEEK
    answers = [Answer("moved", "What moved?", "The piano")]
    now = NOW - weeks_ago * WEEK
    await checkins.submit(session, person, week=week, answers=answers, energy=None, load=None, now=now)


async def is_asked(session: AsyncSession, person: Person, week: date = MONDAY) -> bool:
    asked_by = partial(kinds.key, nudges.NUDGE, person.id)
    return await rhythms.should_ask_too_often(session, person, week, asked_by=asked_by)


async def test_after_two_ignored_weeks_one_is_asked_once(session: AsyncSession, ana: Person) -> None:
    await nudged(session, ana, 1)
    assert not await is_asked(session, ana)
    await nudged(session, ana, 2)
    assert await is_asked(session, ana)
    assert await rhythms.asked_too_often(session, ana, now=NOW)
    assert not await rhythms.asked_too_often(session, ana, now=NOW)
    assert await is_asked(session, ana), "that nudge may have to be sent again"
    await nudged(session, ana, 0)
    assert not await is_asked(session, ana, MONDAY + WEEK)


async def test_a_written_week_breaks_the_row(session: AsyncSession, ana: Person) -> None:
    await nudged(session, ana, 1, 2, 3)
    await wrote(session, ana, 2)
    assert not await is_asked(session, ana)
    await wrote(session, ana, 1)
    assert not await is_asked(session, ana)


async def test_what_never_arrived_was_not_ignored(session: AsyncSession, ana: Person) -> None:
    await nudged(session, ana, 1, 2)
    key = f"checkins.nudge:{ana.id}:{MONDAY - WEEK}"
    last = (await session.scalars(select(Notification).where(Notification.key == key))).one()
    last.state = NotificationState.FAILED
    await session.flush()
    assert not await is_asked(session, ana)


async def test_a_paused_week_counts_neither_way(session: AsyncSession, ana: Person) -> None:
    await nudged(session, ana, 1, 2)
    then = NOW - WEEK
    await pauses.pause(session, ana, ana, until=then + timedelta(days=1), now=then)
    assert not await is_asked(session, ana)
    await nudged(session, ana, 3)
    assert await is_asked(session, ana)


async def test_in_a_rhythm_of_four_weeks_the_last_two_questions_count(
    session: AsyncSession, ana: Person
) -> None:
    await nudged(session, ana, 4, 8)
    assert await is_asked(session, ana)


def test_a_rhythm_is_worth_its_beat() -> None:
    rhythm = RhythmInForce(1, 540, 2, "person", "Ana")
    assert rhythm.beat == (1, 540, 2)
    assert clock.is_asked_in(MONDAY - WEEK, rhythm.every_weeks)
