"""A company large enough that nobody has to submit twice, in a fresh database of either kind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select

from benchmarks.traffic import WORKSPACE, ZONE
from bot import schema
from bot.__main__ import now
from bot.config import Settings
from bot.context import Bot
from bot.db import Database, insert_rows
from bot.models import Checkin, Notification, Person, PersonKind, Workspace
from bot.packs import shipped_packs
from bot.services import people
from bot.slack import Slack

TEAM = 8  # people per manager
NOWHERE = "http://127.0.0.1:9/api/"


@asynccontextmanager
async def hired_bot(database_url: str) -> AsyncIterator[Bot]:
    """The bot on that database. Its Slack is out of reach: a submit has no business there."""
    settings = Settings(_env_file=None, database_url=database_url, slack_api_url=NOWHERE)
    database = Database(settings.sqlalchemy_url)
    async with Slack.connect("xoxb-bench", settings.slack_api_url) as slack:
        try:
            yield Bot(WORKSPACE, settings, database, slack, shipped_packs(), now)
        finally:
            await database.close()


async def found(database_url: str, size: int) -> list[str]:
    """Creates the tables and hires `size` people in teams. Returns their Slack ids."""
    settings = Settings(_env_file=None, database_url=database_url)
    await schema.upgrade(settings.sqlalchemy_url)
    slack_user_ids = [f"U{number:07}" for number in range(1, size + 1)]
    async with hired_bot(database_url) as bot, bot.work() as session:
        session.add(Workspace(name="Bench", installed_at=now()))
        await session.flush()
        for some in people.chunked(enumerate(slack_user_ids, start=1)):
            await insert_rows(session, Person, [_member(number, user_id) for number, user_id in some])
    return slack_user_ids


def _member(number: int, slack_user_id: str) -> dict[str, object]:
    """The first of each team leads it and reports to the very first."""
    leader = number - (number - 1) % TEAM
    return {
        "slack_user_id": slack_user_id,
        "name": f"Person {number}",
        "email": f"person{number}@example.com",
        "kind": PersonKind.MEMBER,
        "timezone": ZONE,
        "title_from_csv": False,
        "manager_id": leader if leader != number else 1 if number != 1 else None,
    }


async def saved(database_url: str) -> tuple[int, int]:
    """How many check-ins the database holds, and how many managers are due to hear of one."""
    async with hired_bot(database_url) as bot, bot.read() as session:
        checkins = await session.scalar(select(func.count(Checkin.id)))
        notifications = await session.scalar(select(func.count(Notification.id)))
    return checkins or 0, notifications or 0
