"""A company lives through weeks: its people in the local Slack and the directory, two replicas of the bot, one
database, and a clock that jumps from one event to the next.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.capabilities import house
from bot.config import Settings
from bot.context import Bot
from bot.courier import Courier, Pace
from bot.db import Database
from bot.packs import Packs, shipped_packs
from bot.services import notifications, nudges
from playground.app import App, Installed
from playground.manifest import AppManifest
from playground.server import Playground
from playground.weather import Weather
from playground.web_api.call import Request
from tests.conftest import HOME
from tests.simulation import deeds, wire
from tests.simulation.company import Someone
from tests.simulation.inline import run_inline
from tests.simulation.life import Fate, Happening
from tests.simulation.virtual_time import Clock

MANIFEST = AppManifest.read(Path(__file__).parents[2] / "app.yaml")
WEEK = timedelta(days=7)
PLAN_EVERY, PLAN_SOON = timedelta(hours=36), timedelta(hours=6)  # soon: after something has changed
# people are asked over half an hour; one look takes along what has come due
LOOK_EVERY = timedelta(minutes=15)
ENDLESS = 3600  # seconds: a courier still at it finds no end
BOTH_AWAKE = 0.1  # of all looks: two processes at once; else one of them


class Killed(BaseException):
    """A process dies: it writes nothing down any more."""


@dataclass
class Replica:
    """One process: its own connections, its own courier. `doomed`: at its next call it dies, before or after."""

    bot: Bot
    courier: Courier
    doomed: str = ""
    at_work: "asyncio.Task[None] | None" = None

    @property
    def is_idle(self) -> bool:
        return self.at_work is None or self.at_work.done()

    async def deliver(self) -> None:
        try:
            async with asyncio.timeout(ENDLESS):
                await self.courier.deliver_due()
        except Killed:
            self.doomed = "dead"


@dataclass
class World:
    """`put_off`: nonce → key of each snoozed message. Its notification comes once more, under another nonce."""

    clock: Clock
    chance: random.Random
    weather: Weather
    playground: Playground
    installed: Installed
    settings: Settings
    packs: Packs
    staff: list[Someone] = field(default_factory=list)
    replicas: list[Replica] = field(default_factory=list)
    put_off: dict[str, str] = field(default_factory=dict)
    did: Counter[str] = field(default_factory=Counter)
    pings_read: int = 0
    tried: list[tuple[datetime, str]] = field(default_factory=list)
    """Each message the bot wanted to send, and to whom: Slack itself would keep those to leavers from us."""

    @property
    def bot(self) -> Bot:
        """Of whichever process a request of Slack's reaches."""
        return self.chance.choice(self.replicas).bot

    def now(self) -> datetime:
        return self.clock.now()

    # Processes come and go

    def start_replica(self, database: Database) -> Replica:
        def passing(when: str, request: Request) -> None:
            if replica.doomed == when:
                raise Killed
            if when == "call" and request.method == "chat.postMessage":
                self.tried.append((self.now(), str(request.args["channel"])))

        slack = wire.connect(wire.Wire(self.playground, self.clock, passing), self.installed.token)
        bot = Bot(HOME, self.settings, database, slack, self.packs, self.clock.now)
        replica = Replica(bot, Courier(bot, house().spoken, pace=Pace()))
        return replica

    async def bury(self, replica: Replica) -> None:
        """Another takes its place, over connections of its own. It inherits what SQLAlchemy has made of the bot's
        statements: to make it again takes longer than to live through a day.
        """
        await replica.bot.database.close()
        self.replicas[self.replicas.index(replica)] = self.start_replica(replica.bot.database)
        self.did["killed"] += 1

    # Time goes by

    async def live(self, weeks: int, fate: Fate) -> None:
        begins = self.now()
        for _ in range(weeks):
            await self._through(fate.of(begins, self.staff), until=begins + WEEK)
            begins += WEEK

    async def _through(self, happenings: Sequence[Happening], until: datetime) -> None:
        """Planning, delivering and living go on side by side."""
        coming = list(reversed(happenings))
        plan_at = self.now()
        while self.now() < until:
            if self.now() >= plan_at:
                await self._plan()
                plan_at = self.now() + PLAN_EVERY
            while coming and coming[-1].at <= self.now():
                if await deeds.happen(self, coming.pop()):
                    plan_at = min(plan_at, self.now() + PLAN_SOON)
            await deeds.put_some_off(self)
            await self._deliver()
            wake_at = min(until, plan_at, await self._due(), *(one.at for one in coming[-1:]))
            await asyncio.sleep(self.clock.seconds_to(wake_at))

    async def _plan(self) -> None:
        bot = self.bot
        async with bot.work() as session:
            await nudges.plan(session, now=bot.now(), packs=bot.packs)
        self.did["planned"] += 1

    async def _due(self) -> datetime:
        async with self.bot.read() as session:
            due = await notifications.next_due(session)
        return max(due or self.now(), self.now()) + LOOK_EVERY

    async def _deliver(self) -> None:
        for replica in [one for one in self.replicas if one.doomed == "dead"]:
            await self.bury(replica)
        idle = [one for one in self.replicas if one.is_idle]
        self.chance.shuffle(idle)
        for replica in idle:
            if replica.at_work:
                replica.at_work.result()  # a courier that came to grief is no courier that is through
        for replica in idle if self.chance.random() < BOTH_AWAKE else idle[:1]:
            replica.at_work = asyncio.get_running_loop().create_task(replica.deliver())

    async def stop(self) -> None:
        for replica in self.replicas:
            if replica.at_work:
                replica.at_work.cancel()
                with suppress(asyncio.CancelledError):
                    await replica.at_work
            await replica.bot.database.close()


@asynccontextmanager
async def settled(settings: Settings, *, people: int, start: date, seed: object) -> AsyncIterator[World]:
    """Everybody hired, the check-in started, and nobody asked yet."""
    clock = Clock(datetime.combine(start, time(), UTC))
    weather = Weather(clock, seed=seed)
    playground = Playground(clock=clock, faults=weather)
    installed = playground.install(App.create(MANIFEST), playground.workspace("Everywhere"))
    chance = random.Random(f"chance {seed}")  # noqa: S311 - to be repeatable is the point
    world = World(clock, chance, weather, playground, installed, settings, shipped_packs())
    world.replicas = [world.start_replica(database_of(settings)) for _ in range(2)]
    await deeds.join(world, people)
    await deeds.welcome_everybody(world)
    async with world.bot.work() as session:
        await nudges.start(session, None, now=clock.now())
    try:
        yield world
    finally:
        await world.stop()


def database_of(settings: Settings) -> Database:
    database = Database(settings.sqlalchemy_url)
    run_inline(database)
    return database
