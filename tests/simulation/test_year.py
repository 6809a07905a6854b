"""A company in forty zones, and what its people were promised: by default one in each zone, over the change of clocks
and Easter; in `make proof` until the clocks are put back, in November. `make year` is three hundred people and a whole
year; `--seeds 2,3` are others.
"""

import sys
import time
from datetime import date

import pytest

from tests.conftest import settings
from tests.simulation import promises
from tests.simulation.life import Fate
from tests.simulation.virtual_time import run
from tests.simulation.world import settled

PEOPLE = 40
WEEKS, WEEKS_OF_PROOF = 4, 36
START = date(2026, 3, 23)  # a Monday; Europe puts its clocks forward on Sunday, then Easter comes


async def lived(url: str, seed: str, people: int, weeks: int) -> promises.Evidence:
    async with settled(settings(url), people=people, start=START, seed=seed) as world:
        await world.live(weeks, Fate(seed))
        return await promises.gather(world)


def test_nobody_is_forgotten_asked_twice_or_disturbed(
    sqlite_url: str, pytestconfig: pytest.Config, seed: str, proof: bool
) -> None:
    people = int(pytestconfig.getoption("--people") or PEOPLE)
    weeks = int(pytestconfig.getoption("--weeks") or (WEEKS_OF_PROOF if proof else WEEKS))
    began = time.process_time()
    told = run(lived(sqlite_url, seed, people, weeks))
    report = f"--seeds {seed} --people {people} --weeks {weeks}: {len(told.seen)} messages, {dict(told.world.did)}, "
    report += f"{dict(told.world.weather.struck)}, {time.process_time() - began:.0f} s of work"
    sys.stderr.write(report + "\n")
    how = promises.broken(told)
    assert not how, "\n".join([report, *how[:20], f"{len(how)} in all"])
