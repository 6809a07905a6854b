"""The bot as child processes of the demo: its one-off commands, and the running bot itself."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

START_SECONDS = 30
STOP_SECONDS = 10


class StepFailed(Exception):
    """A child ended badly; `said` is what it printed."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class BotProcess:
    """Runs `python -m bot …` with these settings; its log goes to a file."""

    def __init__(self, settings: Mapping[str, str], log: Path) -> None:
        # A child starts from our own environment (PATH and the like), which is no setting of ours.
        self._environment = {**os.environ, **settings}  # noqa: TID251
        self._log = log

    async def command(self, *words: str) -> None:
        child = await self._start(words, output=asyncio.subprocess.PIPE)
        said, _ = await child.communicate()
        if child.returncode:
            raise StepFailed(said.decode("utf-8", "replace").strip())

    @asynccontextmanager
    async def running(self, url: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """The bot, from the moment it is ready at this address until the end of the block."""
        with self._log.open("w") as log:
            child = await self._start(["run"], output=log.fileno())
        try:
            await self._until_ready(child, f"{url}/readyz")
            yield child
        finally:
            await _stop(child)

    async def _start(self, words: Sequence[str], output: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def _until_ready(self, child: asyncio.subprocess.Process, address: str) -> None:
        """Whichever comes first: it answers, it ends, or it takes too long."""
        answering, ending = asyncio.ensure_future(_answer(address)), asyncio.ensure_future(child.wait())
        done, late = await asyncio.wait(
            (answering, ending), timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        for task in late:
            task.cancel()
        if answering not in done:
            raise StepFailed(self._log.read_text(encoding="utf-8", errors="replace"))


async def _answer(address: str) -> None:
    async with aiohttp.ClientSession() as client:
        while not await _answers(client, address):  # noqa: ASYNC110 - another process gives no event to wait for
            await asyncio.sleep(0.1)


async def _answers(client: aiohttp.ClientSession, address: str) -> bool:
    try:
        async with client.get(address) as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False


async def _stop(child: asyncio.subprocess.Process) -> None:
    """Politely first: the bot finishes what is under way."""
    if child.returncode is not None:
        return
    child.terminate()
    try:
        await asyncio.wait_for(child.wait(), STOP_SECONDS)
    except TimeoutError:
        child.kill()
        await child.wait()
