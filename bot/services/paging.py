"""Reading a long list page by page."""

from typing import Any, TypeVarTuple

from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.models.paging import Page

Columns = TypeVarTuple("Columns")


async def page_of(
    session: AsyncSession,
    statement: Select[*Columns],
    *,
    newest_first: tuple[InstrumentedAttribute[Any], ...],
    after: int | None,
    size: int,
) -> Page[Row[*Columns]]:
    """At most `size` rows, in one query. The page begins below the row with the id `after`, even if new rows
    came since.

    `newest_first`: the columns to sort by, the id last. The statement's first column is the entity itself or
    its id.
    """
    if after is not None:
        mark = select(*newest_first).where(newest_first[-1] == after).correlate(None).scalar_subquery()
        statement = statement.where(tuple_(*newest_first) < mark)
    statement = statement.order_by(*(column.desc() for column in newest_first)).limit(size + 1)
    found = (await session.execute(statement)).all()
    rows = tuple(found[:size])
    last: Any = rows[-1] if len(found) > size else (None,)
    return Page(rows, getattr(last[0], "id", last[0]))
