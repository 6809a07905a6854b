"""What a check-in costs its author while the courier speaks to everybody else at the full rate."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from statistics import median

from benchmarks import traffic
from benchmarks.delivery.town import Town, town
from benchmarks.load import send
from benchmarks.rows import Row
from benchmarks.servers import IDENTITY
from bot.bolt import Intake, bolt_app
from bot.capabilities import house
from bot.courier import Courier, Pace
from bot.guard import Guard
from bot.handlers import register_all
from bot.server import Server, web_app
from playground.limits import WORKSPACE as PERMITTED

ROUNDS, SUBMITS = 5, 60  # and one round before them to warm up
AUTHORS = 2 * (1 + ROUNDS) * SUBMITS
OTHERS = 400


async def measure(database_url: str) -> Sequence[Row]:
    """Idle and busy rounds take turns, so that a slow moment of the machine meets both."""
    idle, busy = list[float](), list[float]()
    async with town(database_url, AUTHORS + OTHERS) as place, serving(place) as port:
        await place.owe_nudges(to=place.people[AUTHORS:])
        authors = iter(place.people[:AUTHORS])
        for _ in range(1 + ROUNDS):
            idle.append(await _p50(place, port, authors))
            async with delivering(place):
                busy.append(await _p50(place, port, authors))
        said = [call for call in place.playground.calls if call.method == "chat.postMessage"]
    assert len(said) >= ROUNDS, "the courier rested, too"
    what = "a check-in, p50, while the courier sends at the full rate; floor: while it rests"
    return (Row(what, median(busy[1:]) * 1000, median(idle[1:]) * 1000, 1.5, "ms", True),)


async def _p50(place: Town, port: int, authors: Iterator[str]) -> float:
    requests = traffic.submissions(islice(authors, SUBMITS), now=place.clock.now())
    return (await send(port, requests, connections=1, status=200)).p50


@asynccontextmanager
async def serving(place: Town) -> AsyncIterator[int]:
    """The bot's own server, as `rapport run` builds it, in this process beside the courier."""
    app = bolt_app(IDENTITY, place.playground.api_url)
    register_all(app, place.bot, house().front)
    guard = Guard(
        [traffic.SECRET], Intake(app, place.bot.metrics), now=place.bot.now, metrics=place.bot.metrics
    )
    server = Server(web_app(place.bot, place.bot.metrics, guard=guard), "127.0.0.1", 0)
    running = asyncio.create_task(server.serve())
    try:
        yield server.port
    finally:
        server.stop()
        await running


@asynccontextmanager
async def delivering(place: Town) -> AsyncIterator[None]:
    _, full = PERMITTED
    courier = Courier(place.bot, house().spoken, pace=Pace(rate=full, ceiling=full))
    running = asyncio.create_task(courier.run())
    try:
        yield
    finally:
        await courier.stop()
        await running
