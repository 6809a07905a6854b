"""SQL expressions that SQLite and PostgreSQL spell differently."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnClause,
    ColumnElement,
    FromClause,
    FunctionElement,
    SelectBase,
    String,
    Subquery,
    bindparam,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from bot.db.base import UtcDateTime


class later(FunctionElement[datetime]):
    """An instant plus whole seconds. On SQLite the result is the text that SQLAlchemy stores."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(later, "postgresql")
def _later_in_postgresql(element: later, compiler: SQLCompiler, **options: Any) -> str:
    instant, seconds = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({instant} + make_interval(secs => {seconds}))"


@compiles(later, "sqlite")
def _later_in_sqlite(element: later, compiler: SQLCompiler, **options: Any) -> str:
    instant, seconds = (compiler.process(clause, **options) for clause in element.clauses)
    return f"strftime('%Y-%m-%d %H:%M:%S.000000', {instant}, ({seconds}) || ' seconds')"


class opaque(FunctionElement[str]):
    """32 hexadecimal digits that nobody can guess, made from a fresh secret and different for each `value`.

    PostgreSQL's own random numbers would take 12 µs each, as much as writing the row.
    """

    type = String(32)
    inherit_cache = True

    def __init__(self, value: ColumnElement[str]) -> None:
        super().__init__(bindparam(None, secrets.token_hex(16), String), value)


@compiles(opaque, "postgresql")
def _opaque_in_postgresql(element: opaque, compiler: SQLCompiler, **options: Any) -> str:
    secret, of = (compiler.process(clause, **options) for clause in element.clauses)
    return f"substr(encode(sha256(convert_to({secret} || {of}, 'UTF8')), 'hex'), 1, 32)"


@compiles(opaque, "sqlite")
def _opaque_in_sqlite(element: opaque, compiler: SQLCompiler, **options: Any) -> str:
    return "lower(hex(randomblob(16)))"


def computed_once(rows: SelectBase, name: str) -> Subquery:
    """The rows of this query are worked out once, then joined.

    Both databases take a table they have not analysed yet for almost empty, and would run a large query again
    for each row of another: in every test, and in production right after a company has been imported.
    """
    once = rows.cte(name, nesting=True).prefix_with("MATERIALIZED")
    return select(once).subquery(f"{name}_once")


async def look_up_by_index(session: AsyncSession) -> None:
    """PostgreSQL uses indexes for the rest of this transaction.

    It takes a table that it analysed while empty for tiny until it analyses it again, and reads all of it for
    every look-up: planning for 100,000 people took 45 s then, instead of 15 s.
    """
    if session.get_bind().dialect.name == "postgresql":
        connection = await session.connection()
        await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")


def rows_as_table(
    session: AsyncSession, name: str, columns: Sequence[ColumnClause[Any]], rows: Sequence[Sequence[object]]
) -> FromClause:
    """Our own rows become a table to join with, in one parameter. The statement stays the same for any number
    of rows: it is compiled once, and no limit on parameters is met.
    """
    if session.get_bind().dialect.name == "postgresql":
        names = [column.name for column in columns]
        records = [dict(zip(names, map(_iso, row), strict=True)) for row in rows]
        recordset = func.json_to_recordset(bindparam(None, records, JSON)).table_valued(*columns)
        return recordset.render_derived(name=name, with_types=True)
    row = func.json_each(bindparam(None, [[_stored(field) for field in row] for row in rows], JSON))
    each = row.table_valued("value")
    fields = (
        func.json_extract(each.c.value, f"$[{place}]", type_=column.type).label(column.name)
        for place, column in enumerate(columns)
    )
    return computed_once(select(*fields).select_from(each), name)


def _iso(field: object) -> object:
    return field.isoformat() if isinstance(field, date) else field


def _stored(field: object) -> object:
    """The instant in the text that SQLAlchemy stores on SQLite."""
    if isinstance(field, datetime):
        return field.strftime("%Y-%m-%d %H:%M:%S.%f")
    return _iso(field)
