"""Awards in one line each."""

from sqlalchemy import func, select

from bot.models import Nomination, Person
from bot.services import people
from playground.driver.person import Person as Someone
from tests.routes.world import Company

ACT = "Rebuilt the importer over a weekend, with the customer on the line."
EFFECT = "Two customers stayed who had resigned."
SAID = "Ben rebuilt the importer, and two customers stayed."


async def nominate(someone: Someone, whom: str, **fields: str) -> None:
    await someone.command("/kudos nominate")
    someone.modal.pick_person("Whom do you nominate?", whom)
    someone.modal.choose("For which award?", "Spot award: One deed")
    someone.modal.fill("What did they do?", fields.get("act", ACT))
    someone.modal.fill("What did it change", fields.get("effect", EFFECT))
    if "evidence" in fields:
        someone.modal.fill("A link that shows it", fields["evidence"])
    if "conflict" in fields:
        someone.modal.fill("What should HR know", fields["conflict"])
    await someone.modal.submit()


async def decide(hr: Someone, verdict: str = "Approve", **fields: str) -> None:
    await hr.command("/kudos awards")
    await hr.modal.press("Read and decide")
    hr.modal.choose("Decision", verdict)
    for label, text in fields.items():
        hr.modal.fill({"why": "Why?", "code": "Budget code"}[label], text)
    await hr.modal.submit()


async def look(hr: Someone, *channels: str, text: str = SAID, day: str = "", time: str = "") -> None:
    """The announcement as far as its preview."""
    await hr.command("/kudos awards")
    await hr.modal.press("Announce")
    hr.modal.fill("What shall everybody read?", text)
    if channels:
        hr.modal.pick_channel("In which channels?", *channels)
    if day:
        hr.modal.fill("On which day?", day)
    if time:
        hr.modal.choose("At what time?", time)
    await hr.modal.submit()


async def second_hr(company: Company, name: str) -> Someone:
    async with company.bot.work() as session:
        person = (await session.scalars(select(Person).where(Person.name == name))).one()
        await people.grant_hr(session, person, now=company.bot.now())
    return company.slack.person(name)


async def nominations(company: Company) -> int:
    async with company.bot.read() as session:
        return await session.scalar(select(func.count(Nomination.id))) or 0
