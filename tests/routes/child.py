"""The bot as an operator runs it: `python -m bot …` in a process of its own, with everything it prints."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]
START_SECONDS = 30
STOP_SECONDS = 15
# The command line itself, living some seconds ahead: what it says unasked must not depend on when the tests run.
AHEAD = """
import sys
from datetime import timedelta
from bot import __main__ as command_line

ahead, now = timedelta(seconds=float(sys.argv.pop(1))), command_line.now
command_line.now = lambda: now() + ahead
command_line.main()
"""


class Child:
    """A running process; `output` is what it has written so far, to stdout and stderr alike."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lines: list[str] = []
        self._more = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    @property
    def output(self) -> str:
        return "".join(self._lines)

    async def event(self, name: str) -> Mapping[str, Any]:
        """The first log line of that event, as soon as it is there."""
        async with asyncio.timeout(START_SECONDS), self._more:
            while (found := self._find(name)) is None:
                if self._reading.done():
                    raise AssertionError(f"The process ended without {name}:\n{self.output}")
                await self._more.wait()
        return found

    async def stopped(self) -> int:
        """Asks it to stop, as an operator does, and waits for its last words. Returns the exit code."""
        if self._process.returncode is None:
            self._process.terminate()
        async with asyncio.timeout(STOP_SECONDS):
            await self._reading
            return await self._process.wait()

    def _find(self, name: str) -> Mapping[str, Any] | None:
        events = (json.loads(line) for line in self._lines if line.startswith("{"))
        return next((event for event in events if event.get("event") == name), None)

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            async with self._more:
                self._lines.append(line.decode("utf-8", "replace"))
                self._more.notify_all()
        async with self._more:
            self._more.notify_all()


@asynccontextmanager
async def running(
    folder: Path, settings: Mapping[str, str], *words: str, ahead: float = 0.0
) -> AsyncIterator[Child]:
    """`rapport <words>` in an empty folder, so that it finds no `.env`. Stopped at the end of the block.

    `ahead`: by how many seconds its clock is.
    """
    how = ("-c", AHEAD, str(ahead)) if ahead else ("-m", "bot")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *how, *words),
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(CHECKOUT), **settings},  # noqa: TID251
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    child = Child(process)
    try:
        yield child
    finally:
        await child.stopped()


async def run(folder: Path, settings: Mapping[str, str], *words: str) -> str:
    """A command that ends by itself; returns what it printed."""
    async with running(folder, settings, *words) as child:
        async with asyncio.timeout(START_SECONDS):
            await child._reading
    return child.output
