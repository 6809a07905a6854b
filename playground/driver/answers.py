"""From the words somebody says ("Good", "Ben") to the value that Slack's client would send for a field."""

from collections.abc import Callable, Mapping
from typing import Any

from playground.driver.reading import Reader
from playground.driver.screen import Control, option_reading
from playground.form_state import ONE_OPTION, OPTIONS, TEXTS

Words = tuple[str, ...]
Find = Callable[[str], str]
"""From what a person is called to their id."""

WRITTEN = (*TEXTS, "rich_text_input", "datepicker", "timepicker", "datetimepicker")
PEOPLE = ("users_select", "multi_users_select")
CHANNELS = ("channels_select", "multi_channels_select", "conversations_select", "multi_conversations_select")


def written(control: Control, text: str) -> Any:
    if control.kind not in WRITTEN:
        raise AssertionError(
            f"{control.label!r} is not a field to write in; choose(…) or pick_person(…) fits it"
        )
    return int(text) if control.kind == "datetimepicker" and text else text or None


def chosen(control: Control, words: Words, reader: Reader) -> Any:
    if control.kind not in (*ONE_OPTION, *OPTIONS):
        raise AssertionError(
            f"{control.label!r} has no options to choose from; fill(…) or pick_person(…) fits it"
        )
    options = [option_reading(reader, control.element, word) for word in words]
    return _one_or_many(control, options)


def picked(control: Control, names: Words, find: Mapping[str, Find]) -> Any:
    """`find` knows people and channels; which of them a field wants is in its kind."""
    what = "person" if control.kind in PEOPLE else "channel"
    if control.kind not in (*PEOPLE, *CHANNELS):
        raise AssertionError(f"{control.label!r} is not a field to pick a {what} in")
    return _one_or_many(control, [find[what](name) for name in names])


def answer(control: Control, words: Words, reader: Reader, find: Mapping[str, Find]) -> Any:
    """Whatever fits this field."""
    if control.kind in (*PEOPLE, *CHANNELS):
        return picked(control, words, find)
    if control.kind in WRITTEN:
        return written(control, " ".join(words))
    return chosen(control, words, reader)


def _one_or_many(control: Control, values: list[Any]) -> Any:
    if control.kind.startswith("multi_") or control.kind == "checkboxes":
        return values
    if len(values) > 1:
        raise AssertionError(f"{control.label!r} takes one choice, not {len(values)}")
    return values[0] if values else None
