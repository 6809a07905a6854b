"""How often an app may call: Slack's tiers per method and workspace, and one message a second per channel.

Slack documents floors ("20+ per minute"); the playground grants exactly the floor: an app that gets by here
gets by there.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from playground.errors import RateLimited
from playground.types import Clock

MINUTE = 60.0
PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
GENEROUS = 600  # `special` tiers such as auth.test: "hundreds of calls per minute"
Rate = tuple[int, float]  # a burst, and permits a second
SOCKETS: Rate = (3, 1 / MINUTE)  # sources disagree between tier 1 and 3 for apps.connections.open
CHANNEL: Rate = (5, 1.0)
WORKSPACE: Rate = (30, 300 / MINUTE)  # "several hundred per minute" over all channels


@dataclass
class Bucket:
    """Holds at most `size` permits and gains `rate` a second."""

    size: float
    rate: float
    filled_at: float
    level: float

    def wait(self, now: float) -> float:
        """Seconds until a permit is there; 0 when one is."""
        self.level = min(self.size, self.level + (now - self.filled_at) * self.rate)
        self.filled_at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.rate

    def take(self) -> None:
        self.level -= 1


class Limits:
    """The permits of one app in one workspace. `enabled=False` for tests that are about something else."""

    def __init__(self, clock: Clock, *, enabled: bool = True, big_workspace: int = 1000) -> None:
        self._clock = clock
        self.enabled = enabled
        self.big_workspace = big_workspace  # from here on users.list wants a `limit`
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)
        self._buckets: dict[str, Bucket] = {}

    def count_call(self, method: str, tier: int | None) -> None:
        """`tier` is None for methods with a rule of their own."""
        if not self.enabled:
            return None
        if method == "apps.connections.open":
            return self._spend({method: SOCKETS})
        now, calls = self._clock(), self._calls[method]
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= PER_MINUTE.get(tier or 0, GENEROUS):
            raise RateLimited(math.ceil(calls[0] + MINUTE - now))
        calls.append(now)
        return None

    def count_message(self, channel_id: str) -> None:
        if self.enabled:
            self._spend({channel_id: CHANNEL, "workspace": WORKSPACE})

    def _spend(self, wanted: dict[str, Rate]) -> None:
        """One permit from each bucket, or none from any."""
        now = self._clock()
        buckets = [
            self._buckets.setdefault(name, Bucket(size, rate, now, size))
            for name, (size, rate) in wanted.items()
        ]
        if wait := max(bucket.wait(now) for bucket in buckets):
            raise RateLimited(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.take()
