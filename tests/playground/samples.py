"""One of everything that Slack's own SDK makes, as full as it gets."""

from typing import Any

from slack_sdk.models import blocks as kit
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.blocks.block_elements import FileInputElement

Json = dict[str, Any]
OPTION = kit.Option(value="v" * 150, text="t" * 75, description="d" * 75)
OTHER = kit.Option(value="other", text="Other")
CONFIRM = kit.ConfirmObject(title="t" * 100, text="x" * 300, confirm="y" * 30, deny="n" * 30, style="danger")
MENU: dict[str, Any] = {
    "action_id": "a" * 255,
    "placeholder": kit.PlainTextObject(text="p" * 150),
    "confirm": CONFIRM,
}
TYPED: dict[str, Any] = {
    "action_id": "a" * 255,
    "placeholder": kit.PlainTextObject(text="p" * 150),
    "dispatch_action_config": DispatchActionConfig(trigger_actions_on=["on_enter_pressed"]),
}
OPTIONS = [OPTION, OTHER]
RICH_TEXT = kit.RichTextBlock(
    elements=[
        kit.RichTextSectionElement(
            elements=[
                kit.RichTextElementParts.Text(text="x", style=kit.RichTextElementParts.TextStyle(bold=True)),
                kit.RichTextElementParts.User(user_id="U1"),
                kit.RichTextElementParts.UserGroup(usergroup_id="S1"),
                kit.RichTextElementParts.Channel(channel_id="C1"),
                kit.RichTextElementParts.Team(team_id="T1"),
                kit.RichTextElementParts.Emoji(name="wave", skin_tone=2),
                kit.RichTextElementParts.Link(url="https://example.com", text="x"),
                kit.RichTextElementParts.Broadcast(range="here"),
                kit.RichTextElementParts.Date(timestamp=1_700_000_000, format="{date}", fallback="then"),
                kit.RichTextElementParts.Color(value="#ff0000"),
            ]
        ),
        kit.RichTextListElement(
            style="bullet",
            indent=8,
            border=1,
            elements=[kit.RichTextSectionElement(elements=[kit.RichTextElementParts.Text(text="x")])],
        ),
        kit.RichTextQuoteElement(elements=[kit.RichTextElementParts.Text(text="x")]),
        kit.RichTextPreformattedElement(elements=[kit.RichTextElementParts.Text(text="x")], border=0),
    ]
)
MENUS: list[Any] = [
    kit.CheckboxesElement(action_id="a", options=OPTIONS, initial_options=[OPTION], confirm=CONFIRM),
    kit.RadioButtonsElement(action_id="a", options=OPTIONS, initial_option=OTHER, confirm=CONFIRM),
    kit.DatePickerElement(initial_date="2026-11-21", **MENU),
    kit.TimePickerElement(initial_time="23:59", timezone="Europe/Lisbon", **MENU),
    kit.StaticSelectElement(options=OPTIONS, initial_option=OPTION, **MENU),
    kit.StaticSelectElement(
        option_groups=[kit.OptionGroup(label="g" * 75, options=OPTIONS)], initial_option=OTHER, **MENU
    ),
    kit.StaticMultiSelectElement(options=OPTIONS, initial_options=OPTIONS, max_selected_items=2, **MENU),
    kit.ExternalDataSelectElement(initial_option=OPTION, min_query_length=0, **MENU),
    kit.ExternalDataMultiSelectElement(initial_options=OPTIONS, max_selected_items=1, **MENU),
    kit.UserSelectElement(initial_user="U1", **MENU),
    kit.UserMultiSelectElement(initial_users=["U1", "U2"], max_selected_items=2, **MENU),
    kit.ConversationSelectElement(
        initial_conversation="C1",
        default_to_current_conversation=True,
        filter=kit.ConversationFilter(include=["im", "mpim", "private", "public"], exclude_bot_users=True),
        **MENU,
    ),
    kit.ConversationMultiSelectElement(initial_conversations=["C1"], **MENU),
    kit.ChannelSelectElement(initial_channel="C1", **MENU),
    kit.ChannelMultiSelectElement(initial_channels=["C1"], **MENU),
]
BUTTONS: list[Any] = [
    kit.ButtonElement(
        text="t" * 75,
        action_id="b",
        value="v" * 2000,
        style="primary",
        confirm=CONFIRM,
        accessibility_label="l" * 75,
    ),
    kit.LinkButtonElement(text="Read", url="https://example.com/" + "u" * 2980, action_id="l"),
    kit.OverflowMenuElement(
        action_id="o",
        options=[kit.Option(value="a", text="A", url="https://example.com"), OTHER],
        confirm=CONFIRM,
    ),
]
MODAL_INPUTS: list[Any] = [
    kit.PlainTextInputElement(
        multiline=True, min_length=0, max_length=3000, initial_value="x" * 3000, **TYPED
    ),
    kit.EmailInputElement(initial_value="ana@example.com", **TYPED),
    kit.UrlInputElement(initial_value="https://example.com", **TYPED),
    kit.NumberInputElement(is_decimal_allowed=True, min_value=-1, initial_value="0.5", max_value=1, **TYPED),
    kit.RichTextInputElement(initial_value=RICH_TEXT.to_dict(), min_lines=1, max_lines=100, **TYPED),
    FileInputElement(action_id="f", filetypes=["png"], max_files=10),
    kit.DateTimePickerElement(action_id="d", initial_date_time=1_700_000_000, confirm=CONFIRM),
    kit.ConversationSelectElement(action_id="c", response_url_enabled=True),
]
BLOCKS: list[Any] = [
    kit.SectionBlock(text="x" * 3000, block_id="b" * 255),
    kit.SectionBlock(fields=["x" * 2000] * 10, expand=True),
    kit.DividerBlock(),
    kit.HeaderBlock(text="h" * 150),
    kit.ImageBlock(image_url="https://example.com/a.png", alt_text="a" * 2000, title="t" * 2000),
    kit.ImageBlock(slack_file={"id": "F1"}, alt_text="a"),
    kit.ContextBlock(
        elements=[
            kit.MarkdownTextObject(text="m", verbatim=True),
            kit.PlainTextObject(text="p", emoji=False),
            kit.ImageElement(image_url="https://example.com/a.png", alt_text="a"),
        ]
    ),
    kit.ActionsBlock(elements=BUTTONS),
    RICH_TEXT,
    kit.VideoBlock(
        alt_text="v",
        title="t" * 199,
        video_url="https://example.com/v",
        thumbnail_url="https://example.com/t",
        author_name="a" * 49,
    ),
]
MESSAGE_ONLY: list[Any] = [
    kit.MarkdownBlock(text="m" * 12_000),
    kit.TableBlock(
        rows=[
            [{"type": "raw_text", "text": "Name"}] * 20,
            [{"type": "raw_number", "value": 1, "text": "1"}, RICH_TEXT.to_dict()],
        ],
        column_settings=[{"align": "right", "is_wrapped": True}],
    ),
]


def named(made: Any) -> str:
    return type(made).__name__
