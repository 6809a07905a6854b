"""A process that dies where it is told to: `python -m tests.crash.child` reads one order a line and says what
became of each.

It has everything imported and forks for each life, so that a life costs milliseconds. A life is the bot as it is in
production, on a real database and a real connection to the local Slack; before each write, commit and call, and
after each answer, it asks whether its hour has come, and then it is SIGKILL that ends it.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientSession, ClientTimeout, TraceConfig
from sqlalchemy import event

from bot import handlers
from bot.capabilities import house
from bot.context import Bot
from bot.courier import Courier, Pace
from bot.db import Database
from bot.handlers.nudges.jobs import plan_nudges
from bot.handlers.routing import Call, Window
from bot.packs import Packs, shipped_packs
from bot.slack import Slack
from tests.conftest import HOME, settings

WRITES = ("INSERT", "UPDATE", "DELETE")
PATIENCE = 3
ENDED = "checkins.saved"
TOO_LONG = 1.0  # seconds a life waits for something; the next one goes on


@dataclass(frozen=True)
class Order:
    """`doing`: plan, deliver, submit. `die_at`: the number of the step; 0 lives on."""

    database: str
    api_url: str
    token: str
    now: str
    doing: list[str]
    die_at: int = 0
    submission: dict[str, Any] | None = None


@dataclass(frozen=True)
class Fate:
    """`steps`: as far as it got, one after the other."""

    killed: bool
    steps: list[str]
    problem: str = ""

    @property
    def step(self) -> str:
        """The last one: where it died."""
        return self.steps[-1]


class Enough(Exception):
    """Slack wants us to wait longer than this life lasts."""


class Steps:
    def __init__(self, die_at: int, tell: Callable[[Fate], None]) -> None:
        self._die_at = die_at
        self._tell = tell
        self.passed: list[str] = []

    def at(self, step: str) -> None:
        self.passed.append(step)
        if len(self.passed) == self._die_at:
            self._tell(Fate(True, self.passed))
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, database: Database) -> None:
        engine = database._writer.sync_engine

        @event.listens_for(engine, "before_cursor_execute")
        def _statement(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            words = statement.split()
            if words[0] in WRITES:
                self.at(f"{words[0]} {words[2] if words[0] == 'INSERT' else words[1]}")

        @event.listens_for(engine, "commit")
        def _commit(_connection: Any) -> None:
            self.at("commit")

    def listening(self) -> TraceConfig:
        trace = TraceConfig()

        async def call(_session: Any, _context: Any, sent: Any) -> None:
            self.at(f"call {sent.url.name}")

        async def answer(_session: Any, _context: Any, sent: Any) -> None:
            self.at(f"answer {sent.url.name}")

        trace.on_request_start.append(call)
        trace.on_request_end.append(answer)
        return trace


async def live(order: Order, steps: Steps, packs: Packs) -> None:
    began = asyncio.get_running_loop().time()

    def now() -> datetime:
        passed = asyncio.get_running_loop().time() - began
        return datetime.fromisoformat(order.now) + timedelta(seconds=passed)

    database = Database(settings(order.database).sqlalchemy_url)
    steps.watch(database)
    async with ClientSession(
        trace_configs=[steps.listening()], timeout=ClientTimeout(total=TOO_LONG)
    ) as session:
        slack = Slack(session, order.token, order.api_url, count=lambda *_: None, sleep=_rest)
        bot = Bot(HOME, settings(order.database), database, slack, packs, now)
        for doing in order.doing:
            await DOINGS[doing](bot, order)
    await database.close()


async def _rest(seconds: float) -> None:
    if seconds > TOO_LONG:
        raise Enough
    await asyncio.sleep(seconds)


async def _plan(bot: Bot, order: Order) -> None:
    await plan_nudges(bot)


async def _deliver(bot: Bot, order: Order) -> None:
    await Courier(bot, house().spoken, pace=Pace(rate=1000, ceiling=1000), sleep=_rest).deliver_due()


async def _submit(bot: Bot, order: Order) -> None:
    """Whose form stays open presses again; on a busy machine the bot may have asked for that."""
    assert order.submission
    for _ in range(PATIENCE):
        reply = await handlers.answer(bot, house().front, Call(**order.submission))
        if isinstance(reply, Window) and reply.view.callback_id == ENDED:
            return
    raise AssertionError(f"the form stayed open: {reply}")


DOINGS = {"plan": _plan, "deliver": _deliver, "submit": _submit}


def born(order: Order, packs: Packs, pipe: int) -> None:
    """In the fork: lives, tells how it ended, and goes without tidying up."""

    def tell(fate: Fate) -> None:
        os.write(pipe, json.dumps(asdict(fate)).encode())

    steps, problem = Steps(order.die_at, tell), ""
    try:
        asyncio.run(live(order, steps, packs))
    except Enough:
        pass
    except BaseException as error:
        problem = repr(error)
    tell(Fate(False, steps.passed, problem))
    os._exit(0)


def main() -> None:
    packs = shipped_packs()
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            born(Order(**json.loads(line)), packs, writing)
        os.close(writing)
        os.waitpid(child, 0)
        print(os.read(reading, 65_536).decode(), flush=True)  # noqa: T201
        os.close(reading)


if __name__ == "__main__":
    main()
