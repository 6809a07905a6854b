"""These functions build the fields of a form. A field's block_id is its name and the key of its errors."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    ConversationFilter,
    ConversationMultiSelectElement,
    ConversationSelectElement,
    DatePickerElement,
    ExternalDataSelectElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserMultiSelectElement,
    UserSelectElement,
)

from bot.views.kit.blocks import TYPED_LIMIT, options_of
from bot.views.kit.text import short

OPTIONS_IN_A_ROW = 100
OUR_CHANNELS = ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True)


def _input(
    field: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str | None,
    optional: bool,
    tells: bool = False,
) -> InputBlock:
    return InputBlock(
        block_id=field,
        label=label,
        hint=short(hint, 150) if hint else None,
        optional=optional,
        dispatch_action=tells or None,
        element=element,
    )


def text_input(
    field: str,
    label: str,
    *,
    hint: str | None = None,
    value: str = "",
    optional: bool = False,
    multiline: bool = True,
    limit: int = TYPED_LIMIT,
) -> InputBlock:
    element = PlainTextInputElement(
        action_id="value", multiline=multiline, max_length=limit, initial_value=value or None
    )
    return _input(field, label, element, hint=hint, optional=optional)


def choice_input(
    field: str,
    label: str,
    choices: Mapping[str, str],
    *,
    hint: str | None = None,
    value: str | None = None,
    optional: bool = False,
    placeholder: str = "Choose one",
) -> InputBlock:
    """`choices` maps value to label, in the order shown."""
    options = options_of(choices)
    element = StaticSelectElement(
        action_id="value",
        placeholder=placeholder,
        **_offered(choices, list(options.values())),
        initial_option=options.get(value) if value else None,
    )
    return _input(field, label, element, hint=hint, optional=optional)


def _offered(choices: Mapping[str, str], options: Sequence[Option]) -> dict[str, Any]:
    """Slack shows 100 options at most; longer lists are split into groups labelled with their first and last option."""
    if len(options) <= OPTIONS_IN_A_ROW:
        return {"options": options}
    labels = [short(label, 30) for label in choices.values()]
    groups = []
    for start in range(0, len(options), OPTIONS_IN_A_ROW):
        row = slice(start, start + OPTIONS_IN_A_ROW)
        groups.append(OptionGroup(label=f"{labels[row][0]} – {labels[row][-1]}", options=options[row]))
    return {"option_groups": groups}


def choices_input(
    field: str,
    label: str,
    choices: Mapping[str, str],
    *,
    hint: str | None = None,
    values: Sequence[str] = (),
    placeholder: str = "Choose",
) -> InputBlock:
    options = options_of(choices)
    element = StaticMultiSelectElement(
        action_id="value",
        placeholder=placeholder,
        options=list(options.values()),
        initial_options=[options[value] for value in values if value in options] or None,
    )
    return _input(field, label, element, hint=hint, optional=True)


def person_input(
    field: str, label: str, *, hint: str | None = None, value: str | None = None, optional: bool = False
) -> InputBlock:
    """`value` is a Slack user id."""
    element = UserSelectElement(action_id="value", placeholder="Choose a person", initial_user=value)
    return _input(field, label, element, hint=hint, optional=optional)


def people_input(
    field: str,
    label: str,
    *,
    most: int,
    hint: str | None = None,
    values: Sequence[str] = (),
    optional: bool = False,
    action_id: str = "value",
    tells: bool = False,
) -> InputBlock:
    """`values` are Slack user ids. With `tells`, Slack sends each change at once as an action."""
    element = UserMultiSelectElement(
        action_id=action_id,
        placeholder="Choose people",
        initial_users=list(values) or None,
        max_selected_items=most,
    )
    return _input(field, label, element, hint=hint, optional=optional, tells=tells)


def channel_input(
    field: str,
    label: str,
    *,
    hint: str | None = None,
    value: str | None = None,
    optional: bool = False,
    action_id: str = "value",
    tells: bool = False,
) -> InputBlock:
    """The field offers public and private channels of this company. `value` is a channel id. With `tells`, Slack sends
    each change at once as an action.
    """
    element = ConversationSelectElement(
        action_id=action_id,
        placeholder="Choose a channel",
        initial_conversation=value,
        filter=OUR_CHANNELS,
    )
    return _input(field, label, element, hint=hint, optional=optional, tells=tells)


def channels_input(
    field: str, label: str, *, most: int, hint: str | None = None, values: Sequence[str] = ()
) -> InputBlock:
    """The field takes any number of channels up to `most`, or none."""
    element = ConversationMultiSelectElement(
        action_id="value",
        placeholder="Choose channels",
        initial_conversations=list(values) or None,
        max_selected_items=most,
        filter=OUR_CHANNELS,
    )
    return _input(field, label, element, hint=hint, optional=True)


def date_input(
    field: str, label: str, *, hint: str | None = None, value: date | None = None, optional: bool = False
) -> InputBlock:
    element = DatePickerElement(action_id="value", initial_date=value.isoformat() if value else None)
    return _input(field, label, element, hint=hint, optional=optional)


def search_input(
    field: str,
    label: str,
    *,
    hint: str | None = None,
    value: tuple[str, str] | None = None,
    placeholder: str = "Type a few letters",
) -> InputBlock:
    """Slack asks us for the options that match what is typed, since a menu could not hold all. `value` is a pair of
    value and label.
    """
    chosen = options_of({value[0]: value[1]})[value[0]] if value else None
    element = ExternalDataSelectElement(
        action_id="value", placeholder=placeholder, min_query_length=0, initial_option=chosen
    )
    return _input(field, label, element, hint=hint, optional=True)
