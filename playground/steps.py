# ruff: noqa: T201 - printing is what this is for
"""How the demo's start looks in a terminal: one line per step, and after a failure its remedy."""

import contextlib
import sys
import time
from collections.abc import Iterator

MOST_LINES = 15


class StepFailed(Exception):
    """A step could not be done; `said` is why."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@contextlib.contextmanager
def step(doing: str, remedy: str) -> Iterator[None]:
    print(f"  {doing} …", end=" ", flush=True)
    began = time.monotonic()
    try:
        yield
    except StepFailed as failure:
        print("failed", flush=True)
        print(*failure.said.splitlines()[-MOST_LINES:], remedy, sep="\n", file=sys.stderr)
        raise
    print(f"done ({time.monotonic() - began:.1f} s)", flush=True)
