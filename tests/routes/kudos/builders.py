"""Thanks in one line each, and what is recorded of them."""

from sqlalchemy import func, select

from bot.models import Kudos, KudosAudience
from bot.slack import POST_ANYWHERE
from playground.driver.person import Person as Someone
from tests.routes.steps import a_channel, not_granted
from tests.routes.world import Company

LONG = "Stayed on the line until the import ran through; the customer renewed on Friday."


async def give(someone: Someone, *whom: str, text: str = LONG, channel: str = "thanks") -> None:
    """In the form, sent as it is."""
    await someone.command("/kudos")
    await someone.modal.change("Whom do you thank?", *whom)
    someone.modal.fill("What did they do", text)
    if channel:
        await someone.modal.change("Where shall I say it?", channel)
    await someone.modal.submit()


async def recognised_in(company: Company, name: str) -> None:
    """HR has set this channel for the look back; the bot may post only where it is a member."""
    not_granted(company, POST_ANYWHERE)
    a_channel(company, name)
    hana = company.slack.person("Hana Ito")
    await (await hana.open_home()).press("Recognition")
    await hana.modal.press("Monthly look back")
    hana.modal.pick_channel("In which channel?", name)
    await hana.modal.submit()
    await hana.modal.close_all()


async def public(company: Company) -> int:
    """The thanks that everybody in the company can read."""
    async with company.bot.read() as session:
        told = select(func.count()).where(Kudos.audience == KudosAudience.COMPANY)
        return await session.scalar(told) or 0


async def given(company: Company) -> int:
    async with company.bot.read() as session:
        return await session.scalar(select(func.count()).select_from(Kudos)) or 0


def pinged(company: Company, name: str) -> list[str]:
    return [ping.why for ping in company.slack.person(name).pings]
