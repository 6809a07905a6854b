"""The company's values, of which HR keeps the list, and which of them a word with a # means."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import CompanyValue, FormerValueName
from bot.services.catalogue import MOST, Catalogue


def _bare(name: str) -> str:
    """#OwnIt could mean either of “Own it” and “Own-it”: spaces, case and hyphens make no other name."""
    return re.sub(r"[\W_]+", "", name).casefold()


def _former(value_id: int, name: str, until: datetime) -> FormerValueName:
    """Renamed, a value is still found by #what-it-was-called-before."""
    return FormerValueName(value_id=value_id, name=name, until=until)


VALUES = Catalogue(
    rows=CompanyValue,
    noun="value",
    one="a value",
    only_hr="Only HR admins change the company's values. Ask one of them.",
    too_many="There are {most} values already, and nobody remembers more. Retire one first.",
    ask="Give the value a name, a word or two.",
    name_limit=40,
    same=_bare,
    former=_former,
)


async def value_names(session: AsyncSession, value_ids: Collection[int]) -> Mapping[int, str]:
    """The names of retired values too, for what was said while they were in force."""
    rows = await session.execute(
        select(CompanyValue.id, CompanyValue.name).where(CompanyValue.id.in_(value_ids))
    )
    return dict(rows.all())


async def value_called(session: AsyncSession, word: str) -> CompanyValue | None:
    """The value that #word means, by its name or what it was called before."""
    values = await VALUES.in_force(session)
    former = await session.execute(
        select(FormerValueName.name, FormerValueName.value_id)
        .where(FormerValueName.value_id.in_([value.id for value in values]))
        .order_by(FormerValueName.id)
        .limit(MOST * 10)
    )
    by_id = {value.id: value for value in values}
    by_name = {_bare(name): by_id[value_id] for name, value_id in former}
    by_name |= {_bare(value.name): value for value in values}
    return by_name.get(_bare(word))
