"""Which workspace this installation serves: its row, the values and awards it starts with, written on first contact."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Settings
from bot.db import Database
from bot.errors import CannotStart
from bot.models import AwardType, CompanyValue, Workspace
from bot.shipped import shipped_awards, shipped_values
from bot.slack import Identity, Slack, SlackRefused, SlackUnreachable, SlackUnsure


async def greet(slack: Slack) -> Identity:
    """Who we are to Slack, or the reason why we cannot start."""
    try:
        return await slack.identity()
    except SlackRefused as error:
        raise CannotStart(
            f"Slack refused SLACK_BOT_TOKEN ({error.code}). Copy the app's Bot User OAuth Token into .env."
        ) from error
    except (SlackUnreachable, SlackUnsure) as error:
        raise CannotStart(
            "Slack does not answer. Check the network and SLACK_API_URL, then try again."
        ) from error


async def register(database: Database, identity: Identity, *, now: datetime) -> str:
    """The workspace's id; its row is written if new, and follows a changed name."""
    async with database.work(identity.workspace_id) as session:
        workspace = await session.get(Workspace, identity.workspace_id)
        if workspace is None:
            workspace = Workspace(installed_at=now)
            session.add(workspace)
        workspace.name = identity.workspace_name
        await session.flush()
        await give_values(session, now=now)
        await give_awards(session, now=now)
    return identity.workspace_id


async def give_values(session: AsyncSession, *, now: datetime) -> None:
    """Those that ship, to a workspace that never had any: what HR retired does not come back."""
    if await session.scalar(select(CompanyValue.id).limit(1)) is None:
        session.add_all(
            CompanyValue(name=one.name, meaning=one.meaning, added_at=now) for one in shipped_values()
        )
        await session.flush()


async def give_awards(session: AsyncSession, *, now: datetime) -> None:
    """As with values."""
    if await session.scalar(select(AwardType.id).limit(1)) is None:
        session.add_all(
            AwardType(name=one.name, meaning=one.meaning, added_at=now) for one in shipped_awards()
        )
        await session.flush()


async def find(database: Database, settings: Settings, *, now: datetime) -> str:
    """The workspace the command line means: the only one there is, else the one the token belongs to."""
    known = await database.workspace_ids()
    if len(known) == 1:
        return known[0]
    async with Slack.connect(settings.token(), settings.slack_api_url) as slack:
        return await register(database, await greet(slack), now=now)
