"""Thanks in one line, and what is planned of them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Notification, Person
from bot.models.kudos import Thanks
from bot.services import kudos
from tests.conftest import NOW

TEXT = "Found the leak in the importer before a customer did."


async def give(session: AsyncSession, giver: Person, *receivers: Person, **changes: Any) -> int:
    now = changes.pop("now", NOW)
    values: dict[str, Any] = {"text": TEXT, "channel": "C0THANKS"}
    ids = tuple(one.slack_user_id or "" for one in receivers)
    return await kudos.give(session, giver, Thanks(ids, **values | changes), now=now)


async def planned(session: AsyncSession) -> list[tuple[str, int, str | None]]:
    rows = await session.execute(
        select(Notification.kind, Notification.person_id, Notification.to_channel).order_by(Notification.id)
    )
    return [(kind, person_id, channel) for kind, person_id, channel in rows]
