"""The wall between workspaces.

A session is opened for one workspace, and every query in it sees only that workspace's rows. Statements that
cannot be narrowed (a Core statement, a bulk write outside of the functions below) are refused. Foreign keys
carry the workspace too, so the database itself refuses a row that points into another one.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    Delete,
    Executable,
    Select,
    String,
    Table,
    Update,
    bindparam,
    event,
    inspect,
    literal,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key
from sqlalchemy.sql.dml import ReturningInsert

from bot.db.base import Scoped


class WrongWorkspace(Exception):
    """Our code tried to reach past its session's workspace. This is never the person's mistake."""


Values = Mapping[str, object] | Sequence[Mapping[str, object]]


class WorkspaceSession(Session):
    """Every `AsyncSession` here runs on this session; `info["workspace_id"]` says whose rows it may touch."""


@event.listens_for(WorkspaceSession, "do_orm_execute")
def _stay_inside(state: ORMExecuteState) -> None:
    workspace_id: str = state.session.info["workspace_id"]
    if state.execution_options.get("workspace_id") == workspace_id:
        return  # a function below wrote the workspace into the statement itself
    if state.is_insert or (state.is_update and isinstance(state.parameters, list)):
        raise WrongWorkspace("bulk writes go through insert_rows, insert_selected and update_rows")
    if not state.is_orm_statement:
        raise WrongWorkspace("only statements on mapped classes can be narrowed to the workspace")
    state.statement = state.statement.options(_only(workspace_id))


@lru_cache(maxsize=16)
def _only(workspace_id: str) -> LoaderCriteriaOption:
    """The options are cached: SQLAlchemy analyses the lambda of each new one."""
    return with_loader_criteria(Scoped, lambda cls: cls.workspace_id == workspace_id, include_aliases=True)


@event.listens_for(WorkspaceSession, "before_flush")
def _write_inside(session: Session, *_: object) -> None:
    workspace_id: str = session.info["workspace_id"]
    for row in session.new:
        if isinstance(row, Scoped) and row.__dict__.get("workspace_id") is None:
            row.workspace_id = workspace_id
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, Scoped) or row.workspace_id != workspace_id:
            raise WrongWorkspace(f"{type(row).__name__} belongs to another workspace")


async def insert_rows(
    session: AsyncSession, model: type[Scoped], rows: Sequence[Mapping[str, object]]
) -> list[int]:
    """Inserts many rows in one statement, skips those whose unique key exists, returns the new ids."""
    if not rows:
        return []
    workspace_id: str = session.info["workspace_id"]
    inside = [{**row, "workspace_id": workspace_id} for row in rows]
    statement = _insert_new(table_of(model), session.get_bind().dialect.name)
    inserted = await _execute(session, statement, inside if len(inside) > 1 else inside[0])
    return list(inserted.scalars())


@cache
def _insert_new(table: Table, dialect: str) -> ReturningInsert[int]:
    """The statement inserts into the table: the ORM's bulk insert takes twice the time and adds nothing here."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().returning(table.c.id)


async def _execute(session: AsyncSession, statement: Executable, values: Values) -> CursorResult[Any]:
    """Pending changes are flushed, then the statement runs on the connection: going through the ORM takes twice
    as long and adds nothing.
    """
    if session.new or session.dirty or session.deleted:
        await session.flush()
    connection = await session.connection()
    return await connection.execute(statement, values)


def table_of(model: type[Scoped]) -> Table:
    return cast(Table, inspect(model).local_table)


THE_WORKSPACE = bindparam("the_workspace", type_=String(32))
"""The session's workspace id in a `Prepared` statement. Each subquery has to name it too."""


class Prepared:
    """A statement on one table that is built once, for places where people wait: building it and running it
    through the ORM takes SQLAlchemy longer than the database needs. Loaded objects stay as they were.
    """

    def __init__(self, model: type[Scoped], statement: Select[*tuple[Any, ...]] | Update | Delete) -> None:
        self._statement = statement.where(inspect(model).columns["workspace_id"] == THE_WORKSPACE)

    async def execute(self, session: AsyncSession, **values: object) -> CursorResult[Any]:
        """Runs the statement; `values` holds one value for each `bindparam`."""
        return await _execute(session, self._statement, self._inside(session, values))

    async def scalars(self, session: AsyncSession, **values: object) -> Sequence[Any]:
        """Each row's object, with the values the database has now. Statements that return what they changed can
        use it, too.
        """
        workspace_id: str = session.info["workspace_id"]
        found = await session.scalars(
            self._statement,
            self._inside(session, values),
            execution_options={
                "workspace_id": workspace_id,
                "populate_existing": True,
                "synchronize_session": False,
            },
        )
        return found.all()

    @staticmethod
    def _inside(session: AsyncSession, values: Mapping[str, object]) -> dict[str, object]:
        return {**values, "the_workspace": session.info["workspace_id"]}


async def insert_selected(session: AsyncSession, model: type[Scoped], rows: Select[*tuple[Any, ...]]) -> int:
    """Inserts the rows of a query, whose columns are named after the model's, without loading them here.

    Rows whose unique key exists are skipped; the number of new rows is returned. The query sees its own
    workspace only.
    """
    workspace_id: str = session.info["workspace_id"]
    rows = rows.add_columns(literal(workspace_id).label("workspace_id"))
    rows = rows.where(literal(True))  # or SQLite would take ON CONFLICT for the ON of a join
    names = [column.name for column in rows.selected_columns]
    statement = (
        _insert(session, model).from_select(names, rows, include_defaults=False).on_conflict_do_nothing()
    )
    done = await session.execute(
        statement.options(_only(workspace_id)), execution_options={"workspace_id": workspace_id}
    )
    assert isinstance(done, CursorResult)  # noqa: S101  as every INSERT's
    return done.rowcount


def _insert(session: AsyncSession, model: type[Scoped]) -> postgresql.Insert | sqlite.Insert:
    return (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(model)


async def update_rows(
    session: AsyncSession, model: type[Scoped], rows: Sequence[Mapping[str, object]]
) -> None:
    """Updates many rows in one statement. Each row names its `id` and the same columns as the others.

    A bulk update by primary key ignores loader criteria, so the statement itself names the workspace.
    SQLAlchemy then leaves loaded objects as they were, so they are brought up to date here.
    """
    if not rows:
        return
    workspace_id: str = session.info["workspace_id"]
    await session.execute(
        update(model).where(model.workspace_id == workspace_id),
        [dict(row) for row in rows],
        execution_options={"workspace_id": workspace_id, "synchronize_session": None},
    )
    for row in rows:
        loaded = session.identity_map.get(identity_key(model, row["id"]))
        if loaded is not None:
            for column, value in row.items():
                set_committed_value(loaded, column, value)
