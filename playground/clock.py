"""Where time comes from: the real one for tests of the local Slack itself, and one that can be put forward."""

import time
from datetime import UTC, datetime

from playground.types import Clock


def wall_clock() -> float:
    """Unix seconds. The playground is a program of its own, so it may look at the wall once, here."""
    return time.time()  # noqa: TID251


class MovableClock:
    """Runs on at the pace of the wall from wherever it was put. Slack and the bot of the demo share this one."""

    def __init__(self, start: float | None = None, *, wall: Clock = wall_clock) -> None:
        self._wall = wall
        self.ahead = 0.0 if start is None else start - wall()  # seconds

    def __call__(self) -> float:
        """Unix seconds, as Slack counts."""
        return self._wall() + self.ahead

    def now(self) -> datetime:
        """The same instant as the bot wants it."""
        return datetime.fromtimestamp(self(), UTC)

    def put(self, moment: float) -> None:
        """Forward only: what has happened stays behind us."""
        self.ahead += max(0.0, moment - self())

    async def pass_time(self, seconds: float) -> None:
        """In place of sleep: the time is over at once."""
        self.put(self() + seconds)
