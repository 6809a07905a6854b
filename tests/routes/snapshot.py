"""What stands in the database, to show that something was refused without a trace."""

from typing import Any

from sqlalchemy import select

from bot.db import Base
from tests.routes.world import Company

Snapshot = dict[str, list[tuple[Any, ...]]]


async def snapshot(company: Company) -> Snapshot:
    """Every row of this workspace, table by table."""
    rows: Snapshot = {}
    async with company.bot.read() as session:
        for mapper in Base.registry.mappers:
            found = await session.scalars(select(mapper.class_).order_by(*mapper.primary_key))
            columns = [column.key for column in mapper.column_attrs]
            rows[mapper.class_.__tablename__] = [
                tuple(str(getattr(row, column)) for column in columns) for row in found
            ]
    return rows
