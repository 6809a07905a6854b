"""This form asks for a pause. The command may also name a person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from slack_sdk.models.views import View

from bot.errors import Invalid
from bot.spelling import command
from bot.views import kit
from bot.views.pauses.until import FIELD

PAUSE = "pauses.open"
RESUME = "pauses.resume"
FORM = "pauses.form"
WHO = "who"

UNTIL = kit.Field(FIELD, "Paused until", "date", hint="I am back on the morning of that day.")
PERSON = kit.Field(
    WHO, "Who", "person", optional=True, hint="Empty for yourself. Managers pause their team, HR anybody."
)
ROWS = (UNTIL, PERSON)

_mention = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>\s*")


@dataclass(frozen=True, slots=True)
class Asked:
    """`user_id` is a Slack id; it is empty for the person who asks."""

    until: date
    user_id: str | None


def form(*, today: date, for_others: bool, whom: str | None = None) -> View:
    """`for_others` says that this person leads a team or is an HR admin. `whom` is the Slack id already chosen."""
    monday = today + timedelta(days=7 - today.weekday())
    who_too = for_others or bool(whom)
    return kit.modal(
        FORM,
        "Pause",
        [
            kit.section(
                "While paused, nothing I send unasked reaches you, and no figure counts you as missing."
            ),
            *kit.fields(ROWS if who_too else [UNTIL], {FIELD: monday, WHO: whom}),
            kit.small(
                f"Shorter by typing: `{command('rapport pause until Monday')}`, `2 weeks` or `1 December`."
            ),
            kit.reach(
                seen_by="you and whoever is paused; their manager reads that they are away"
                if who_too
                else "you; your manager reads that you are away",
                affects="only whoever is paused" if who_too else "only you",
            ),
        ],
        submit="Pause",
    )


def read_form(view: Mapping[str, Any]) -> Asked:
    read = kit.read(view, ROWS)
    if read[FIELD] is None:
        raise Invalid("Choose the day on which I may write again.", field=FIELD)
    return Asked(read[FIELD], read[WHO])


def mentioned(text: str) -> tuple[str | None, str]:
    """The result is the Slack id at the beginning of the text, and the rest. A name that Slack did not recognise is
    refused.
    """
    if match := _mention.match(text):
        return match[1], text[match.end() :]
    if text.startswith("@"):
        raise Invalid("I cannot tell who that is. Type @ and choose the person from the list Slack shows.")
    return None, text
