"""Handlers open the database here: each gets a session and the person who asks.

`reading` changes nothing. `writing` commits at the end of its block and says what makes a repeat harmless: Slack
delivers a request again when our answer was late, and people press twice.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.context import Bot
from bot.db import Session
from bot.handlers.routing import Call
from bot.models import Person
from bot.services import inbox, people


@dataclass(frozen=True, slots=True)
class Harmless:
    """This states why the write may happen twice. It documents the handler; nothing evaluates it."""

    because: str


@asynccontextmanager
async def reading(bot: Bot, call: Call) -> AsyncIterator[tuple[Session, Person]]:
    """The block gets a read session and the person who asks. Raises `NotAllowed` for people who are no colleagues."""
    async with bot.read() as session:
        yield session, await people.by_slack_id(session, call.user_id)


@asynccontextmanager
async def writing(bot: Bot, call: Call, *, once: str | Harmless) -> AsyncIterator[tuple[Session, Person]]:
    """The block gets a transaction and the person who asks. `once` is the key under which the inbox counts this request
    a single time (`call.key`; a repeat raises `AlreadyDone`), or the reason why no key is needed.
    """
    async with bot.work() as session:
        if isinstance(once, str):
            await inbox.accept(session, once, now=bot.now())
        yield session, await people.by_slack_id(session, call.user_id)
