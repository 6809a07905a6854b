"""A flat form is described by rows: each row is one field, shown by `fields` and read back by `read`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from slack_sdk.models.blocks import InputBlock

from bot.views.kit import inputs
from bot.views.kit.blocks import TYPED_LIMIT
from bot.views.kit.reading import Values, row_id

Kind = Literal["text", "long_text", "choice", "numbered", "person", "people", "channels", "date"]

MENUS = ("choice", "numbered")


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is the block_id and the key of an error. The kind "numbered" is a choice among whole numbers, such as ids.

    `limit` is the number of characters of a text, `most` the number of people or channels.
    """

    name: str
    label: str
    kind: Kind = "long_text"
    optional: bool = False
    hint: str | None = None
    limit: int = TYPED_LIMIT
    most: int = 10


def fields(
    rows: Sequence[Field],
    values: Mapping[str, Any] | None = None,
    *,
    choices: Mapping[str, Mapping[str, str]] | None = None,
) -> list[InputBlock]:
    """The inputs keep the order of the rows. `values` holds each field's initial value by its name.

    `choices` maps value to label for each field of the kinds "choice" and "numbered". A field without choices is left
    out, since Slack shows no empty menu.
    """
    started, offered = values or {}, choices or {}
    return [
        KINDS[row.kind].shown(row, started.get(row.name), offered.get(row.name, {}))
        for row in rows
        if row.kind not in MENUS or offered.get(row.name)
    ]


def read(view: Mapping[str, Any], rows: Sequence[Field]) -> dict[str, Any]:
    """The submitted values are keyed by the names of the rows; a field without a choice is None."""
    values = Values(view)
    return {row.name: KINDS[row.kind].read(values, row.name) for row in rows}


def _text(row: Field, value: str | None, _: Mapping[str, str]) -> InputBlock:
    return inputs.text_input(
        row.name,
        row.label,
        hint=row.hint,
        value=value or "",
        optional=row.optional,
        multiline=row.kind == "long_text",
        limit=row.limit,
    )


def _choice(row: Field, value: object, choices: Mapping[str, str]) -> InputBlock:
    chosen = None if value is None else str(value)
    return inputs.choice_input(
        row.name, row.label, choices, hint=row.hint, value=chosen, optional=row.optional
    )


def _person(row: Field, value: str | None, _: Mapping[str, str]) -> InputBlock:
    return inputs.person_input(row.name, row.label, hint=row.hint, value=value, optional=row.optional)


def _people(row: Field, value: Sequence[str] | None, _: Mapping[str, str]) -> InputBlock:
    return inputs.people_input(
        row.name, row.label, most=row.most, hint=row.hint, values=value or (), optional=row.optional
    )


def _channels(row: Field, value: Sequence[str] | None, _: Mapping[str, str]) -> InputBlock:
    return inputs.channels_input(row.name, row.label, most=row.most, hint=row.hint, values=value or ())


def _date(row: Field, value: Any, _: Mapping[str, str]) -> InputBlock:
    return inputs.date_input(row.name, row.label, hint=row.hint, value=value, optional=row.optional)


class _Way(NamedTuple):
    shown: Callable[[Field, Any, Mapping[str, str]], InputBlock]
    read: Callable[[Values, str], Any]


KINDS: Mapping[Kind, _Way] = {
    "text": _Way(_text, Values.text),
    "long_text": _Way(_text, Values.text),
    "choice": _Way(_choice, Values.choice),
    "numbered": _Way(_choice, lambda values, name: row_id(values.choice(name))),
    "person": _Way(_person, Values.user),
    "people": _Way(_people, Values.users),
    "channels": _Way(_channels, Values.channels),
    "date": _Way(_date, Values.day),
}
