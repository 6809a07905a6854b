"""The clock in the page: where time stands, where it can be put, and whether it is on its way."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from playground.clock import MovableClock
from playground.types import Payload

MORNING, AFTERNOON = time(9), time(16)
FRIDAY = 4
FURTHEST = timedelta(days=400)


class CannotTravel(Exception):
    """The sentence says why."""


@dataclass(frozen=True)
class Moment:
    label: str
    at: datetime


class TimeControl:
    """`travel` brings the clock to a moment, with everything on the way; `changed` tells the windows."""

    def __init__(
        self,
        clock: MovableClock,
        travel: Callable[[datetime], Awaitable[None]],
        changed: Callable[[], None],
    ) -> None:
        self.clock = clock
        self._travel = travel
        self._changed = changed
        self._left = clock.now()
        self._heading: datetime | None = None
        self._trouble = ""

    async def go(self, until: datetime) -> None:
        if self._heading is not None:
            raise CannotTravel("Time is on its way already.")
        if until <= self.clock.now():
            raise CannotTravel("That is past. Choose a later moment.")
        if until > self.clock.now() + FURTHEST:
            raise CannotTravel("That is more than a year away. Choose an earlier moment.")
        self._left, self._heading, self._trouble = self.clock.now(), until, ""
        self._changed()
        try:
            await self._travel(until)
        except CannotTravel as stopped:
            self._trouble = str(stopped)
        finally:
            self._heading = None
            self._changed()

    def shown(self, timezone: str) -> Payload:
        """`ahead` is the difference to the wall clock, so that a browser can let its own run. From `left` to `heading`
        time is on its way.
        """
        zone = ZoneInfo(timezone)
        return {
            "ahead": round(self.clock.ahead, 3),
            "heading": self._heading.timestamp() if self._heading else None,
            "left": self._left.timestamp() if self._heading else None,
            "trouble": self._trouble,
            "moments": [
                {"label": one.label, "at": one.at.timestamp()} for one in moments(self.clock.now(), zone)
            ],
        }


def moments(now: datetime, zone: ZoneInfo) -> Iterator[Moment]:
    """What the page offers, in the zone of whoever looks."""
    here = now.astimezone(zone)
    yield Moment("Next morning", _at(_next_working_day(here.date()), MORNING, zone))
    friday = here.date() + timedelta(days=(FRIDAY - here.weekday()) % 7)
    if _at(friday, AFTERNOON, zone) <= now:
        friday += timedelta(weeks=1)
    yield Moment("Next Friday 16:00", _at(friday, AFTERNOON, zone))
    yield Moment("End of quarter", _at(_end_of_quarter(here), AFTERNOON, zone))


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > FRIDAY else 0)


def _end_of_quarter(here: datetime) -> date:
    """Its last working day; of the next quarter, if that afternoon has come."""
    for quarter in (here.date(), here.date() + timedelta(days=31)):
        month = 3 * ((quarter.month - 1) // 3) + 1
        following = date(quarter.year + month // 10, (month + 3 - 1) % 12 + 1, 1)
        last = following - timedelta(days=1)
        last -= timedelta(days=max(0, last.weekday() - FRIDAY))
        if (last, AFTERNOON) > (here.date(), here.time()):
            break
    return last


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone)
