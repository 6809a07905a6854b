"""Several messages about check-ins share these words and this button."""

from collections.abc import Sequence
from datetime import date, datetime

from slack_sdk.models.blocks import ButtonElement

from bot import clock
from bot.models import Person
from bot.views import kit, times
from bot.views.checkins.ref import Ref
from bot.views.checkins.sections import WRITE

NAMED = 10


def write_button(week: date, *, label: str = "Write check-in", primary: bool = False) -> ButtonElement:
    ref = Ref(week=week).encode()
    return kit.button(label, WRITE, ref, primary=primary, spoken=f"{label}, week of {week:%-d %B}")


def closing(week: date, timezone: str | None, now: datetime) -> str:
    """The text is read after "until"."""
    return times.moment(clock.closes_at(week, timezone), timezone, now=now)


def names(people: Sequence[Person]) -> str:
    """The text reads "Ana, Ben and Carla"; people after the tenth are counted."""
    named = [kit.short(person.name, 60) for person in people[:NAMED]]
    if len(people) > NAMED:
        return f"{', '.join(named)} and {len(people) - NAMED} more"
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
