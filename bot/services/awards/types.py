"""The awards one can be nominated for: which are in force, and HR's additions, renamings and retirements."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.db import insert_rows
from bot.errors import AlreadyDone, Invalid, NotFound
from bot.models import AwardType, Person
from bot.services import people, typed

MOST_TYPES = 24  # as with values: more is a list nobody reads
NAME_LIMIT, MEANING_LIMIT = 60, 150
ONLY_HR = "Only HR admins change the list of awards. Ask one of them."
GONE = "That award is no longer there. Open the list again to see what is."


async def types_in_force(session: AsyncSession) -> Sequence[AwardType]:
    rows = await session.scalars(
        select(AwardType).where(AwardType.retired_at.is_(None)).order_by(AwardType.name).limit(MOST_TYPES)
    )
    return rows.all()


async def types_for_hr(session: AsyncSession, actor: Person) -> Sequence[AwardType]:
    await _require_hr(session, actor)
    return await types_in_force(session)


async def add_type(
    session: AsyncSession, actor: Person, *, name: str, meaning: str, now: datetime
) -> AwardType:
    await _require_hr(session, actor)
    name, meaning = _checked(name, meaning)
    if len(await types_in_force(session)) >= MOST_TYPES:
        raise Invalid(
            f"There are {MOST_TYPES} awards already, and nobody reads a longer list. Retire one first.",
            field="name",
        )
    await _require_free(session, name)
    added = await insert_rows(
        session, AwardType, [{"name": name, "meaning": meaning or None, "added_at": now}]
    )
    if not added:
        raise Invalid(_taken(name), field="name")
    return await session.get_one(AwardType, added[0])


async def rename_type(session: AsyncSession, actor: Person, type_id: int, *, name: str, meaning: str) -> None:
    """Nominations for it keep pointing at it."""
    await _require_hr(session, actor)
    award = await session.get(AwardType, type_id)
    if award is None or award.retired_at is not None:
        raise NotFound(GONE)
    name, meaning = _checked(name, meaning)
    await _require_free(session, name, besides=award.id)
    award.name, award.meaning = name, meaning or None
    await session.flush()


async def retire_type(session: AsyncSession, actor: Person, type_id: int, *, now: datetime) -> None:
    """Nobody can be nominated for it any more; what waits is still decided, what was given stays."""
    await _require_hr(session, actor)
    award = await session.get(AwardType, type_id)
    if award is None:
        raise NotFound(GONE)
    if award.retired_at is not None:
        raise AlreadyDone("That award is retired already.")
    award.retired_at = now
    await session.flush()


async def _require_hr(session: AsyncSession, actor: Person) -> None:
    policy.require(await people.is_hr(session, actor), ONLY_HR)


async def _require_free(session: AsyncSession, name: str, *, besides: int | None = None) -> None:
    for award in await types_in_force(session):
        if award.id != besides and award.name.casefold() == name.casefold():
            raise Invalid(_taken(award.name), field="name")


def _taken(name: str) -> str:
    return f"There is an award called “{name}” already. Choose another name."


def _checked(name: str, meaning: str) -> tuple[str, str]:
    name = " ".join(name.split())
    ask = "Give the award a name, a few words."
    return (
        typed.required(name, field="name", most=NAME_LIMIT, what="A name", ask=ask),
        typed.optional(meaning, field="meaning", most=MEANING_LIMIT, what="The meaning"),
    )
