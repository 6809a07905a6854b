"""Goals in one step each: set, agreed, updated."""

from sqlalchemy import func, select

from bot.models import Goal, GoalEvent, GoalEvidence
from playground.driver.person import Person
from tests.routes.world import Company

TITLE, RESULT = "What will be true at the end?", "How will you see it?"
TICKETS = ("Support tickets per week", "40", "20 tickets")
CHURN = ("Churn", "5 %", "3 %")


def fill_result(person: Person, title: str, start: str = "", target: str = "", *, place: int = 0) -> None:
    """`place` is 0 where the form shows one key result, else it counts from 1."""
    named = (lambda label: f"Result {place}: {label}") if place else str
    person.modal.fill(named(RESULT), title)
    person.modal.fill(named("From"), start)
    person.modal.fill(named("To"), target)


async def set_goal(
    company: Company,
    name: str,
    title: str = "Half the tickets",
    result: tuple[str, str, str] = TICKETS,
    level: str = "",
) -> None:
    person = company.slack.person(name)
    await person.command("/goals new")
    person.modal.fill(TITLE, title)
    fill_result(person, *result)
    if level:
        person.modal.choose("Whose goal is it?", level)
    await person.modal.submit()
    assert person.modal.title == "Goal", person.modal.text
    await person.modal.close_all()


async def agreed_goal(company: Company, name: str = "Ana Silva", title: str = "Half the tickets") -> None:
    """With the manager's "Looks good", and once said to be on track."""
    await set_goal(company, name, title)
    await company.delivered()
    await company.slack.person("Ben Okafor").dm.last.press("Looks good")
    await company.delivered()
    await update(company, name, "31", "On track")


async def update(company: Company, name: str, tickets: str, confidence: str, note: str = "") -> None:
    person = company.slack.person(name)
    await person.command("/goals")
    await person.modal.press("Update")
    person.modal.fill("Support tickets per week", tickets)
    person.modal.choose("How sure are you?", confidence)
    person.modal.fill("In a sentence", note)
    await person.modal.submit()
    assert not person.modal.errors
    await person.modal.close_all()


def readable(text: str) -> str:
    """Numbers and their units are held together by spaces that do not break."""
    return text.replace("\xa0", " ")


async def count(company: Company, model: type[Goal | GoalEvent | GoalEvidence]) -> int:
    async with company.bot.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0
