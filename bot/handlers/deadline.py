"""Slack waits three seconds; whoever pressed or typed something gets an answer before that, come what may."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

ANSWER_SECONDS = 2.6  # leaves time for the apology's own way

Result = TypeVar("Result")


class TookTooLong(Exception):
    """Whether it had an effect, nobody knows; done again, it has none a second time."""


async def in_time(work: Awaitable[Result]) -> Result:
    """The result, or `TookTooLong`. The work is cancelled then, but not waited for: a connection to a server that
    has vanished takes its time to let go.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=ANSWER_SECONDS)
    finally:
        task.cancel()  # no effect on what is done
        task.add_done_callback(_let_go)
    if task.done():
        return task.result()
    raise TookTooLong


def _let_go(task: asyncio.Future[Any]) -> None:
    """Reads the outcome nobody waits for, which asyncio would complain about otherwise."""
    if not task.cancelled():
        task.exception()
