"""Two companies in one local Slack and one database, each with its own running bot, on a clock the story moves."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from bot import installation
from bot.bolt import Intake, bolt_app
from bot.capabilities import House, house
from bot.config import Settings
from bot.context import Bot
from bot.courier import Courier, Pace
from bot.db import Database
from bot.guard import Guard
from bot.handlers import register_all
from bot.metrics import Metrics
from bot.models import Person
from bot.packs import shipped_packs
from bot.server import web_app
from bot.services import people
from bot.slack import Slack
from bot.socket_mode import SocketMode
from playground.app import App
from playground.driver import Slack as Driver
from playground.listening import listening
from playground.manifest import AppManifest
from playground.server import Playground
from playground.workspace import Workspace

MANIFEST = AppManifest.read(Path(__file__).parents[2] / "app.yaml")
WEDNESDAY = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
Mode = Literal["http", "socket"]


class Clock:
    """The one clock of a story: Slack's seconds and the bot's instants."""

    def __init__(self, start: datetime = WEDNESDAY) -> None:
        self.now = start

    def seconds(self) -> float:
        return self.now.timestamp()

    def instant(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    def move(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass
class Company:
    """One workspace with people in it and a bot that runs."""

    slack: Driver
    bot: Bot
    courier: Courier
    app: App
    playground: Playground

    async def delivered(self) -> None:
        """Everything the bot owes anybody has been said."""
        await self.playground.quiet()
        await self.courier.deliver_due()
        await self.playground.quiet()

    async def sent(self) -> None:
        """Every picture and file that somebody asked for is there."""
        await asyncio.gather(*self.bot.errands)
        await self.playground.quiet()


@dataclass(frozen=True)
class Hire:
    """Somebody to put into both Slack and the directory; `manager` is a name that came before."""

    name: str
    manager: str | None = None
    hr: bool = False


TEAM = (
    Hire("Dee Park"),
    Hire("Carla Diaz", "Dee Park"),
    Hire("Ben Okafor", "Carla Diaz"),
    Hire("Ana Silva", "Ben Okafor"),
    Hire("Pia Lund", "Ben Okafor"),
    Hire("Hana Ito", "Dee Park", hr=True),
)


@asynccontextmanager
async def company(
    playground: Playground,
    database: Database,
    settings: Settings,
    clock: Clock,
    *,
    name: str,
    mode: Mode = "http",
    hires: Sequence[Hire] = TEAM,
    whole: House | None = None,
) -> AsyncIterator[Company]:
    whole = whole or house()
    workspace = playground.workspace(name)
    app = App.create(MANIFEST, seed=name)
    app.socket_mode = mode == "socket"
    installed = playground.install(app, workspace)
    async with AsyncExitStack() as stack:
        connecting = Slack.connect(
            installed.token, playground.api_url, command_prefix=settings.command_prefix
        )
        slack = await stack.enter_async_context(connecting)
        identity = await installation.greet(slack)
        bot = Bot(
            workspace_id=await installation.register(database, identity, now=clock.now),
            settings=settings,
            database=database,
            slack=slack,
            packs=shipped_packs(),
            now=clock.instant,
        )
        await hire(bot, workspace, hires)
        bolt = bolt_app(identity, playground.api_url)
        register_all(bolt, bot, whole.front)
        await listen(stack, bot, Intake(bolt, Metrics.new()), app, playground)
        courier = Courier(bot, whole.spoken, pace=Pace(), sleep=clock.sleep)
        yield Company(Driver(playground, workspace), bot, courier, app, playground)
        await playground.quiet()


async def listen(stack: AsyncExitStack, bot: Bot, intake: Intake, app: App, playground: Playground) -> None:
    """Over HTTP with signed requests, or over Socket Mode, as the app is set up."""
    if not app.socket_mode:
        guard = Guard([app.signing_secret], intake, now=bot.now, metrics=Metrics.new())
        url = await stack.enter_async_context(
            listening(web_app(bot, Metrics.new(), guard=guard), "127.0.0.1", 0)
        )
        await playground.save_request_url(app, f"{url}/slack/events")
        return
    connection = SocketMode(
        app.app_token,
        playground.api_url,
        intake,
        metrics=Metrics.new(),
        monotonic=asyncio.get_running_loop().time,
    )
    await connection.start()
    stack.push_async_callback(connection.stop)
    await playground.until(lambda: bool(playground.sockets_of(app).connections))


async def hire(bot: Bot, workspace: Workspace, hires: Sequence[Hire]) -> None:
    known: dict[str, Person] = {}
    async with bot.work() as session:
        for one in hires:
            word = one.name.split()[0].lower()
            member = workspace.add_person(
                one.name, handle=word, tz="Europe/Lisbon", email=f"{word}@example.com"
            )
            manager = known[one.manager].id if one.manager else None
            known[one.name] = person = Person(
                slack_user_id=member.id,
                name=one.name,
                email=f"{word}@example.com",
                timezone="Europe/Lisbon",
                manager_id=manager,
            )
            session.add(person)
            await session.flush()
            if one.hr:
                await people.grant_hr(session, person, now=bot.now())
