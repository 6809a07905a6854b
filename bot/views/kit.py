"""The dozen Block Kit words we use. Whatever a person typed enters Slack through here.

Typed text goes into plain text objects where it can (shown as typed, pings nobody) and through `escape()` where
it must stand in mrkdwn.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DatePickerElement,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.slack import Message

TYPED_LIMIT = 3000  # Slack's own for a text input, and for the section that shows it again
OPTION_LIMIT = 75
BUTTON_LIMIT = 75
TITLE_LIMIT = 24


def escape(text: str) -> str:
    """Makes typed text harmless in mrkdwn: no mention, channel, link or date can start."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(value: object) -> str:
    """A string from a payload without what databases cannot store: NUL and half characters."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def short(text: str, limit: int) -> str:
    """At most `limit` characters, cut with an ellipsis. Cut before escaping, never inside an entity."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def name(text: str) -> str:
    """A person's name inside mrkdwn, harmless and of bearable length."""
    return escape(short(text, 80))


def message(plain: str, *blocks: Block) -> Message:
    """A message. `plain` says all of it, for notifications and screen readers; names in it are made harmless."""
    return Message(text=escape(plain), blocks=blocks)


def header(text: str) -> HeaderBlock:
    return HeaderBlock(text=PlainTextObject(text=short(text, 150), emoji=True))


def line(markdown: str, *, button: ButtonElement | OverflowMenuElement | None = None) -> SectionBlock:
    """One line of our own words in mrkdwn; names and other typed parts already escaped."""
    return SectionBlock(text=MarkdownTextObject(text=markdown, verbatim=True), accessory=button)


def typed(text: str) -> SectionBlock:
    """What a person wrote, exactly as typed."""
    return SectionBlock(text=PlainTextObject(text=short(text, TYPED_LIMIT) or " ", emoji=True))


def small(markdown: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=markdown, verbatim=True)])


def small_plain(text: str) -> ContextBlock:
    return ContextBlock(elements=[PlainTextObject(text=short(text, 2000), emoji=True)])


def rule() -> DividerBlock:
    return DividerBlock()


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    primary: bool = False,
    spoken: str | None = None,
    sure: ConfirmObject | None = None,
) -> ButtonElement:
    """`spoken`: what a screen reader says where the label alone is ambiguous ("Open"). `sure`: asks once more."""
    return ButtonElement(
        text=PlainTextObject(text=short(label, BUTTON_LIMIT), emoji=True),
        action_id=action_id,
        value=value or None,
        style="primary" if primary else None,
        accessibility_label=short(spoken, BUTTON_LIMIT) if spoken else None,
        confirm=sure,
    )


def sure(title: str, text: str, *, yes: str, no: str = "Not yet") -> ConfirmObject:
    return ConfirmObject(title=title, text=PlainTextObject(text=short(text, 300)), confirm=yes, deny=no)


def menu(action_id: str, choices: Mapping[str, str]) -> OverflowMenuElement:
    """The ⋯ menu, for whatever is not the next thing to do. `choices`: value -> label, at most five."""
    return OverflowMenuElement(action_id=action_id, options=list(_options(choices).values()))


def buttons(*elements: ButtonElement | OverflowMenuElement, block_id: str | None = None) -> ActionsBlock:
    return ActionsBlock(elements=list(elements), block_id=block_id)


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
    return InputBlock(
        block_id=field,
        label=label,
        hint=short(hint, 150) if hint else None,
        optional=optional,
        element=PlainTextInputElement(
            action_id="value", multiline=multiline, max_length=limit, initial_value=value or None
        ),
    )


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
    """`choices`: value -> label, in the order shown."""
    options = _options(choices)
    return InputBlock(
        block_id=field,
        label=label,
        hint=short(hint, 150) if hint else None,
        optional=optional,
        element=StaticSelectElement(
            action_id="value",
            placeholder=placeholder,
            options=list(options.values()),
            initial_option=options.get(value) if value else None,
        ),
    )


def choices_input(
    field: str,
    label: str,
    choices: Mapping[str, str],
    *,
    hint: str | None = None,
    values: Sequence[str] = (),
    placeholder: str = "Choose",
) -> InputBlock:
    options = _options(choices)
    return InputBlock(
        block_id=field,
        label=label,
        hint=short(hint, 150) if hint else None,
        optional=True,
        element=StaticMultiSelectElement(
            action_id="value",
            placeholder=placeholder,
            options=list(options.values()),
            initial_options=[options[value] for value in values if value in options] or None,
        ),
    )


def person_input(
    field: str, label: str, *, hint: str | None = None, value: str | None = None, optional: bool = False
) -> InputBlock:
    """`value`: a Slack user id."""
    return InputBlock(
        block_id=field,
        label=label,
        hint=short(hint, 150) if hint else None,
        optional=optional,
        element=UserSelectElement(action_id="value", placeholder="Choose a person", initial_user=value),
    )


def date_input(
    field: str, label: str, *, hint: str | None = None, value: date | None = None, optional: bool = False
) -> InputBlock:
    return InputBlock(
        block_id=field,
        label=label,
        hint=short(hint, 150) if hint else None,
        optional=optional,
        element=DatePickerElement(action_id="value", initial_date=value.isoformat() if value else None),
    )


def _options(choices: Mapping[str, str]) -> dict[str, Option]:
    return {
        value: Option(value=value, text=PlainTextObject(text=short(label, OPTION_LIMIT), emoji=True))
        for value, label in choices.items()
    }


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str | None = None,
    metadata: str = "",
) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=PlainTextObject(text=short(title, TITLE_LIMIT)),
        submit=PlainTextObject(text=submit) if submit else None,
        close=PlainTextObject(text=close or ("Cancel" if submit else "Close")),
        private_metadata=metadata or None,
        blocks=list(blocks),
    )


class Values:
    """Reads the state of a submitted view by field, with every shape Slack may send for "nothing"."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        state = view.get("state")
        values = state.get("values") if isinstance(state, Mapping) else None
        self._values: Mapping[str, Any] = values if isinstance(values, Mapping) else {}

    def _element(self, field: str) -> Mapping[str, Any]:
        block = self._values.get(field)
        element = block.get("value") if isinstance(block, Mapping) else None
        return element if isinstance(element, Mapping) else {}

    def text(self, field: str) -> str:
        return clean(self._element(field).get("value")).strip()

    def choice(self, field: str) -> str | None:
        option = self._element(field).get("selected_option")
        return (clean(option.get("value")) or None) if isinstance(option, Mapping) else None

    def choices(self, field: str) -> list[str]:
        options = self._element(field).get("selected_options")
        chosen = options if isinstance(options, list) else []
        return [clean(option.get("value")) for option in chosen if isinstance(option, Mapping)]

    def user(self, field: str) -> str | None:
        return clean(self._element(field).get("selected_user")) or None

    def day(self, field: str) -> date | None:
        try:
            return date.fromisoformat(clean(self._element(field).get("selected_date")))
        except ValueError:
            return None


def input_fields(view: Mapping[str, Any]) -> list[str]:
    """The block_ids of a view's inputs in order: where an error sentence may stand."""
    blocks = view.get("blocks")
    return [
        clean(block.get("block_id"))
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, Mapping) and block.get("type") == "input"
    ]


def label_of(view: Mapping[str, Any], field: str) -> str:
    """The label the person read above a field: an answer keeps its question as it was asked."""
    for block in view.get("blocks") or []:
        if isinstance(block, Mapping) and block.get("block_id") == field:
            label = block.get("label")
            return clean(label.get("text")) if isinstance(label, Mapping) else ""
    return ""
