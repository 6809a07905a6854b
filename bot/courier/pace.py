"""The pace limits how fast the courier sends: a token bucket that adapts to what Slack allows today."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.services.notifications.pace import FAST, SLOW

LONG_AGO = datetime.min.replace(tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass
class Pace:
    """The rate grows a little with each message that went well and halves when Slack says it was too fast.

    Slack documents one message a second per channel and "several hundred per minute" per workspace: these are the first
    and the highest rate. If the given clock is set back, the schedule moves with it.
    """

    rate: float = SLOW  # messages a second
    ceiling: float = FAST
    floor: float = 0.05
    growth: float = 0.05
    _free_at: datetime = field(default=LONG_AGO, init=False)
    _seen: datetime = field(default=LONG_AGO, init=False)

    def delay(self, now: datetime) -> float:
        """The result is the number of seconds until the next message may go."""
        self._follow(now)
        return max(0.0, (self._free_at - now) / SECOND)

    def spent(self, now: datetime) -> None:
        """A message goes out now. Up to one interval of lateness is made up for, so that delays do not add up."""
        self._follow(now)
        interval = timedelta(seconds=1 / self.rate)
        self._free_at = max(self._free_at, now - interval) + interval

    def went_well(self) -> None:
        self.rate = min(self.ceiling, self.rate + self.growth)

    def slow_down(self) -> None:
        self.rate = max(self.floor, self.rate / 2)

    def pause(self, now: datetime, wait: timedelta) -> None:
        self._follow(now)
        self._free_at = now + wait

    def _follow(self, now: datetime) -> None:
        if now < self._seen:
            self._free_at += now - self._seen
        self._seen = now
