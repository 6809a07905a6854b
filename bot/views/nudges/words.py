"""How an unasked message is put together: a bold first line of twelve words at most, then up to three short ones."""

from collections.abc import Sequence
from datetime import date, datetime

from slack_sdk.models.blocks import Block, ButtonElement

from bot import clock
from bot.models import Person
from bot.slack import Message
from bot.views import checkins, kit, times

NAMED = 10


def saying(first: str, *rest: str, below: Sequence[Block] = ()) -> Message:
    """Names in the lines are not escaped yet. The plain text says all of them."""
    lines = [f"*{kit.escape(first)}*", *map(kit.escape, rest)]
    return kit.message(" ".join((first, *rest)), kit.section("\n".join(lines)), *below)


def write_button(week: date, *, label: str = "Write check-in", primary: bool = False) -> ButtonElement:
    ref = checkins.Ref(week=week).encode()
    return kit.button(label, checkins.WRITE, ref, primary=primary, spoken=f"{label}, week of {week:%-d %B}")


def closing(week: date, timezone: str | None, now: datetime) -> str:
    """To be read after "until"."""
    return times.moment(clock.closes_at(week, timezone), timezone, now=now)


def names(people: Sequence[Person]) -> str:
    """Ana, Ben and Carla; after the tenth, a number."""
    named = [kit.short(person.name, 60) for person in people[:NAMED]]
    if len(people) > NAMED:
        return f"{', '.join(named)} and {len(people) - NAMED} more"
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
