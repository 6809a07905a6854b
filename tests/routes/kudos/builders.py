"""Thanks in one line each, and what is recorded of them."""

from sqlalchemy import func, select

from bot.models import Kudos
from playground.driver.person import Person as Someone
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


async def given(company: Company) -> int:
    async with company.bot.read() as session:
        return await session.scalar(select(func.count()).select_from(Kudos)) or 0


def pinged(company: Company, name: str) -> list[str]:
    return [ping.why for ping in company.slack.person(name).pings]
