"""The messages the rhythm sends: nudge, reminder, the manager's digest, the welcome. Names and weeks, no answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slack_sdk.models.blocks import Block, ButtonElement

from bot import clock
from bot.models import Person
from bot.models.checkins import TeamWeek
from bot.slack import Message
from bot.views import checkins, kit, rhythms, times
from bot.views.nudges.menu import AFTERWARDS, WEEKLY, Menu, menu
from bot.views.nudges.too_often import too_often

NAMED = 10


@dataclass(frozen=True, slots=True)
class Sentences:
    """First what it is about, in twelve words at most; then two short lines."""

    first: str
    second: str
    third: str = ""

    @property
    def plain(self) -> str:
        return " ".join(filter(None, (self.first, self.second, self.third)))

    def line(self) -> Block:
        rest = "\n".join(kit.escape(one) for one in (self.second, self.third) if one)
        return kit.line(f"*{kit.escape(self.first)}*\n{rest}")


def nudge_message(
    week: date,
    timezone: str | None,
    *,
    notice_id: int | None,
    now: datetime,
    ask_too_often: bool = False,
) -> Message:
    said = Sentences(
        "How was your week?",
        f"Two minutes for your check-in, week of {week:%-d %B}.",
        f"It stays open until {_closing(week, timezone, now)}.",
    )
    question = too_often(notice_id) if ask_too_often and notice_id else ()
    return _to_write(said, week, menu(WEEKLY, notice_id), *question)


def reminder_message(week: date, timezone: str | None, *, notice_id: int | None, now: datetime) -> Message:
    said = Sentences(
        "Your check-in is still open.",
        f"Week of {week:%-d %B}, until {_closing(week, timezone, now)}.",
        "After that it closes, and I ask again next time.",
    )
    return _to_write(said, week, menu(WEEKLY, notice_id))


def _to_write(said: Sentences, week: date, more: Menu, *below: Block) -> Message:
    return said_with(said, write_button(week, primary=True), more, *below)


def write_button(week: date, *, primary: bool, label: str = "Write check-in") -> ButtonElement:
    spoken = f"{label}, week of {week:%-d %B}"
    return kit.button(label, checkins.WRITE, checkins.Ref(week=week).encode(), primary=primary, spoken=spoken)


def said_with(said: Sentences, button: ButtonElement, more: Menu = None, *below: Block) -> Message:
    return kit.message(said.plain, said.line(), kit.buttons(button, *([more] if more else [])), *below)


def done_message(week: date, at: datetime, timezone: str | None) -> Message:
    """In place of what asked for it, as soon as the check-in is there."""
    said = Sentences(f"Done {clock.local(at, timezone):%H:%M}", f"Your check-in, week of {week:%-d %B}.")
    return said_with(said, write_button(week, primary=False, label="Edit"))


def snoozed_message(until: datetime, week: date | None, timezone: str | None, *, now: datetime) -> Message:
    """In place of what was put off. `week`: the one to be written, if it was about that."""
    said = Sentences(f"Snoozed until {times.moment(until, timezone, now=now)}", "I come back to it then.")
    if week is None:
        return kit.message(said.plain, said.line())
    return said_with(said, write_button(week, primary=False))


def not_this_week_message(week: date, timezone: str | None, *, now: datetime) -> Message:
    said = Sentences(
        "Not this week",
        f"I do not ask again for the week of {week:%-d %B}.",
        f"If you change your mind: it stays open until {_closing(week, timezone, now)}.",
    )
    return said_with(said, write_button(week, primary=False))


def closed_message(week: date) -> Message:
    """In place of what asked, when the week is over and nobody needs to press anything any more."""
    said = Sentences(f"The week of {week:%-d %B} is closed", "I ask again next time.")
    return kit.message(said.plain, said.line())


def _closing(week: date, timezone: str | None, now: datetime) -> str:
    return times.moment(clock.closes_at(week, timezone), timezone, now=now)


def digest_message(team: TeamWeek, *, notice_id: int | None) -> Message:
    """Obstacles first, then who wrote and who was away. Who did not write is a number, not a list."""
    said = Sentences(
        f"Your team's week of {team.week:%-d %B}",
        _obstacles(team),
        _presence(team),
    )
    ref = checkins.Ref(week=team.week).encode()
    button = kit.button("Open my team", f"{checkins.TEAM_PAGE}:digest", ref, primary=True)
    return said_with(said, button, menu(AFTERWARDS, notice_id))


def _obstacles(team: TeamWeek) -> str:
    stuck = [one.person for one in team.members if one.obstacle and not one.obstacle_taken]
    if not stuck:
        return "Nothing is in anybody's way that you have not taken on."
    return f"Something is in the way of {_names(stuck)}."


def _presence(team: TeamWeek) -> str:
    wrote = [one.person for one in team.members if one.checkin]
    away = [one.person for one in team.members if one.is_away and not one.checkin]
    said = [f"{team.written} of {team.expected} wrote" + (f": {_names(wrote)}." if wrote else ".")]
    if away:
        said.append(f"Away: {_names(away)}.")
    return " ".join(said)


def _names(people: Sequence[Person]) -> str:
    named = [kit.short(person.name, 60) for person in people[:NAMED]]
    if len(people) > NAMED:
        return f"{', '.join(named)} and {len(people) - NAMED} more"
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def welcome_message(name: str, rhythm: str, readers: str, *, notice_id: int | None) -> Message:
    """`rhythm`, `readers`: to be read after "I ask you" and "Read by"."""
    said = Sentences(
        f"Hello {kit.short(name, 40)}, I help you look back on each week.",
        f"I ask you for a short check-in {rhythm}. Read by {readers}.",
        "You can change the day, ask me less often, or pause me at any time.",
    )
    return said_with(
        said,
        kit.button("Choose day and time", rhythms.PREFERENCES, primary=True),
        menu(AFTERWARDS, notice_id),
    )
