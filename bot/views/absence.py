"""HR lists the emoji and words in a Slack status that count as being away."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from slack_sdk.models.views import View

from bot.views import kit
from bot.views.home import HrEntry, HrGroup

SIGNS = "absence.signs"
FIELDS = (
    kit.Field("emoji", "Emoji", optional=True, hint="As Slack names them, each between two colons."),
    kit.Field(
        "words", "Words", optional=True, hint="One word or phrase a line. Capital letters do not matter."
    ),
)


def form(emoji: Iterable[str], words: Iterable[str]) -> View:
    return kit.modal(
        SIGNS,
        "Absence signs",
        [
            kit.section(
                "Whose Slack status shows one of these is away: I ask them nothing, and no figure counts them."
            ),
            *kit.fields(FIELDS, {"emoji": " ".join(sorted(emoji)), "words": "\n".join(words)}),
            kit.small(
                "Empty both to go back to the usual signs. It counts from each person's next change of status, "
                "and for everybody from tonight."
            ),
            kit.reach(seen_by="HR admins", affects="everybody whose status shows one of these signs"),
        ],
        submit="Save signs",
    )


def read_form(view: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The form gives the emoji, and the words in lower case."""
    given = kit.read(view, FIELDS)
    emoji = re.sub(r":\s*:", ": :", given["emoji"].lower()).replace(",", " ").split()
    lines = (" ".join(line.split()) for line in re.split(r"[\n,;]", given["words"].lower()))
    return emoji, [line for line in lines if line]


def saved_page() -> View:
    return kit.confirmation(
        f"{SIGNS}.saved",
        "Absence signs",
        "Saved. I ask nothing of people whose status shows one of these.",
        "It counts from each person's next change of status, and for everybody from tonight.",
    )


def hr_entry() -> HrEntry:
    return HrEntry(HrGroup.PEOPLE, kit.button("Absence signs", SIGNS))
