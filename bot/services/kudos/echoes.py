"""Reactions under a post count as "me too". Nobody gets a message about them; the number is there to look up."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.models import Kudos, KudosEcho, KudosReceiver, Notification, Person
from bot.services.kudos.kinds import POSTED

EMOJI_LIMIT = 128


async def react(session: AsyncSession, slack_user_id: str, kudos_id: int, *, emoji: str, added: bool) -> None:
    """The reaction counts for the person Slack names. A reaction by somebody outside the directory is not
    stored.
    """
    if not 0 < len(emoji) <= EMOJI_LIMIT:
        return
    person = await session.scalar(select(Person).where(Person.slack_user_id == slack_user_id))
    if person is None or not person.is_active:
        return
    if not added:
        await session.execute(
            delete(KudosEcho).where(
                KudosEcho.kudos_id == kudos_id, KudosEcho.person_id == person.id, KudosEcho.emoji == emoji
            )
        )
    elif not await _takes_part(session, kudos_id, person):
        await insert_rows(
            session, KudosEcho, [{"kudos_id": kudos_id, "person_id": person.id, "emoji": emoji}]
        )


async def posted_as(session: AsyncSession, *, channel: str, ts: str) -> int | None:
    """The kudos posted in this message, if any: Slack reports reactions to every message in the bot's channels."""
    subject = await session.scalar(
        select(Notification.subject).where(
            Notification.to_channel.is_not(None),
            Notification.slack_channel == channel,
            Notification.slack_ts == ts,
            Notification.kind == POSTED.name,
        )
    )
    return int(subject["kudos"]) if subject else None


async def _takes_part(session: AsyncSession, kudos_id: int, person: Person) -> bool:
    """Reactions of the giver and the receivers do not count."""
    giver = select(Kudos.id).where(Kudos.id == kudos_id, Kudos.giver_id == person.id)
    receiver = select(KudosReceiver.id).where(
        KudosReceiver.kudos_id == kudos_id, KudosReceiver.person_id == person.id
    )
    return await session.scalar(giver.union_all(receiver).limit(1)) is not None
