"""People choose here when they are asked, and HR chooses for a department; each sees whose choice is in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot.errors import Invalid
from bot.models import RhythmInForce
from bot.models.rhythms import ChosenRhythm, RhythmSettings
from bot.views import kit, times
from bot.views.home import HrEntry, HrGroup

PREFERENCES = "rhythms.preferences"
FOLLOW = "rhythms.follow"
SETTINGS = "rhythms.settings"
PLACE = "place"
WHEN = (
    kit.Field("weekday", "Day", "numbered"),
    kit.Field("minute", "Time", "numbered"),
    kit.Field("every_weeks", "How often", "numbered"),
)
ASKS = {"weekday": "Choose a day.", "minute": "Choose a time.", "every_weeks": "Choose how often."}
COMPANY = "company"
HALF_HOURS = range(8 * 60, 18 * 60, 30)
"""Unasked messages keep to 08:00–18:00, so no other time is offered."""
CHOICES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """The form gave these values. `department_id` is empty for a person's own rhythm and for the whole company."""

    weekday: int
    minute: int
    every_weeks: int
    department_id: int | None = None


def words(rhythm: RhythmInForce) -> str:
    """The text is read after "I ask you"."""
    return times.rhythm(rhythm.weekday, rhythm.minute, rhythm.every_weeks)


def whose_choice(rhythm: RhythmInForce) -> str:
    """The sentence says who set the rhythm. Typed names are not escaped yet."""
    by = f"chosen by {kit.short(rhythm.chosen_by, 80)}" if rhythm.chosen_by else "set by whoever runs Rapport"
    place = kit.short(rhythm.place or "", 80)
    return {
        "person": "You chose this yourself.",
        "department": f"This is the rhythm of {place}, {by}.",
        "company": f"This is your company's rhythm, {by}.",
        "pack": f"This comes with the questions of {place}; nobody has chosen otherwise.",
        "default": "This is what I do until somebody chooses otherwise.",
    }[rhythm.source]


def preferences(rhythm: RhythmInForce, timezone: str | None, weekdays: Iterable[int]) -> View:
    """`weekdays` are this person's working days."""
    zone = (
        f"Times are yours, in {timezone}."
        if timezone
        else "Slack has not told me your time zone: times are UTC."
    )
    opening = f"I ask you for your check-in {words(rhythm)}. {whose_choice(rhythm)}"
    return kit.modal(
        PREFERENCES,
        "Your preferences",
        [
            kit.section(kit.escape(opening)),
            *_when(rhythm, weekdays),
            kit.small(f"{kit.escape(zone)} On a day off I ask on the next working day, or not at all."),
            *_follow(rhythm),
            kit.reach(seen_by="only you", affects="only you"),
        ],
        submit="Save preferences",
    )


def _follow(rhythm: RhythmInForce) -> list[Block]:
    if rhythm.source != "person":
        return []
    return [kit.buttons(kit.button("Ask me when my department is asked", FOLLOW))]


def settings(settings: RhythmSettings) -> View:
    """HR sets a rhythm for the company or one department. People's own choices come before it."""
    departments = {f"department:{one.id}": one.path for one in settings.departments}
    places = {COMPANY: "The whole company", **departments}
    company = next((one for one in settings.chosen if one.department is None), None)
    now = company or ChosenRhythm(weekday=4, minute=16 * 60, every_weeks=1)
    return kit.modal(
        SETTINGS,
        "Department rhythms",
        [
            *_chosen(settings.chosen),
            kit.choice_input(PLACE, "Who is asked then?", places, value=COMPANY),
            *_when(now, range(7)),
            kit.small(
                "Each time is local to the person. On their days off I ask on the next working day of that week."
            ),
            kit.reach(
                seen_by="HR admins; in their preferences everybody reads their own rhythm and who chose it",
                affects="everybody in the place you choose. Whoever chose a day of their own keeps it",
            ),
        ],
        submit="Save rhythm",
    )


def _chosen(chosen: tuple[ChosenRhythm, ...]) -> list[Block]:
    if not chosen:
        return [
            kit.section("Nothing chosen yet: each department is asked on the day its questions come with.")
        ]
    lines = [
        f"• {kit.name(one.department or 'The whole company')}: "
        f"{times.rhythm(one.weekday, one.minute, one.every_weeks)}"
        for one in chosen[:CHOICES_SHOWN]
    ]
    more = len(chosen) - CHOICES_SHOWN
    return [
        kit.section("*Chosen so far*\n" + "\n".join([*lines, *([f"And {more} more."] if more > 0 else [])]))
    ]


def _when(now: RhythmInForce | ChosenRhythm, weekdays: Iterable[int]) -> list[InputBlock]:
    days = {str(day): times.WEEKDAYS[day] for day in sorted({*weekdays, now.weekday})}
    minutes = {str(minute): times.of_minute(minute) for minute in sorted({*HALF_HOURS, now.minute})}
    weeks = {str(weeks): words.capitalize() for weeks, words in times.EVERY_WEEKS.items()}
    started = {"weekday": now.weekday, "minute": now.minute, "every_weeks": now.every_weeks}
    return kit.fields(WHEN, started, choices={"weekday": days, "minute": minutes, "every_weeks": weeks})


def read(view: Mapping[str, Any]) -> Chosen:
    given = kit.read(view, WHEN)
    for name, ask in ASKS.items():
        if given[name] is None:
            raise Invalid(ask, field=name)
    return Chosen(**given, department_id=_department(kit.Values(view).choice(PLACE) or COMPANY))


def _department(place: str) -> int | None:
    if place == COMPANY:
        return None
    department_id = kit.row_id(place.partition(":")[2])
    if department_id is None:
        raise Invalid("Choose the company or a department.", field=PLACE)
    return department_id


def preferences_saved_page(chosen: Chosen) -> View:
    return kit.confirmation(
        f"{PREFERENCES}.saved",
        "Your preferences",
        f"Saved. I ask you {times.rhythm(chosen.weekday, chosen.minute, chosen.every_weeks)}.",
        "On a day off I ask on the next working day, or not at all.",
    )


def settings_saved_page(chosen: Chosen) -> View:
    whom = "whole company" if chosen.department_id is None else "department"
    return kit.confirmation(
        f"{SETTINGS}.saved",
        "Department rhythms",
        f"Saved. I ask the {whom} {times.rhythm(chosen.weekday, chosen.minute, chosen.every_weeks)}.",
        "Whoever chose a day of their own keeps it.",
    )


def hr_entry() -> HrEntry:
    return HrEntry(HrGroup.PEOPLE, kit.button("Department rhythms", SETTINGS))
