"""The bot inside the demo: same process, same clock. The one part of the playground that may import `bot`."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from bot import jobs, logs, schema
from bot.bolt import Intake
from bot.capabilities import house
from bot.cli import Operator
from bot.cli.importing import read_text
from bot.cli.run import assembled, delivering
from bot.config import Settings
from bot.context import Bot
from bot.errors import BotError
from bot.guard import Guard
from bot.server import Server, web_app
from bot.services import people, people_import
from playground.app import Installed
from playground.clock import MovableClock
from playground.hosting.journey import Journey
from playground.hosting.story import live, remember
from playground.past import Happening
from playground.steps import StepFailed


class HostedBot:
    """Rapport as the demo runs it, on the demo's clock."""

    def __init__(self, clock: MovableClock) -> None:
        self.clock = clock
        self.url = ""  # where Slack reaches it, once it is at work
        self._bot: Bot
        self._house = house()
        self._standing = contextlib.AsyncExitStack()
        self._journey: Journey | None = None  # the one under way
        self._ending = False

    @contextlib.asynccontextmanager
    async def at_work(
        self, installed: Installed, database: Path, *, api_url: str, host: str, port: int
    ) -> AsyncIterator[None]:
        """Prepares the database, and answers at its address inside the block. Nothing is delivered yet."""
        settings = _settings(
            api_url=api_url,
            token=installed.token,
            signing_secret=installed.app.signing_secret,
            database=database,
            host=host,
            port=port,
        )
        self.url = f"http://{host}:{port}"
        async with contextlib.AsyncExitStack() as stack:
            with failing_plainly():
                await schema.upgrade(settings.sqlalchemy_url)
                operator = Operator(lambda: settings, self.clock.now)
                self._bot, intake = await stack.enter_async_context(assembled(operator, self._house))
                await stack.enter_async_context(self._open_door(intake))
            yield

    @contextlib.asynccontextmanager
    async def _open_door(self, intake: Intake) -> AsyncIterator[None]:
        bot = self._bot
        guard = Guard(bot.settings.signing_secrets, intake, now=bot.now, metrics=bot.metrics)
        server = Server(web_app(bot, bot.metrics, guard=guard), bot.settings.host, bot.settings.port)
        serving = asyncio.create_task(server.serve())
        try:
            yield
        finally:
            server.stop()
            await serving

    async def import_people(self, file: Path) -> None:
        with failing_plainly():
            async with self._bot.work() as session:
                plan = await people_import.plan(session, read_text(file))
                if plan.problems:
                    raise StepFailed("\n".join(map(str, plan.problems)))
                await people_import.apply(session, plan, now=self.clock.now())

    async def grant_hr(self, *emails: str) -> None:
        with failing_plainly():
            async with self._bot.work() as session:
                for email in emails:
                    person = await people.by_email(session, email)
                    await people.grant_hr(session, person, now=self.clock.now())

    @contextlib.asynccontextmanager
    async def speaking(self) -> AsyncIterator[None]:
        """The courier and the timetable at work at the pace of the wall, as in a real workspace."""
        await self._stand()
        try:
            yield
        finally:
            self._ending = True
            if self._journey:
                await self._journey.break_off()
            await self._standing.aclose()

    async def _stand(self) -> None:
        await self._standing.enter_async_context(delivering(self._bot, self._house))
        await self._standing.enter_async_context(jobs.ticking(self._bot, self._house.timetable))

    async def remember(self, past: Sequence[Happening], until: datetime) -> None:
        """What happened long ago: written down, everybody told of it long ago, and posted when it was."""
        with failing_plainly():
            await remember(self._bot, past)
        journey = Journey(self._bot, self._house, self.clock, with_rounds=False)
        await journey.to(until.timestamp())
        await journey.end()

    async def live_through(self, happenings: Sequence[Happening], until: datetime) -> None:
        """With everything the bot says on the way. Before it speaks at the pace of the wall only."""
        self._journey = journey = Journey(self._bot, self._house, self.clock)
        try:
            await live(self._bot, journey, happenings)
            await journey.to(until.timestamp())
        finally:
            await journey.end()
            self._journey = None

    async def travel(self, happenings: Sequence[Happening], until: datetime) -> None:
        """The same while it speaks: meanwhile the standing courier and timetable rest. They stay at rest when the demo
        ends on the way.
        """
        await self._standing.aclose()
        try:
            if not self._ending:
                await self.live_through(happenings, until)
        finally:
            if not self._ending:
                await self._stand()


def _settings(
    *, api_url: str, token: str, signing_secret: str, database: Path, host: str, port: int
) -> Settings:
    """Given, not read: a `.env` somebody has for a real workspace plays no part here."""
    return Settings(
        _env_file=None,
        slack_api_url=api_url,
        slack_bot_token=SecretStr(token),
        slack_signing_secret=SecretStr(signing_secret),
        slack_signing_secret_previous=None,
        slack_app_token=None,
        slack_mode="http",
        database_url=f"sqlite:///{database}",
        host=host,
        port=port,
        command_prefix="",
    )


def log_to(file: Path) -> contextlib.AbstractContextManager[object]:
    """The bot's log, each start anew."""
    stream = file.open("w", encoding="utf-8")
    logs.configure(stream)
    sys.excepthook = sys.__excepthook__  # the demo's own mistakes belong on the terminal
    return stream


@contextlib.contextmanager
def failing_plainly() -> Iterator[None]:
    try:
        yield
    except BotError as error:
        raise StepFailed(error.sentence) from error
    except (SQLAlchemyError, OSError) as error:
        raise StepFailed(f"{type(error).__name__}: {error}") from error
