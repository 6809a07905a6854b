"""Ids and message timestamps as Slack shapes them: opaque, prefixed, and unique."""

import random
from string import ascii_uppercase, digits

from playground.types import Clock

ALPHABET = ascii_uppercase + digits
HEX = "0123456789abcdef"


class Ids:
    """Ids that repeat from run to run for the same seed, so that a failing test shows the same ids twice."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - names, not secrets
        self._used: set[str] = set()

    def begin_again(self, seed: str) -> None:
        """After a restart: other ids than those given out before."""
        self._random.seed(seed)

    def new(self, prefix: str, length: int = 10) -> str:
        while (made := prefix + "".join(self._random.choices(ALPHABET, k=length))) in self._used:
            pass
        self._used.add(made)
        return made

    def hex(self, length: int) -> str:
        return "".join(self._random.choices(HEX, k=length))


class Timestamps:
    """Message timestamps: `seconds.microseconds`, always growing, also when the clock stands still."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        self._last = max(self._last + 1, int(self._clock() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"
