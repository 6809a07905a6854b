"""The table of block elements: what each may contain, in which blocks it may stand, and on which surfaces."""

from playground.blockkit.composition import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    ID,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    RICH_OPTION,
    SLACK_FILE,
    STYLE,
    URL,
    WEB_URL,
    WORKFLOW,
    any_text,
    initial_options_are_offered,
    plain_text,
)
from playground.blockkit.element import (
    ACTIONS,
    CONTEXT,
    FOCUS,
    INPUT,
    MENU,
    NUMERAL,
    PLACEHOLDER,
    SECTION,
    Element,
    initial_value_fits,
    interactive,
    ordered,
    ordered_numbers,
    timezone_name,
    whole_unless_decimal,
)
from playground.blockkit.rich_text import RICH_TEXT_VALUE
from playground.blockkit.shape import (
    Fields,
    Rule,
    anything,
    array,
    boolean,
    exactly_one_of,
    integer,
    record,
    string,
    variant,
)

_ANYWHERE = (SECTION, ACTIONS, INPUT)
_VIEWS = ("modal", "home")
_DATE = string(10, form=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", called="a date as YYYY-MM-DD")
_TIME = string(5, form=r"([01]\d|2[0-3]):[0-5]\d", called="a time as HH:mm")
_UNIX_SECONDS = integer(1_000_000_000, 9_999_999_999)

_OPTIONS: Fields = {
    "options": array(OPTION, least=1, most=100),
    "option_groups": array(OPTION_GROUP, least=1, most=100),
}
_STATIC = (exactly_one_of("options", "option_groups"), initial_options_are_offered)
_TYPED: Fields = {**FOCUS, **PLACEHOLDER, "dispatch_action_config": DISPATCH_ACTION_CONFIG}
_CONVERSATIONS: Fields = {"default_to_current_conversation": boolean, "filter": CONVERSATION_FILTER}
_SEVERAL: Fields = {**MENU, "max_selected_items": integer(1, 1000)}
_IDS = array(ID)
_QUERY: Fields = {"min_query_length": integer(0, 3000)}


def _select(optional: Fields) -> Element:
    return Element(interactive({}, {**MENU, **optional}), _ANYWHERE)


def _multi_select(optional: Fields) -> Element:
    return Element(interactive({}, {**_SEVERAL, **optional}), _ANYWHERE)


ELEMENTS: dict[str, Element] = {
    "button": Element(
        interactive(
            {"text": plain_text(75)},
            {
                "value": string(2000, least=0),
                "url": URL,
                "style": STYLE,
                "confirm": CONFIRM,
                "accessibility_label": string(75),
                "agent_prompt": string(4000),
                "agent_prompt_display": string(3000),
                "visible_to_user_ids": _IDS,
            },
        ),
        (SECTION, ACTIONS),
    ),
    "checkboxes": Element(
        interactive(
            {"options": array(RICH_OPTION, least=1, most=10)},
            {**FOCUS, "confirm": CONFIRM, "initial_options": array(RICH_OPTION, least=1, most=10)},
            initial_options_are_offered,
        ),
        _ANYWHERE,
    ),
    "radio_buttons": Element(
        interactive(
            {"options": array(RICH_OPTION, least=1, most=10)},
            {**FOCUS, "confirm": CONFIRM, "initial_option": RICH_OPTION},
            initial_options_are_offered,
        ),
        _ANYWHERE,
    ),
    "overflow": Element(
        interactive({"options": array(OVERFLOW_OPTION, least=1, most=5)}, {"confirm": CONFIRM}),
        (SECTION, ACTIONS),
    ),
    "datepicker": _select({"initial_date": _DATE}),
    "timepicker": _select({"initial_time": _TIME, "timezone": timezone_name}),
    "datetimepicker": Element(
        interactive({}, {**FOCUS, "confirm": CONFIRM, "initial_date_time": _UNIX_SECONDS}),
        (ACTIONS, INPUT),
        ("message", "modal"),
    ),
    "static_select": Element(
        interactive({}, {**MENU, **_OPTIONS, "initial_option": OPTION}, *_STATIC), _ANYWHERE
    ),
    "external_select": _select({**_QUERY, "initial_option": OPTION}),
    "users_select": _select({"initial_user": ID}),
    "conversations_select": _select(
        {**_CONVERSATIONS, "initial_conversation": ID, "response_url_enabled": boolean}
    ),
    "channels_select": _select({"initial_channel": ID, "response_url_enabled": boolean}),
    "multi_static_select": Element(
        interactive({}, {**_SEVERAL, **_OPTIONS, "initial_options": array(OPTION, least=1)}, *_STATIC),
        _ANYWHERE,
    ),
    "multi_external_select": _multi_select({**_QUERY, "initial_options": array(OPTION, least=1)}),
    "multi_users_select": _multi_select({"initial_users": _IDS}),
    "multi_conversations_select": _multi_select({**_CONVERSATIONS, "initial_conversations": _IDS}),
    "multi_channels_select": _multi_select({"initial_channels": _IDS}),
    "plain_text_input": Element(
        interactive(
            {},
            {
                **_TYPED,
                "multiline": boolean,
                "min_length": integer(0, 3000),
                "max_length": integer(1, 3000),
                "initial_value": string(3000, least=0),
            },
            ordered("min_length", "max_length"),
            initial_value_fits,
        ),
        (INPUT,),
    ),
    "email_text_input": Element(
        interactive({}, {**_TYPED, "initial_value": string(3000, least=0)}), (INPUT,), ("modal",)
    ),
    "url_text_input": Element(
        interactive({}, {**_TYPED, "initial_value": string(3000, least=0)}), (INPUT,), ("modal",)
    ),
    "number_input": Element(
        interactive(
            {"is_decimal_allowed": boolean},
            {**_TYPED, "min_value": NUMERAL, "max_value": NUMERAL, "initial_value": NUMERAL},
            whole_unless_decimal,
            ordered_numbers,
        ),
        (INPUT,),
        ("modal",),
    ),
    "rich_text_input": Element(
        interactive(
            {"action_id": ID},
            {
                **_TYPED,
                "initial_value": RICH_TEXT_VALUE,
                "min_lines": integer(1, 100),
                "max_lines": integer(1, 100),
            },
            ordered("min_lines", "max_lines"),
        ),
        (ACTIONS, INPUT),
        _VIEWS,
    ),
    "file_input": Element(
        interactive({}, {"filetypes": array(ID, least=1), "max_files": integer(1, 10)}), (INPUT,), ("modal",)
    ),
    "workflow_button": Element(
        interactive(
            {"text": plain_text(75), "workflow": WORKFLOW},
            {"style": STYLE, "accessibility_label": string(75)},
        ),
        (SECTION, ACTIONS),
        ("message",),
    ),
    "image": Element(
        record(
            {"type": anything, "alt_text": string(2000)},
            {"image_url": WEB_URL, "slack_file": SLACK_FILE},
            exactly_one_of("image_url", "slack_file"),
        ),
        (SECTION, CONTEXT),
    ),
}


def elements_in(block: str, surface: str) -> Rule:
    """The elements that may stand in such a block on this surface; any other type is refused."""
    table = {
        name: element.rule
        for name, element in ELEMENTS.items()
        if block in element.inside and surface in element.surfaces
    }
    texts = {"plain_text": any_text(), "mrkdwn": any_text()} if block == CONTEXT else {}
    return variant(table | texts)
