"""The command line as an operator types it, on a database of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
import typer
from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import CliRunner, Result

from bot import schema
from bot.cli import Operator, goals, hr, nudges, people
from bot.db import Database
from bot.errors import BotError
from bot.models import Workspace
from tests.conftest import HOME, NOW, settings

Found = TypeVar("Found")
Rapport = Callable[..., Result]


async def install(url: str) -> None:
    """A migrated database with one workspace, as after the first contact with Slack."""
    await schema.upgrade(settings(url).sqlalchemy_url)
    await in_database(url, _first_contact)


async def _first_contact(session: AsyncSession) -> None:
    session.add(Workspace(name="Home", installed_at=NOW))


async def in_database(url: str, work: Callable[[AsyncSession], Awaitable[Found]]) -> Found:
    """One transaction beside the command line."""
    database = Database(settings(url).sqlalchemy_url, wait_seconds=30)
    try:
        async with database.work(HOME) as session:
            return await work(session)
    finally:
        await database.close()


def run(url: str, *words: object, **values: Any) -> Result:
    """`values`: settings. A `BotError` is raised as it is; `__main__` makes a line and exit code 1 of it."""
    app = typer.Typer()
    for name, part in (("people", people), ("hr", hr), ("nudges", nudges), ("goals", goals)):
        app.add_typer(part.app, name=name)
    operator = Operator(lambda: settings(url, **values), lambda: NOW)
    result = CliRunner().invoke(app, [str(word) for word in words], obj=operator)
    if isinstance(result.exception, BotError):
        raise result.exception
    return result


@pytest.fixture
async def new_database(tmp_path: Path) -> str:
    """`url` for a test that runs in a loop itself."""
    address = f"sqlite:///{tmp_path / 'rapport.db'}"
    await install(address)
    return address


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'rapport.db'}"
    asyncio.run(install(address))
    return address


@pytest.fixture
def rapport(url: str) -> Rapport:
    """`rapport("people", "list")` gives what was printed and the exit code."""
    return lambda *words, **values: run(url, *words, **values)
