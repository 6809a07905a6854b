"""A work anniversary reaches the manager as a draft, and nobody else."""

from datetime import date, timedelta

from sqlalchemy import func, select

from bot.models import Notification, Person, Workspace
from bot.services import anniversaries
from tests.routes.steps import a_channel
from tests.routes.world import Clock, Company


async def began(company: Company, name: str, day: date) -> None:
    async with company.bot.work() as session:
        (await session.scalars(select(Person).where(Person.name == name))).one().start_date = day
        workspace = await session.get_one(Workspace, company.bot.workspace_id)
        workspace.checkins_started_at = company.bot.now() - timedelta(days=30)


async def plan(company: Company) -> int:
    async with company.bot.work() as session:
        return await anniversaries.plan(session, now=company.bot.now())


async def test_a_manager_is_handed_a_draft_and_nobody_else_hears_of_it(acme: Company, clock: Clock) -> None:
    a_channel(acme, "news")
    await began(acme, "Ana Silva", date(2023, 12, 2))
    ben, ana = acme.slack.person("Ben Okafor"), acme.slack.person("Ana Silva")
    assert await plan(acme) == 1
    clock.move(hours=24)
    await acme.delivered()
    assert "Ana Silva: 3 years on 2 December" in ben.dm.last.text
    await ben.dm.last.press("Open the draft")
    assert "Ana Silva, 3 years with us" in ben.modal.text and "Wednesday 2 December" in ben.modal.text
    assert "Nobody has thanked them here where all can read it" in ben.modal.text
    assert ana.dm.text == "" and len(ana.channel("news")) == 0


async def test_no_greeting_for_me_is_said_once_and_kept(acme: Company, clock: Clock) -> None:
    await began(acme, "Ana Silva", date(2023, 12, 2))
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    assert await plan(acme) == 1
    home = await ana.open_home()
    await home.press("No greeting for me")
    assert "I mention your work anniversary to nobody" in (await ana.open_home()).text
    clock.move(hours=24)
    await plan(acme)
    await acme.delivered()
    assert "years" not in ben.dm.text
    async with acme.bot.read() as session:
        assert (
            await session.scalar(select(func.count(Notification.id)).where(Notification.state == "planned"))
            == 0
        )


async def test_what_stands_in_an_old_draft_is_asked_again(acme: Company, clock: Clock) -> None:
    await began(acme, "Ana Silva", date(2023, 12, 2))
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await plan(acme)
    clock.move(hours=24)
    await acme.delivered()
    await (await ana.open_home()).press("No greeting for me")
    await ben.dm.last.press("Open the draft")
    assert "not available to you" in ben.modal.text
