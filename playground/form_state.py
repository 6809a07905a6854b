"""What people have typed and chosen: `state.values` of views and messages, shaped as Slack shapes it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from playground.blockkit import elements_of
from playground.types import Payload

Values = dict[str, dict[str, Payload]]  # block_id → action_id → {"type": …, …}

TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
ONE_OPTION = ("static_select", "external_select", "radio_buttons")
OPTIONS = ("multi_static_select", "multi_external_select", "checkboxes")
# element type → (key in the state, key of its initial value in the block, value when untouched)
SHAPES: Mapping[str, tuple[str, str, Any]] = {
    **dict.fromkeys(TEXTS, ("value", "initial_value", None)),
    **dict.fromkeys(ONE_OPTION, ("selected_option", "initial_option", None)),
    **{kind: ("selected_options", "initial_options", []) for kind in OPTIONS},
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "file_input": ("files", "", []),
}


class NoSuchElement(LookupError):
    """The person pressed something that is not on their screen: a mistake of the test, not of the app."""


def stateful(blocks: list[Payload]) -> Iterator[tuple[Payload, Payload]]:
    """Each block and element that keeps a value."""
    for block in blocks:
        for element, _ in elements_of(block):
            if element.get("type") in SHAPES:
                yield block, element


def find_element(blocks: list[Payload], block_id: str, action_id: str) -> Payload:
    for block in blocks:
        for element, _ in elements_of(block):
            if block.get("block_id") == block_id and element.get("action_id") == action_id:
                return element
    raise NoSuchElement(f"there is no element {action_id!r} in a block {block_id!r} here")


def initial_values(blocks: list[Payload]) -> Values:
    values: Values = {}
    for block, element in stateful(blocks):
        key, initial, untouched = SHAPES[element["type"]]
        entry = {"type": element["type"], key: element.get(initial, untouched)}
        if "timezone" in element:
            entry["timezone"] = element["timezone"]
        values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return values


def carried_over(old: Values, blocks: list[Payload]) -> Values:
    """Values for new blocks. What was typed survives where block_id, action_id and type stay the same."""
    values = initial_values(blocks)
    for block_id, actions in values.items():
        for action_id, entry in actions.items():
            typed = old.get(block_id, {}).get(action_id)
            if typed is not None and typed["type"] == entry["type"]:
                actions[action_id] = typed
    return values


def with_choices(blocks: list[Payload], old: Values, choices: Mapping[str, Mapping[str, Any]]) -> Values:
    """The state after somebody typed: `choices` is block_id → action_id → plain value or Slack's shape."""
    values = {block_id: dict(actions) for block_id, actions in old.items()}
    for block_id, actions in choices.items():
        for action_id, choice in actions.items():
            element = find_element(blocks, block_id, action_id)
            values.setdefault(block_id, {})[action_id] = shaped(element, choice)
    return values


def shaped(element: Payload, choice: Any) -> Payload:
    """`choice` as Slack reports it: text, an option's value, an id, a date; or lists of them."""
    kind = element["type"]
    if isinstance(choice, dict) and choice.get("type") == kind:
        return choice
    key, _, untouched = SHAPES[kind]
    value = untouched if choice is None else CONVERTERS.get(kind, _as_is)(element, choice)
    return {"type": kind, key: value} | ({"timezone": element["timezone"]} if "timezone" in element else {})


def _as_is(_: Payload, choice: Any) -> Any:
    return choice


def _text(_: Payload, choice: Any) -> str | None:
    return str(choice) or None  # an emptied field comes back as null


def _option(element: Payload, choice: Any) -> Payload:
    if isinstance(choice, dict):
        return choice
    for option in options_of(element):
        if option["value"] == choice:
            return option
    raise NoSuchElement(f"{element['type']} has no option with the value {choice!r}")


def _options(element: Payload, choices: Any) -> list[Payload]:
    return [_option(element, choice) for choice in choices]


def _rich_text(_: Payload, choice: Any) -> Any:
    if not isinstance(choice, str):
        return choice
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": choice}]}
    return {"type": "rich_text", "elements": [section]}


def options_of(element: Payload) -> list[Payload]:
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


CONVERTERS: Mapping[str, Callable[[Payload, Any], Any]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(ONE_OPTION, _option),
    **dict.fromkeys(OPTIONS, _options),
    "rich_text_input": _rich_text,
}
