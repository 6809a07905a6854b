"""A line of the timetable: what a capability wants done again and again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.context import Bot
from bot.db import Session


@dataclass(frozen=True, slots=True)
class Job:
    """`run` may come late, twice, or in two processes at once: what is due and what is done stands in tables."""

    name: str
    every: timedelta
    run: Callable[[Bot], Awaitable[None]]


class Deed(Protocol):
    """Something a service does at a given moment, with the rows it finds."""

    def __call__(self, session: Session, *, now: datetime) -> Awaitable[object]: ...


def in_one_transaction(deed: Deed) -> Callable[[Bot], Awaitable[None]]:
    """The deed as a job: all of it is saved, or nothing."""

    async def run(bot: Bot) -> None:
        async with bot.work() as session:
            await deed(session, now=bot.now())

    return run
