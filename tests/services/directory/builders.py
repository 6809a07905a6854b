"""Accounts as Slack tells of them, and what is known of a person afterwards."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person
from bot.services import directory, goals
from bot.services.directory import Mirrored
from tests.conftest import NOW

LATER = NOW + timedelta(days=1)


def account(slack_user_id: str = "UANA", **changes: Any) -> dict[str, Any]:
    """A user object as `users.list` gives it; `profile` fields are merged."""
    profile = {
        "real_name": "Ana Silva",
        "display_name": "ana",
        "email": "ana@example.com",
        "title": "Engineer",
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
    } | changes.pop("profile", {})
    user = {"id": slack_user_id, "team_id": "T0HOME", "name": "ana", "deleted": False, "tz": "Europe/Lisbon"}
    return {
        **user,
        "is_bot": False,
        "is_restricted": False,
        "updated": 1_790_000_000,
        **changes,
        "profile": profile,
    }


async def hear(session: AsyncSession, *accounts: dict[str, Any], **options: Any) -> Mirrored:
    options = {"pass_on": [goals.pass_on], "now": NOW, "complete": False, **options}
    return await directory.apply(session, directory.members_from_slack(accounts), **options)


async def person(session: AsyncSession, slack_user_id: str = "UANA") -> Person:
    found = await session.scalar(select(Person).where(Person.slack_user_id == slack_user_id))
    assert found is not None
    return found


def columns(person: Person) -> dict[str, object]:
    return {column.key: getattr(person, column.key) for column in Person.__table__.columns}
