"""What SQLite and PostgreSQL spell differently."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FunctionElement, Select, String, Subquery, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from bot.db.base import UtcDateTime


class later(FunctionElement[datetime]):
    """An instant and a whole number of seconds after it, in the text SQLAlchemy stores on SQLite."""

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


class random_hex(ColumnElement[str]):
    """32 hexadecimal digits nobody can guess: a new one for every row."""

    type = String(32)
    inherit_cache = True


@compiles(random_hex, "postgresql")
def _random_in_postgresql(element: random_hex, compiler: SQLCompiler, **options: Any) -> str:
    return "replace(gen_random_uuid()::text, '-', '')"


@compiles(random_hex, "sqlite")
def _random_in_sqlite(element: random_hex, compiler: SQLCompiler, **options: Any) -> str:
    return "lower(hex(randomblob(16)))"


def computed_once(rows: Select[*tuple[Any, ...]], name: str) -> Subquery:
    """A query whose rows are worked out once, and joined then.

    Both databases take a table they have not analysed yet for almost empty, and would work a large query out again
    for each row of another: in every test, and in earnest right after a company has been imported.
    """
    once = rows.cte(name, nesting=True).prefix_with("MATERIALIZED")
    return select(once).subquery(f"{name}_once")
