"""These functions build messages, modals and the blocks in them that people read or press."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.slack import Message
from bot.views.kit.text import escape, short

TYPED_LIMIT = 3000  # Slack's limit for a text input, and for the section that shows its text
OPTION_LIMIT = 75
BUTTON_LIMIT = 75
TITLE_LIMIT = 24
TICKED = "yes"


def message(plain: str, *blocks: Block) -> Message:
    """`plain` is the whole message for notifications and screen readers; names in it are escaped here."""
    return Message(text=escape(plain), blocks=blocks)


def header(text: str) -> HeaderBlock:
    return HeaderBlock(text=PlainTextObject(text=short(text, 150), emoji=True))


def section(markdown: str, *, button: ButtonElement | OverflowMenuElement | None = None) -> SectionBlock:
    """The text is ours, in mrkdwn; names and other typed parts are already escaped."""
    return SectionBlock(text=MarkdownTextObject(text=markdown, verbatim=True), accessory=button)


def typed(text: str) -> SectionBlock:
    """The block shows a person's text exactly as typed."""
    return SectionBlock(text=PlainTextObject(text=short(text, TYPED_LIMIT) or " ", emoji=True))


def small(markdown: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=markdown, verbatim=True)])


def small_plain(text: str) -> ContextBlock:
    return ContextBlock(elements=[PlainTextObject(text=short(text, 2000), emoji=True)])


def reach(*, seen_by: str, affects: str) -> ContextBlock:
    """Every form that changes a setting or decides about somebody has this line. Both parts are in mrkdwn."""
    return small(f"*Who sees this:* {seen_by}. *Who is affected:* {affects}.")


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
    """`spoken` is what a screen reader says where the label alone is ambiguous ("Open"). `sure` makes Slack ask for
    confirmation.
    """
    return ButtonElement(
        text=PlainTextObject(text=short(label, BUTTON_LIMIT), emoji=True),
        action_id=action_id,
        value=value or None,
        style="primary" if primary else None,
        accessibility_label=short(spoken, BUTTON_LIMIT) if spoken else None,
        confirm=sure,
    )


def sure(title: str, text: str, *, yes: str, no: str) -> ConfirmObject:
    """Slack asks before it sends a press. Both labels name what happens ("Take back", "Keep"), as people read them
    before the text.
    """
    return ConfirmObject(title=title, text=PlainTextObject(text=short(text, 300)), confirm=yes, deny=no)


def menu(
    action_id: str, choices: Mapping[str, str], *, sure: ConfirmObject | None = None
) -> OverflowMenuElement:
    """The ⋯ menu holds secondary actions. `choices` maps value to label, at most five."""
    return OverflowMenuElement(action_id=action_id, options=list(options_of(choices).values()), confirm=sure)


def buttons(*elements: ButtonElement | OverflowMenuElement, block_id: str | None = None) -> ActionsBlock:
    return ActionsBlock(elements=list(elements), block_id=block_id)


def tick(block_id: str, action_id: str, label: str, *, ticked: bool) -> ActionsBlock:
    """A single tick box stands below the field it is about. Slack sends each tick at once, and again with the form,
    where `Values.choices(block_id)` reads it: `[TICKED]` or nothing.
    """
    option = options_of({TICKED: label})[TICKED]
    box = CheckboxesElement(
        action_id=action_id, options=[option], initial_options=[option] if ticked else None
    )
    return ActionsBlock(block_id=block_id, elements=[box])


def options_of(choices: Mapping[str, str]) -> dict[str, Option]:
    return {
        value: Option(value=value, text=PlainTextObject(text=short(label, OPTION_LIMIT), emoji=True))
        for value, label in choices.items()
    }


def options(choices: Mapping[str, str]) -> list[Option]:
    """These options answer a menu that loads its choices from us; Slack takes a hundred at most."""
    return list(options_of(choices).values())[:100]


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


def begun_with(view: View, words: str) -> View:
    """The first field for text starts with these words, or goes on with them in a line of their own."""
    typed_in = (getattr(block, "element", None) for block in view.blocks or [])
    field = next((one for one in typed_in if isinstance(one, PlainTextInputElement)), None)
    if field is not None and words:
        text = "\n".join(filter(None, [field.initial_value, words]))
        if not field.multiline:
            text = " ".join(text.split())
        field.initial_value = text[: field.max_length or TYPED_LIMIT]
    return view


def with_first_line(view: View, sentence: str) -> View:
    """The form gets a sentence on top. Its fields keep their ids, so Slack keeps what was typed."""
    view.blocks = [
        section(f":warning: {escape(sentence)}\nWhat you changed is still here."),
        *(view.blocks or []),
    ]
    return view
