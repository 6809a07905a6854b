"""Slack waits three seconds, so every press and command gets an answer before that."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

ANSWER_SECONDS = 2.6  # leaves time to send the apology

Result = TypeVar("Result")


class TookTooLong(Exception):
    """Nobody knows whether the request had an effect. Repeating it is safe."""


async def in_time(work: Awaitable[Result]) -> Result:
    """Raises `TookTooLong` after the deadline. The work is then cancelled but not awaited: closing a connection to a
    dead server can take long.
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
    """The outcome is read and dropped, since asyncio logs an exception that nobody reads."""
    if not task.cancelled():
        task.exception()
