"""How fast Rapport answers Slack, beside what the bare libraries need to do nothing at all: `make bench`.

All servers run side by side and take turns, so that a slow moment of the machine meets ours and the floor alike.
A figure is the median of its rounds. Compare ratios: they travel between machines, milliseconds do not.
"""

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice, repeat
from statistics import median

import uvloop

from benchmarks import company, databases, traffic
from benchmarks.load import Timing, send
from benchmarks.rows import HEAD, Row
from benchmarks.servers import LOAD_CORE, pin, running
from bot.__main__ import now

ROUNDS = 7  # and one before them to warm up
AT_ONCE = 32
ALONE, CROWDED = 300, 1200  # check-ins per round: on one connection, on AT_ONCE
GENERATOR, BOLT, BOLT_AT_ONCE, SIGNATURE_CHECK = "generator", "Bolt", "Bolt at once", "signature check"

Timings = Mapping[str, Sequence[Timing]]


@dataclass(frozen=True, slots=True)
class Case:
    """One server under one load. `requests` writes and signs as many as a round needs, just before it."""

    port: int
    requests: Callable[[int], Sequence[bytes]]
    count: int
    connections: int = AT_ONCE
    status: int = 200

    async def measure(self) -> Timing:
        requests = self.requests(self.count)
        return await send(self.port, requests, connections=self.connections, status=self.status)


def rows(kinds: Sequence[str], timings: Timings) -> Iterator[Row]:
    """Each claim: the median of our rounds beside that of the floor's."""

    def p50(name: str) -> float:
        return median(timing.p50 * 1000 for timing in timings[name])

    def per_second(name: str) -> float:
        return median(timing.per_second for timing in timings[name])

    for kind in kinds:
        what = f"{kind}: durable check-in, p50, 1 connection; floor: Bolt's default mode doing nothing"
        yield Row(what, p50(f"{kind}, alone"), p50(BOLT), goal=0.25, unit="ms", at_most=True)
    for kind in kinds:
        what = f"{kind}: durable check-ins, {AT_ONCE} connections; floor: Bolt at once doing nothing"
        yield Row(what, per_second(kind), per_second(BOLT_AT_ONCE), goal=0.08, unit="/s", digits=0)
    for sent in ("badly signed", "unsigned"):
        what = f"Guard: {sent} requests refused, {AT_ONCE} connections; floor: a plain signature check"
        floor = per_second(f"{SIGNATURE_CHECK}, {sent}")
        yield Row(what, per_second(sent), floor, goal=0.8, unit="/s", digits=0)


def cases(
    bots: Mapping[str, int], ports: Mapping[str, int], slack_user_ids: Sequence[str]
) -> dict[str, Case]:
    """`bots`: the port of the bot on each kind of database; `ports`: those of the floors."""
    found = floors(ports)
    for kind, port in bots.items():
        found |= check_ins(kind, port, iter(slack_user_ids))
    return found | refusals(next(iter(bots.values())), ports["signature-check"])


def floors(ports: Mapping[str, int]) -> dict[str, Case]:
    def submissions(count: int) -> Sequence[bytes]:
        return traffic.submissions(repeat("U1", count), now=now())

    return {
        GENERATOR: Case(ports["nothing"], submissions, 5000),
        BOLT: Case(ports["bolt-default"], submissions, 150, connections=1),
        BOLT_AT_ONCE: Case(ports["bolt-at-once"], submissions, 2500),
    }


def check_ins(kind: str, port: int, everybody: Iterator[str]) -> dict[str, Case]:
    """Nobody submits twice: each request is one more row."""

    def submissions(count: int) -> Sequence[bytes]:
        return traffic.submissions(islice(everybody, count), now=now())

    return {
        f"{kind}, alone": Case(port, submissions, ALONE, connections=1),
        kind: Case(port, submissions, CROWDED),
    }


def refusals(guard: int, signature_check: int) -> dict[str, Case]:
    def badly_signed(count: int) -> Sequence[bytes]:
        return traffic.submissions(repeat("U1", count), now=now(), secret=traffic.GUESS)

    def unsigned(count: int) -> Sequence[bytes]:
        return traffic.unsigned(badly_signed(count))

    found = {}
    for sent, requests in {"badly signed": badly_signed, "unsigned": unsigned}.items():
        found[sent] = Case(guard, requests, 5000, status=401)
        found[f"{SIGNATURE_CHECK}, {sent}"] = Case(signature_check, requests, 5000, status=401)
    return found


async def in_turns(cases: Mapping[str, Case]) -> Timings:
    timings: dict[str, list[Timing]] = {name: [] for name in cases}
    for _ in range(1 + ROUNDS):
        for name, case in cases.items():
            timings[name].append(await case.measure())
    return {name: rounds[1:] for name, rounds in timings.items()}


async def run(urls: Mapping[str, str]) -> None:
    size = (ALONE + CROWDED) * (1 + ROUNDS)
    for url in urls.values():
        slack_user_ids = await company.found(url, size)
    with ExitStack() as stack:
        bots = {kind: stack.enter_context(running("rapport", url)) for kind, url in urls.items()}
        names = ("nothing", "bolt-default", "bolt-at-once", "signature-check")
        ports = {name: stack.enter_context(running(name)) for name in names}
        timings = await in_turns(cases(bots, ports, slack_user_ids))
    report(list(urls), timings)
    for kind, url in urls.items():
        checkins, notifications = await company.saved(url)
        print(
            f"{kind}: {checkins:,} of {size:,} answered check-ins saved, {notifications:,} notifications planned."
        )


def report(kinds: Sequence[str], timings: Timings) -> None:
    print(HEAD, *rows(kinds, timings), sep="\n")
    print()
    for kind in kinds:
        p99 = median(timing.p99 for timing in timings[kind])
        print(f"{kind}: p99 with {AT_ONCE} connections {p99 * 1000:.0f} ms. Slack waits 3,000 ms.")
    generator = median(timing.per_second for timing in timings[GENERATOR])
    print(f"The load generator alone reaches {generator:,.0f}/s.")
    print(f"Medians of {ROUNDS} rounds; {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}.")
    for name, rounds in timings.items():
        if wrong := [answer for timing in rounds for answer in timing.wrong]:
            print(f"{name}: {len(wrong)} answers were not what was expected, such as {wrong[0]!r}")


if __name__ == "__main__":
    with databases.addresses() as urls, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        pin(LOAD_CORE)  # after PostgreSQL has started: its processes go where there is room
        runner.run(run(urls))
