"""HR chooses here which questions each department is asked and who else may read its check-ins."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.errors import Invalid
from bot.models.checkins import CheckinSettings, ChosenPack
from bot.views import kit

SETTINGS = "checkins.settings"
PLACE, WHO, PACK, READERS = "place", "who", "pack", "readers"
COMPANY, TEAM, PERSON = "company", "team", "person"
NEXT_PLACE_UP = "inherit"


@dataclass(frozen=True, slots=True)
class Choice:
    """HR submitted this choice. `pack=None` removes the choice made for this place."""

    place: str
    department_id: int | None
    user_id: str | None
    pack: str | None
    line_above_reads: bool


def settings_form(settings: CheckinSettings) -> View:
    departments = {f"department:{one.id}": one.path for one in settings.departments}
    places = {COMPANY: "The whole company", **departments, TEAM: "One manager's team", PERSON: "One person"}
    packs = {**settings.packs, NEXT_PLACE_UP: "No choice here: what applies above"}
    readers = {"manager": "Only the direct manager", "line": "Also the line above, all but locked answers"}
    return kit.modal(
        SETTINGS,
        "Check-in settings",
        [
            *_chosen(settings),
            kit.choice_input(PLACE, "Where do these questions apply?", places, value=COMPANY),
            kit.person_input(WHO, "Manager or person", hint="Only for a team or a person.", optional=True),
            kit.choice_input(PACK, "Which questions are asked?", packs, value=_company_pack(settings)),
            kit.choice_input(
                READERS,
                "Who reads a check-in?",
                readers,
                value="line" if settings.line_above_reads else "manager",
                hint="For check-ins written from now on. Earlier ones keep their readers.",
            ),
            kit.reach(
                seen_by="HR admins; each author reads in the form who their readers are",
                affects="everybody in the place you choose, from their next check-in on",
            ),
        ],
        submit="Save settings",
    )


def _company_pack(settings: CheckinSettings) -> str:
    names = {name: key for key, name in settings.packs.items()}
    company = (one for one in settings.choices if not (one.person or one.team_of or one.department))
    return next((names[one.pack] for one in company if one.pack in names), NEXT_PLACE_UP)


def _chosen(settings: CheckinSettings) -> list[Block]:
    if not settings.choices:
        return [
            kit.section("Nothing chosen yet: each department gets the questions that ship for it, or Core.")
        ]
    lines = [f"• {_place(one)}: {kit.name(one.pack)}" for one in settings.choices]
    if settings.has_more_choices:
        lines.append(
            "… and more, which apply as chosen. A new choice for the same place replaces the old one."
        )
    return [kit.section("*Chosen so far*\n" + "\n".join(lines))]


def _place(chosen: ChosenPack) -> str:
    if chosen.person:
        return kit.name(chosen.person)
    if chosen.team_of:
        return f"Team of {kit.name(chosen.team_of)}"
    return kit.name(chosen.department) if chosen.department else "The whole company"


def read_settings(view: Mapping[str, Any]) -> Choice:
    values = kit.Values(view)
    place, user_id, pack = values.choice(PLACE) or COMPANY, values.user(WHO), values.choice(PACK)
    if place in (TEAM, PERSON) and user_id is None:
        raise Invalid("Choose whose questions these are.", field=WHO)
    kind, _, number = place.partition(":")
    return Choice(
        place=kind,
        department_id=kit.row_id(number),
        user_id=user_id,
        pack=None if pack == NEXT_PLACE_UP else pack,
        line_above_reads=values.choice(READERS) == "line",
    )


def settings_saved_page() -> View:
    return kit.confirmation(
        f"{SETTINGS}.saved",
        "Check-in settings",
        "Saved. It counts from the next check-in on.",
        "Whatever is written already keeps its questions and its readers.",
    )
