"""Composition objects: the small parts (texts, options, dialogs) that blocks and elements are made of."""

from collections.abc import Iterator

from playground.blockkit.problem import Problem, broken
from playground.blockkit.shape import (
    Fields,
    Json,
    Rule,
    anything,
    array,
    boolean,
    choice,
    exactly_one_of,
    one_of,
    record,
    string,
    variant,
)

ID = string(255)
URL = string(3000)
WEB_URL = string(3000, form=r"https?://\S+", called="a valid URL")
STYLE = choice("primary", "danger")


def plain_text(most: int = 3000) -> Rule:
    return variant({"plain_text": _text(most, {"emoji": boolean})})


def any_text(most: int = 3000) -> Rule:
    return variant(
        {"plain_text": _text(most, {"emoji": boolean}), "mrkdwn": _text(most, {"verbatim": boolean})}
    )


def _text(most: int, optional: Fields) -> Rule:
    return record({"type": anything, "text": string(most)}, optional)


CONFIRM = record(
    {"title": plain_text(100), "text": any_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": STYLE},
)

_OPTION_VALUE = string(150)
_OPTION_EXTRAS = {"description": plain_text(75)}

OPTION = record({"text": plain_text(75), "value": _OPTION_VALUE}, _OPTION_EXTRAS)
RICH_OPTION = record({"text": any_text(75), "value": _OPTION_VALUE}, {"description": any_text(75)})
"""Only radio buttons and checkboxes may format the text of an option."""
OVERFLOW_OPTION = record({"text": plain_text(75), "value": _OPTION_VALUE}, {**_OPTION_EXTRAS, "url": URL})

OPTION_GROUP = record({"label": plain_text(75), "options": array(OPTION, least=1, most=100)})

CONVERSATION_FILTER = record(
    {},
    {
        "include": array(choice("im", "mpim", "private", "public"), least=1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    one_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

DISPATCH_ACTION_CONFIG = record(
    {}, {"trigger_actions_on": array(choice("on_enter_pressed", "on_character_entered"), least=1)}
)

SLACK_FILE = record({}, {"id": ID, "url": URL}, exactly_one_of("id", "url"))

WORKFLOW = record(
    {
        "trigger": record(
            {"url": URL},
            {
                "customizable_input_parameters": array(
                    record({"name": string(3000), "value": string(3000, 0)})
                )
            },
        )
    }
)


def initial_options_are_offered(value: Json, at: str) -> Iterator[Problem]:
    """What is chosen to begin with must equal an option exactly, text included."""
    groups = value.get("option_groups", [])
    offered = [*value.get("options", []), *(option for group in groups for option in group["options"])]
    for name, chosen in _initially_chosen(value):
        if chosen not in offered:
            yield broken(f"{at}/{name}", f"must match exactly one of the options: {chosen['value']}")


def _initially_chosen(value: Json) -> Iterator[tuple[str, Json]]:
    if "initial_option" in value:
        yield "initial_option", value["initial_option"]
    for place, option in enumerate(value.get("initial_options", [])):
        yield f"initial_options/{place}", option
