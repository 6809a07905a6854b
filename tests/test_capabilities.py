"""The table of capabilities: a row is all it takes, and two rows may not claim the same thing."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import jobs
from bot.capabilities import CAPABILITIES, Capability, house
from bot.context import Bot
from bot.courier.letters import Spoken, Telling
from bot.courier.rehearsal import rehearsal
from bot.db import Database
from bot.errors import Invalid
from bot.handlers.answering import writing
from bot.handlers.commands import Word
from bot.handlers.home import Visit
from bot.handlers.routing import Call, HomeChanged, Reply, Routes, Window
from bot.models import Notification, Person
from bot.packs import shipped_packs
from bot.services import notifications
from bot.services.notifications import Rank
from bot.slack import Message
from bot.timetable import Job
from bot.views import kit
from bot.views.home import HomePart, Line
from playground.server import Playground
from tests.conftest import NOW, PersonBuilder, settings
from tests.kinds import a_kind
from tests.routes.world import Clock, Company, company

THIRSTY = a_kind("plants.thirsty", rank=Rank.OWN)
WATER = "plants.water"


async def look(bot: Bot, call: Call) -> Reply:
    return Window(kit.modal("plants.page", "Plants", [kit.section("*Two plants* are on the sill.")]))


async def water(bot: Bot, call: Call) -> Reply:
    """Tells whoever watered them, as a deed of any capability plans what it owes somebody."""
    async with writing(bot, call, once=call.key) as (session, me):
        await notifications.plan(
            session, person_id=me.id, kind=THIRSTY, key=f"plants:{me.id}", subject={}, due_at=bot.now()
        )
    return HomeChanged()


async def thirsty(telling: Telling) -> Message:
    text = f"{telling.recipient.name}, the plants are thirsty."
    return kit.message(text, kit.section(kit.escape(text)))


async def on_home(visit: Visit) -> HomePart:
    return HomePart(mine=[Line("*Plants*: two, and both alive.")])


async def pass_on(session: AsyncSession, heirs: Mapping[int, int]) -> None:
    for old_id, heir_id in heirs.items():
        theirs = update(Notification).where(Notification.person_id == old_id)
        await session.execute(theirs.values(person_id=heir_id))


async def count(bot: Bot) -> None:
    bot.something_due.set()


PLANTS = Capability(
    name="plants",
    routes=Routes(actions={WATER: water}),
    words=[Word("plants", look, "The plants in the office"), Word("plants water", water, "Water them")],
    says=[Spoken(THIRSTY, thirsty, rehearse=thirsty)],
    jobs=[Job("count_plants", timedelta(hours=1), count)],
    home=on_home,
    pass_on=pass_on,
)
WITH_PLANTS = house((*CAPABILITIES, PLANTS))


@pytest.fixture
async def acme(database: Database, database_url: str, ack_seconds: float) -> AsyncIterator[Company]:
    clock = Clock()
    async with (
        Playground(
            clock=clock.seconds, sleep=clock.sleep, limited=False, ack_seconds=ack_seconds
        ) as playground,
        company(
            playground, database, settings(database_url), clock, name="Acme", whole=WITH_PLANTS
        ) as running,
    ):
        yield running


async def test_a_row_brings_its_command_home_section_and_message(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/rapport plants")
    assert "Two plants" in ana.modal.text
    await ana.modal.close_all()
    await ana.command("/rapport plants water")
    await acme.delivered()
    assert "Ana Silva, the plants are thirsty." in ana.dm.last.text
    assert "two, and both alive." in (await ana.open_home()).text
    await ana.command("/rapport help")
    assert "/plants water" in ana.ephemeral.last.text


async def test_a_row_passes_on_what_is_a_persons_when_two_rows_of_the_directory_become_one(
    acme: Company,
) -> None:
    ana = acme.slack.person("Ana Silva")
    async with acme.bot.work() as session:
        await session.execute(update(Person).where(Person.slack_user_id == ana.id).values(email=None))
        imported = Person(name="Ana Old", email="ana@example.com")
        session.add(imported)
        await session.flush()
        now = acme.bot.now()
        await notifications.plan(
            session, person_id=imported.id, kind=THIRSTY, key="plants", subject={}, due_at=now
        )
    await acme.playground.change_user(acme.bot.workspace_id, ana.id, title="Gardener")
    await acme.delivered()
    assert "Ana Silva, the plants are thirsty." in ana.dm.last.text


async def test_a_row_brings_its_line_of_the_timetable(acme: Company) -> None:
    job = next(job for job in WITH_PLANTS.timetable if job.name == "count_plants")
    acme.bot.something_due.clear()
    await jobs.run(job, acme.bot)
    assert acme.bot.something_due.is_set()


async def test_a_row_says_how_its_message_is_rehearsed(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    spoken = WITH_PLANTS.spoken
    message = await rehearsal(session, spoken, "thirsty", ana, packs=shipped_packs(), now=NOW)
    assert message.text == "Rehearsal: Ana, the plants are thirsty."
    with pytest.raises(Invalid, match=r"Choose one of: checkins\.nudge, .*, plants\.thirsty$"):
        await rehearsal(session, spoken, "kudos", ana, packs=shipped_packs(), now=NOW)


@pytest.mark.parametrize(
    "twin",
    [
        replace(PLANTS, words=(), says=(), jobs=()),
        replace(PLANTS, routes=Routes(), says=(), jobs=()),
        replace(PLANTS, routes=Routes(), words=(), jobs=()),
        replace(PLANTS, routes=Routes(), words=(), says=()),
    ],
    ids=["the same action", "the same word", "the same kind", "the same job"],
)
def test_two_rows_that_claim_the_same_are_found_at_start(twin: Capability) -> None:
    with pytest.raises(ValueError, match=r"two|same"):
        house((*CAPABILITIES, PLANTS, twin))
