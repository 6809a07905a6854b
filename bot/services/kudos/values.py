"""The company's values: which are in force, which one a word means, and HR's additions, renamings and retirements."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.db import insert_rows
from bot.errors import AlreadyDone, Invalid, NotFound
from bot.models import CompanyValue, FormerValueName, Person
from bot.services import people, typed

MOST_VALUES = 24  # more than anybody keeps in mind; a menu shows 100
NAME_LIMIT, MEANING_LIMIT = 40, 150
ONLY_HR = "Only HR admins change the company's values. Ask one of them."
GONE = "That value is no longer there. Open the list again to see what is."


async def values_in_force(session: AsyncSession) -> Sequence[CompanyValue]:
    rows = await session.scalars(
        select(CompanyValue)
        .where(CompanyValue.retired_at.is_(None))
        .order_by(CompanyValue.name)
        .limit(MOST_VALUES)
    )
    return rows.all()


async def value_names(session: AsyncSession, value_ids: Collection[int]) -> Mapping[int, str]:
    """Of retired ones too, for what was said while they were in force."""
    rows = await session.execute(
        select(CompanyValue.id, CompanyValue.name).where(CompanyValue.id.in_(value_ids))
    )
    return dict(rows.all())


async def value_called(session: AsyncSession, word: str) -> CompanyValue | None:
    """The value that #word means, by its name or what it was called before; spaces, case and hyphens aside."""
    values = await values_in_force(session)
    former = await session.execute(
        select(FormerValueName.name, FormerValueName.value_id)
        .where(FormerValueName.value_id.in_([value.id for value in values]))
        .order_by(FormerValueName.id)
        .limit(MOST_VALUES * 10)
    )
    by_id = {value.id: value for value in values}
    meant = {_bare(name): by_id[value_id] for name, value_id in former}
    meant |= {_bare(value.name): value for value in values}
    return meant.get(_bare(word))


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


async def values_for_hr(session: AsyncSession, actor: Person) -> Sequence[CompanyValue]:
    await _require_hr(session, actor)
    return await values_in_force(session)


async def add_value(
    session: AsyncSession, actor: Person, *, name: str, meaning: str, now: datetime
) -> CompanyValue:
    await _require_hr(session, actor)
    name, meaning = _checked(name, meaning)
    await _require_free(session, name)
    in_force = await session.scalar(
        select(func.count(CompanyValue.id)).where(CompanyValue.retired_at.is_(None))
    )
    if (in_force or 0) >= MOST_VALUES:
        raise Invalid(
            f"There are {MOST_VALUES} values already, and nobody remembers more. Retire one first.",
            field="name",
        )
    row = {"name": name, "meaning": meaning or None, "added_at": now}
    if not (added := await insert_rows(session, CompanyValue, [row])):
        raise Invalid(_taken(name), field="name")
    return await session.get_one(CompanyValue, added[0])


async def rename_value(
    session: AsyncSession, actor: Person, value_id: int, *, name: str, meaning: str, now: datetime
) -> None:
    """Thanks given for it keep pointing at it, and #what-it-was-called-before still finds it."""
    await _require_hr(session, actor)
    value = await _in_force(session, value_id)
    name, meaning = _checked(name, meaning)
    if name != value.name:
        await _require_free(session, name, besides=value.id)
        session.add(FormerValueName(value_id=value.id, name=value.name, until=now))
    value.name, value.meaning = name, meaning or None
    await session.flush()


async def retire_value(session: AsyncSession, actor: Person, value_id: int, *, now: datetime) -> None:
    """Nobody can choose it any more; what was given for it stays as it is."""
    await _require_hr(session, actor)
    value = await session.get(CompanyValue, value_id)
    if value is None:
        raise NotFound(GONE)
    if value.retired_at is not None:
        raise AlreadyDone("That value is retired already.")
    value.retired_at = now
    await session.flush()


async def _require_hr(session: AsyncSession, actor: Person) -> None:
    policy.require(await people.is_hr(session, actor), ONLY_HR)


async def _in_force(session: AsyncSession, value_id: int) -> CompanyValue:
    value = await session.get(CompanyValue, value_id)
    if value is None or value.retired_at is not None:
        raise NotFound(GONE)
    return value


async def _require_free(session: AsyncSession, name: str, *, besides: int | None = None) -> None:
    """Also against near-twins: #OwnIt could mean either of “Own it” and “Own-it”."""
    for value in await values_in_force(session):
        if value.id != besides and _bare(value.name) == _bare(name):
            raise Invalid(_taken(value.name), field="name")


def _taken(name: str) -> str:
    return f"There is a value called “{name}” already. Choose another name."


def _checked(name: str, meaning: str) -> tuple[str, str]:
    name = " ".join(name.split()) if _bare(name) else ""  # a name of dots alone is none
    ask = "Give the value a name, a word or two."
    return (
        typed.required(name, field="name", most=NAME_LIMIT, what="A name", ask=ask),
        typed.optional(meaning, field="meaning", most=MEANING_LIMIT, what="The meaning"),
    )
