"""Engine, sessions, column types, and the wall between workspaces.

A session is opened for one workspace. Whatever runs in it is narrowed to that workspace's rows, and what
cannot be narrowed (a Core statement, a bulk write past `insert_rows` and `update_rows`) is refused. Foreign
keys carry the workspace too, so the database itself refuses a row that points into another one.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    String,
    Text,
    TypeDecorator,
    event,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

BUSY_SECONDS = 2.0  # waiting longer for a lock would eat Slack's 3 s; the person gets an apology instead
READERS = 4


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses naive values, gives back UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UtcDateTime, str: Text}


class Scoped:
    """A row that belongs to one Slack workspace. The session fills `workspace_id` in and holds it."""

    workspace_id: Mapped[str] = mapped_column(String(32), ForeignKey("workspaces.id"))


def same_workspace(column: str, target: str, **options: Any) -> ForeignKeyConstraint:
    """A foreign key that cannot point into another workspace."""
    return ForeignKeyConstraint(
        ["workspace_id", column], [f"{target}.workspace_id", f"{target}.id"], **options
    )


class WrongWorkspace(Exception):
    """Our own mistake, never the person's: code tried to reach past its session's workspace."""


class WorkspaceSession(Session):
    """The session under every `AsyncSession` here; `info["workspace_id"]` says whose rows it may touch."""


@event.listens_for(WorkspaceSession, "do_orm_execute")
def _stay_inside(state: ORMExecuteState) -> None:
    workspace_id: str = state.session.info["workspace_id"]
    if state.is_insert or (state.is_update and isinstance(state.parameters, list)):
        if state.execution_options.get("workspace_id") != workspace_id:
            raise WrongWorkspace("bulk writes go through db.insert_rows and db.update_rows")
        return
    if not state.is_orm_statement:
        raise WrongWorkspace("only statements on mapped classes can be narrowed to the workspace")
    state.statement = state.statement.options(
        with_loader_criteria(Scoped, lambda cls: cls.workspace_id == workspace_id, include_aliases=True)
    )


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
    build = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = build(model).on_conflict_do_nothing().returning(model.id)  # type: ignore[attr-defined]
    inserted = await session.scalars(
        statement,
        [{**row, "workspace_id": workspace_id} for row in rows],
        execution_options={"workspace_id": workspace_id},
    )
    return list(inserted)


async def update_rows(
    session: AsyncSession, model: type[Scoped], rows: Sequence[Mapping[str, object]]
) -> None:
    """Updates many rows in one statement. Each names its `id` and the same columns as the others.

    A bulk update by primary key takes no loader criteria, so the workspace stands in the statement itself; in
    exchange SQLAlchemy leaves loaded objects as they were, and they are brought up to date here.
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


class Database:
    """The bot's database: `work()` is one write transaction, `read()` one consistent look."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._writer = _engine(url, writes=True)
        self._reader = _engine(url, writes=False) if self.is_sqlite else self._writer

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def work(self, workspace_id: str) -> AsyncIterator[AsyncSession]:
        """Commits when the block ends, rolls back when it raises."""
        async with _session(self._writer, workspace_id) as session, session.begin():
            yield session

    @asynccontextmanager
    async def read(self, workspace_id: str) -> AsyncIterator[AsyncSession]:
        async with _session(self._reader, workspace_id) as session:
            yield session

    async def workspace_ids(self) -> list[str]:
        """Which workspaces there are: the one question asked outside of any."""
        async with self._reader.connect() as connection:
            return list(await connection.scalars(text("SELECT id FROM workspaces ORDER BY installed_at, id")))

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()


def _session(engine: AsyncEngine, workspace_id: str) -> AsyncSession:
    return AsyncSession(
        engine,
        sync_session_class=WorkspaceSession,
        expire_on_commit=False,
        info={"workspace_id": workspace_id},
    )


def _engine(url: URL, *, writes: bool) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        return create_async_engine(
            url,
            hide_parameters=True,
            pool_size=10,
            max_overflow=0,
            pool_timeout=BUSY_SECONDS,
            pool_pre_ping=False,
        )
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=1 if writes else READERS,  # several writers fight through the busy timer: 130 ms p99
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        connect_args={"timeout": BUSY_SECONDS},
    )
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late and is deferred
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        if not writes:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
