"""A team as a file, and bringing files in."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person
from bot.services import people, people_import
from bot.services.people_import import ImportPlan
from tests.conftest import NOW

TEAM = """email,name,manager_email,department,title,start_date,country,timezone
ana@example.com,Ana Silva,ben@example.com,Engineering / Platform,Engineer,2022-09-01,PT,Europe/Lisbon
ben@example.com,Ben Okafor,,Engineering,Lead,2020-06-15,DE,Europe/Berlin
"""


async def bring(session: AsyncSession, text: str, now: Any = NOW) -> ImportPlan:
    plan = await people_import.plan(session, text)
    assert plan.problems == ()
    await people_import.apply(session, plan, now=now)
    return plan


async def person(session: AsyncSession, email: str) -> Person:
    return await people.by_email(session, email)
