"""An office of four, and what the command line lists of it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import Result

from bot.models import Notification, Person
from bot.packs import shipped_packs
from bot.services import nudges
from tests.cli.conftest import in_database
from tests.conftest import NOW

DAY = timedelta(days=1)
FRIDAY = datetime(2026, 11, 20, 16, 15, tzinfo=NOW.tzinfo)
Work = Callable[[AsyncSession], Awaitable[Any]]


@dataclass
class Office:
    """The database beside the command line."""

    url: str

    def do(self, work: Work) -> Any:
        return asyncio.run(in_database(self.url, work))

    def hire(self, name: str, **values: Any) -> None:
        """Known by the first name in lower case: ana@example.com, in Lisbon."""
        word = name.split()[0].lower()
        usual = {"slack_user_id": f"U{word.upper()}", "email": f"{word}@example.com"}

        async def work(session: AsyncSession) -> None:
            session.add(Person(name=name, **{**usual, "timezone": "Europe/Lisbon", **values}))

        self.do(work)

    def change(self, word: str, **values: Any) -> None:
        async def work(session: AsyncSession) -> None:
            await session.execute(
                update(Person).where(Person.email == f"{word}@example.com").values(**values)
            )

        self.do(work)

    def start(self, *, at: datetime = NOW - DAY) -> None:
        async def work(session: AsyncSession) -> None:
            await nudges.start(session, None, now=at)

        self.do(work)

    def plan(self, now: datetime = FRIDAY - DAY) -> None:
        async def work(session: AsyncSession) -> None:
            await nudges.plan(session, now=now, packs=shipped_packs())

        self.do(work)

    def owe(self, word: str, key: str, **values: Any) -> int:
        """A row of the ledger; its number."""

        async def work(session: AsyncSession) -> int:
            person = (
                await session.scalars(select(Person).where(Person.email == f"{word}@example.com"))
            ).one()
            usual = {"kind": nudges.NUDGE.name, "subject": {"week": "2026-11-16"}, "due_at": FRIDAY}
            notification = Notification(person_id=person.id, key=key, nonce=key, **{**usual, **values})
            session.add(notification)
            await session.flush()
            return notification.id

        return int(self.do(work))

    def size_of_ledger(self) -> int:
        return int(self.do(lambda session: session.scalar(select(func.count(Notification.id)))))


def listed(result: Result) -> list[dict[str, Any]]:
    """The JSON, without what warns beside it."""
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found
