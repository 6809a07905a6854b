"""A typed command line is kept until its preview is sent, so that neither an error nor a slip loses the words."""

from dataclasses import asdict
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import KudosDraft, Person
from bot.models.kudos import Thanks
from bot.spelling import command

KEPT_FOR = timedelta(days=2)
GONE = f"This draft was sent, or is too old. Send {command('kudos mine')} to see what you gave."


class SavedThanks(BaseModel):
    """A draft's JSON. A row outlives an update by two days, so each version must read what the one before it
    wrote.

    Unknown keys are ignored, and each field has a default. A renamed field still answers to its former name:
    `Field(default="", validation_alias=AliasChoices("new", "former"))`.
    """

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    receivers: tuple[str, ...] = ()
    text: str = ""
    value_id: int | None = None
    channel: str | None = None
    closed: bool = False
    link: str | None = None
    goal_id: int | None = None


async def keep_draft(session: AsyncSession, me: Person, thanks: Thanks, *, now: datetime) -> int:
    draft = KudosDraft(giver_id=me.id, content=asdict(thanks), begun_at=now)
    session.add(draft)
    await session.flush()
    return draft.id


async def draft_of(session: AsyncSession, me: Person, draft_id: int) -> Thanks:
    draft = await session.get(KudosDraft, draft_id)
    if draft is None or draft.giver_id != me.id:
        raise NotFound(GONE)
    try:
        saved = SavedThanks.model_validate(draft.content)
    except ValidationError:
        raise NotFound(GONE) from None
    return Thanks(**saved.model_dump())


async def change_draft(session: AsyncSession, me: Person, draft_id: int, thanks: Thanks) -> None:
    await draft_of(session, me, draft_id)
    draft = await session.get_one(KudosDraft, draft_id)
    draft.content = asdict(thanks)
    await session.flush()


async def take_draft(session: AsyncSession, me: Person, draft_id: int) -> Thanks:
    """A draft can be taken once: a second press finds it gone."""
    thanks = await draft_of(session, me, draft_id)
    await discard_draft(session, me, draft_id)
    return thanks


async def discard_draft(session: AsyncSession, me: Person, draft_id: int) -> None:
    gone = await session.scalars(
        delete(KudosDraft)
        .where(KudosDraft.id == draft_id, KudosDraft.giver_id == me.id)
        .returning(KudosDraft.id)
    )
    if gone.one_or_none() is None:
        raise NotFound(GONE)


async def tidy_drafts(session: AsyncSession, *, now: datetime) -> None:
    await session.execute(delete(KudosDraft).where(KudosDraft.begun_at < now - KEPT_FOR))
