"""Several messages about check-ins share these words and this button."""

from collections.abc import Sequence
from datetime import date, datetime

from slack_sdk.models.blocks import ButtonElement

from bot import clock
from bot.models import Person
from bot.models.checkins import TeamWeek
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


def names(people: Sequence[Person], *, of: int | None = None) -> str:
    """The text reads "Ana, Ben and Carla"; people after the tenth are counted. `of` is the number of all of them, if
    `people` are only the first.
    """
    named = [kit.short(person.name, 60) for person in people[:NAMED]]
    if (more := (of or len(people)) - len(named)) > 0:
        return f"{', '.join(named)} and {more} more"
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def open_calls(team: TeamWeek) -> list[str]:
    """The names of those who have something in the way, and of those who ask for help."""
    stuck = [one.person for one in team.members if one.has_open_obstacle]
    asking = [one.person for one in team.members if one.waits_for_help]
    lines = [f"Something is in the way of {names(stuck, of=team.obstacles)}."] if stuck else []
    if asking:
        lines.append(f"{names(asking)} {'asks' if len(asking) == 1 else 'ask'} for your help.")
    return lines
