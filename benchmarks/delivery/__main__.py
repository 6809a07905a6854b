"""Prints the table; each figure is measured on a fresh database of either kind, beside its floor."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

import uvloop

from benchmarks import databases
from benchmarks.delivery import claims, homes, rate, submits
from benchmarks.rows import HEAD, Row

Measure = Callable[[str], Awaitable[Sequence[Row]]]

MEASURES: Sequence[Measure] = (
    claims.measure,
    rate.measure,
    submits.measure,
    homes.measure,
)


async def run(measure: Measure, urls: Mapping[str, str]) -> None:
    for kind, url in urls.items():
        for row in await measure(url):
            print(replace(row, what=f"{kind}: {row.what}"), flush=True)


def main() -> None:
    print(HEAD)
    for measure in MEASURES:
        with databases.addresses() as urls:
            uvloop.run(run(measure, urls))


if __name__ == "__main__":
    main()
