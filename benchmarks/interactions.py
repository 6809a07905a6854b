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


@dataclass(frozen=True, slots=True)
class Claim:
    """The median figure of one case against that of its floor."""

    what: str
    ours: str
    floor: str
    goal: float
    is_latency: bool = False

    def row(self, timings: Timings) -> str:
        ours, floor = (self._figure(timings[case]) for case in (self.ours, self.floor))
        ratio = ours / floor
        met = ratio <= self.goal if self.is_latency else ratio >= self.goal
        goal = f"{'≤' if self.is_latency else '≥'} {self.goal} ×"
        return _row(
            self.what, self._shown(ours), self._shown(floor), f"{ratio:.3f} ×", goal, "yes" if met else "NO"
        )

    def _figure(self, rounds: Sequence[Timing]) -> float:
        return median(timing.p50 if self.is_latency else timing.per_second for timing in rounds)

    def _shown(self, figure: float) -> str:
        return f"{figure * 1000:.2f} ms" if self.is_latency else f"{figure:,.0f}/s"


def claims(kinds: Sequence[str]) -> Iterator[Claim]:
    for kind in kinds:
        what = f"Durable check-in on {kind}, 1 connection, p50; floor: Bolt doing nothing, default mode"
        yield Claim(what, f"{kind}, alone", BOLT, goal=0.25, is_latency=True)
    for kind in kinds:
        what = f"Durable check-in on {kind}, {AT_ONCE} connections; floor: Bolt doing nothing, acknowledging at once"
        yield Claim(what, kind, BOLT_AT_ONCE, goal=0.08)
    for sent in ("badly signed", "unsigned"):
        what = f"Guard refusing {sent} requests, {AT_ONCE} connections; floor: plain HMAC check"
        yield Claim(what, sent, f"{SIGNATURE_CHECK}, {sent}", goal=0.8)


def cases(
    bots: Mapping[str, int], ports: Mapping[str, int], slack_user_ids: Sequence[str]
) -> dict[str, Case]:
    """`bots`: the port of the bot on each kind of database; `ports`: those of the floors."""

    def repeated(count: int) -> Sequence[bytes]:
        return traffic.submissions(repeat(slack_user_ids[0], count), now=now())

    def badly_signed(count: int) -> Sequence[bytes]:
        return traffic.submissions(repeat(slack_user_ids[0], count), now=now(), secret=traffic.GUESS)

    def unsigned(count: int) -> Sequence[bytes]:
        return traffic.unsigned(badly_signed(count))

    found = {
        GENERATOR: Case(ports["nothing"], badly_signed, 5000),
        BOLT: Case(ports["bolt-default"], repeated, 150, connections=1),
        BOLT_AT_ONCE: Case(ports["bolt-at-once"], repeated, 2500),
    }
    for kind, port in bots.items():
        everybody = iter(slack_user_ids)

        def once_each(count: int, people: Iterator[str] = everybody) -> Sequence[bytes]:
            return traffic.submissions(islice(people, count), now=now())

        found[f"{kind}, alone"] = Case(port, once_each, ALONE, connections=1)
        found[kind] = Case(port, once_each, CROWDED)
    guard = next(iter(bots.values()))
    for sent, requests in {"badly signed": badly_signed, "unsigned": unsigned}.items():
        found[sent] = Case(guard, requests, 5000, status=401)
        found[f"{SIGNATURE_CHECK}, {sent}"] = Case(ports["signature-check"], requests, 5000, status=401)
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
        floors = ("nothing", "bolt-default", "bolt-at-once", "signature-check")
        ports = {floor: stack.enter_context(running(floor)) for floor in floors}
        timings = await in_turns(cases(bots, ports, slack_user_ids))
    report(list(urls), timings)
    for kind, url in urls.items():
        checkins, notices = await company.saved(url)
        print(f"{kind}: {checkins:,} of {size:,} answered check-ins saved, {notices:,} notices planned.")


def report(kinds: Sequence[str], timings: Timings) -> None:
    print(_row("What", "Ours", "Floor", "Ratio", "Goal", "Met"))
    print(_row("---", "---:", "---:", "---:", "---:", "---"))
    for claim in claims(kinds):
        print(claim.row(timings))
    print()
    for kind in kinds:
        p99 = median(timing.p99 for timing in timings[kind])
        print(f"{kind}: p99 with {AT_ONCE} connections {p99 * 1000:.0f} ms. Slack waits 3,000 ms.")
    generator = median(timing.per_second for timing in timings[GENERATOR])
    print(f"The load generator alone reaches {generator:,.0f}/s.")
    print(f"Medians of {ROUNDS} rounds; {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}.")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    with databases.addresses() as urls, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        pin(LOAD_CORE)  # after PostgreSQL has started: its processes go where there is room
        runner.run(run(urls))
