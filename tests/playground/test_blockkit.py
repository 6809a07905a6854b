"""What Slack would refuse, the local Slack refuses, at the same place and in the same words."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.blockkit import Problem, check_blocks, check_view

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**fields: Any) -> Json:
    return {"type": "section", "text": mrkdwn("Hello"), **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**fields: Any) -> Json:
    return {"type": "button", "text": plain("Open"), "action_id": "open", **fields}


def option(value: str, text: str = "Good", **fields: Any) -> Json:
    return {"text": plain(text), "value": value, **fields}


def entry(element: Json, **fields: Any) -> Json:
    return {"type": "input", "label": plain("How is it?"), "element": element, **fields}


def modal(*blocks: Json, **fields: Any) -> Json:
    return {"type": "modal", "title": plain("Check-in"), "blocks": list(blocks), **fields}


def said(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.message) for problem in problems]


REFUSED_MESSAGES: list[tuple[str, list[Json], str, str]] = [
    ("51 blocks", [{"type": "divider"}] * 51, "/blocks", "no more than 50 items allowed"),
    ("no type", [{}], "/blocks/0", "missing required field: type"),
    ("unknown type", [{"type": "hero"}], "/blocks/0/type", "unsupported type: hero"),
    ("posted file", [{"type": "file", "external_id": "X"}], "/blocks/0/type", "unsupported type: file"),
    (
        "unknown property",
        [{"type": "divider", "text": "x"}],
        "/blocks/0",
        "invalid additional property: text",
    ),
    (
        "long section",
        [section(text=mrkdwn("x" * 3001))],
        "/blocks/0/text/text",
        "must be less than 3001 characters",
    ),
    ("empty text", [section(text=mrkdwn(""))], "/blocks/0/text/text", "must be more than 0 characters"),
    ("text as string", [section(text="hi")], "/blocks/0/text", "must provide an object"),
    ("empty section", [{"type": "section"}], "/blocks/0", "must define either `text` or `fields`"),
    ("11 fields", [section(fields=[mrkdwn("x")] * 11)], "/blocks/0/fields", "no more than 10 items allowed"),
    (
        "long field",
        [section(fields=[mrkdwn("x" * 2001)])],
        "/blocks/0/fields/0/text",
        "must be less than 2001 characters",
    ),
    (
        "verbatim plain text",
        [section(text={**plain("x"), "verbatim": True})],
        "/blocks/0/text",
        "invalid additional property: verbatim",
    ),
    (
        "long header",
        [{"type": "header", "text": plain("x" * 151)}],
        "/blocks/0/text/text",
        "must be less than 151 characters",
    ),
    (
        "formatted header",
        [{"type": "header", "text": mrkdwn("x")}],
        "/blocks/0/text/type",
        "unsupported type: mrkdwn",
    ),
    (
        "26 buttons",
        [actions(*(button(action_id=str(n)) for n in range(26)))],
        "/blocks/0/elements",
        "no more than 25 items allowed",
    ),
    ("no buttons", [actions()], "/blocks/0/elements", "no fewer than 1 items allowed"),
    (
        "11 in a context",
        [{"type": "context", "elements": [mrkdwn("x")] * 11}],
        "/blocks/0/elements",
        "no more than 10 items allowed",
    ),
    (
        "button in a context",
        [{"type": "context", "elements": [button()]}],
        "/blocks/0/elements/0/type",
        "unsupported type: button",
    ),
    (
        "long button",
        [actions(button(text=plain("x" * 76)))],
        "/blocks/0/elements/0/text/text",
        "must be less than 76 characters",
    ),
    (
        "long value",
        [actions(button(value="x" * 2001))],
        "/blocks/0/elements/0/value",
        "must be less than 2001 characters",
    ),
    (
        "colourful button",
        [actions(button(style="green"))],
        "/blocks/0/elements/0/style",
        "must be one of: primary, danger",
    ),
    (
        "long action_id",
        [actions(button(action_id="x" * 256))],
        "/blocks/0/elements/0/action_id",
        "must be less than 256 characters",
    ),
    (
        "twin action_id",
        [actions(button(), button())],
        "/blocks/0/elements/1/action_id",
        '`action_id` "open" already exists for another action',
    ),
    (
        "twin block_id",
        [section(block_id="a"), section(block_id="a")],
        "/blocks/1/block_id",
        '`block_id` "a" already exists for another block',
    ),
    (
        "picture without words",
        [{"type": "image", "image_url": "https://example.com/a.png"}],
        "/blocks/0",
        "missing required field: alt_text",
    ),
    (
        "picture from two places",
        [{"type": "image", "alt_text": "a", "image_url": "https://a.example", "slack_file": {"id": "F1"}}],
        "/blocks/0",
        "cannot define both `image_url` and `slack_file`",
    ),
    (
        "confirm without a title",
        [actions(button(confirm={"text": plain("?"), "confirm": plain("Yes"), "deny": plain("No")}))],
        "/blocks/0/elements/0/confirm",
        "missing required field: title",
    ),
    (
        "six overflow options",
        [section(accessory={"type": "overflow", "options": [option(str(n)) for n in range(6)]})],
        "/blocks/0/accessory/options",
        "no more than 5 items allowed",
    ),
    (
        "link in a select",
        [actions({"type": "static_select", "options": [option("a", url="https://a.example")]})],
        "/blocks/0/elements/0/options/0",
        "invalid additional property: url",
    ),
    (
        "long option value",
        [actions({"type": "static_select", "options": [option("v" * 151)]})],
        "/blocks/0/elements/0/options/0/value",
        "must be less than 151 characters",
    ),
    (
        "long option text",
        [actions({"type": "static_select", "options": [option("a", "x" * 76)]})],
        "/blocks/0/elements/0/options/0/text/text",
        "must be less than 76 characters",
    ),
    (
        "101 options",
        [actions({"type": "static_select", "options": [option(str(n)) for n in range(101)]})],
        "/blocks/0/elements/0/options",
        "no more than 100 items allowed",
    ),
    (
        "select without options",
        [actions({"type": "static_select"})],
        "/blocks/0/elements/0",
        "must define either `options` or `option_groups`",
    ),
    (
        "initial option of another text",
        [
            actions(
                {"type": "static_select", "options": [option("a")], "initial_option": option("a", "Other")}
            )
        ],
        "/blocks/0/elements/0/initial_option",
        "must match exactly one of the options: a",
    ),
    (
        "11 radio buttons",
        [actions({"type": "radio_buttons", "options": [option(str(n)) for n in range(11)]})],
        "/blocks/0/elements/0/options",
        "no more than 10 items allowed",
    ),
    (
        "impossible date",
        [actions({"type": "datepicker", "initial_date": "2026-13-01"})],
        "/blocks/0/elements/0/initial_date",
        "must be a date as YYYY-MM-DD",
    ),
    (
        "impossible time",
        [actions({"type": "timepicker", "initial_time": "24:00"})],
        "/blocks/0/elements/0/initial_time",
        "must be a time as HH:mm",
    ),
    (
        "unknown zone",
        [actions({"type": "timepicker", "timezone": "Mars/Base"})],
        "/blocks/0/elements/0/timezone",
        "must be a valid timezone",
    ),
    (
        "empty filter",
        [actions({"type": "conversations_select", "filter": {}})],
        "/blocks/0/elements/0/filter",
        "must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users`",
    ),
    (
        "number input in a message",
        [entry({"type": "number_input", "is_decimal_allowed": False})],
        "/blocks/0/element/type",
        "unsupported type: number_input",
    ),
    (
        "response urls in a message",
        [actions({"type": "channels_select", "response_url_enabled": True})],
        "/blocks/0/elements/0/response_url_enabled",
        "`response_url_enabled` needs an `input` block in a modal",
    ),
    (
        "wide list",
        [{"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "star", "elements": []}]}],
        "/blocks/0/elements/0/style",
        "must be one of: bullet, ordered",
    ),
    (
        "21 cells",
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}],
        "/blocks/0/rows/0",
        "no more than 20 items allowed",
    ),
    (
        "two tables",
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2,
        "/blocks",
        "no more than 1 `table` block allowed",
    ),
    (
        "long markdown in two parts",
        [{"type": "markdown", "text": "x" * 7000}] * 2,
        "/blocks",
        "`markdown` blocks must be less than 12001 characters in total",
    ),
]


@pytest.mark.parametrize(
    ("blocks", "pointer", "message"),
    [case[1:] for case in REFUSED_MESSAGES],
    ids=[c[0] for c in REFUSED_MESSAGES],
)
def test_a_message_that_slack_refuses_is_refused(blocks: list[Json], pointer: str, message: str) -> None:
    assert said(check_blocks(blocks)) == [(pointer, message)]


REFUSED_VIEWS: list[tuple[str, Json, str, str]] = [
    ("no title", {"type": "modal", "blocks": [section()]}, "/view", "missing required field: title"),
    (
        "long title",
        modal(section(), title=plain("x" * 25)),
        "/view/title/text",
        "must be less than 25 characters",
    ),
    (
        "long submit",
        modal(section(), submit=plain("x" * 25)),
        "/view/submit/text",
        "must be less than 25 characters",
    ),
    ("no blocks", modal(), "/view/blocks", "no fewer than 1 items allowed"),
    ("101 blocks", modal(*[{"type": "divider"}] * 101), "/view/blocks", "no more than 100 items allowed"),
    (
        "submit_disabled",
        modal(section(), submit_disabled=True),
        "/view",
        "invalid additional property: submit_disabled",
    ),
    (
        "long private_metadata",
        modal(section(), private_metadata="x" * 3001),
        "/view/private_metadata",
        "must be less than 3001 characters",
    ),
    (
        "long callback_id",
        modal(section(), callback_id="x" * 256),
        "/view/callback_id",
        "must be less than 256 characters",
    ),
    (
        "input without submit",
        modal(entry({"type": "plain_text_input"})),
        "/view",
        "must define `submit` to use an `input` block in modals",
    ),
    (
        "home with a title",
        {"type": "home", "title": plain("Home"), "blocks": [section()]},
        "/view",
        "invalid additional property: title",
    ),
    ("unknown view", {"type": "panel"}, "/view/type", "unsupported type: panel"),
    (
        "markdown in a modal",
        modal({"type": "markdown", "text": "x"}),
        "/view/blocks/0/type",
        "unsupported type: markdown",
    ),
    (
        "workflow button in a modal",
        modal(actions({"type": "workflow_button"})),
        "/view/blocks/0/elements/0/type",
        "unsupported type: workflow_button",
    ),
]

REFUSED_INPUTS: list[tuple[str, Json, str, str]] = [
    (
        "max_length of 0",
        {"type": "plain_text_input", "max_length": 0},
        "/max_length",
        "must be greater than 0",
    ),
    (
        "max_length of 3001",
        {"type": "plain_text_input", "max_length": 3001},
        "/max_length",
        "must be less than 3001",
    ),
    (
        "more least than most",
        {"type": "plain_text_input", "min_length": 9, "max_length": 3},
        "/min_length",
        "cannot be greater than `max_length`",
    ),
    (
        "prefilled beyond the limit",
        {"type": "plain_text_input", "max_length": 3, "initial_value": "four"},
        "/initial_value",
        "must be less than 4 characters",
    ),
    (
        "number without its kind",
        {"type": "number_input"},
        "",
        "missing required field: is_decimal_allowed",
    ),
    (
        "bare number",
        {"type": "number_input", "is_decimal_allowed": True, "min_value": 1},
        "/min_value",
        "must provide a string",
    ),
    (
        "word for a number",
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "one"},
        "/min_value",
        "must be a number written as a string",
    ),
    (
        "fraction of a whole",
        {"type": "number_input", "is_decimal_allowed": False, "initial_value": "1.5"},
        "/initial_value",
        "must be an integer unless `is_decimal_allowed` is true",
    ),
    (
        "number out of range",
        {
            "type": "number_input",
            "is_decimal_allowed": False,
            "min_value": "9",
            "initial_value": "10",
            "max_value": "9",
        },
        "/initial_value",
        "cannot be greater than `max_value`",
    ),
    (
        "11 files",
        {"type": "file_input", "max_files": 11},
        "/max_files",
        "must be less than 11",
    ),
    ("nameless rich text", {"type": "rich_text_input"}, "", "missing required field: action_id"),
    ("button as an input", button(), "/type", "unsupported type: button"),
    (
        "initial option from nowhere",
        {"type": "multi_static_select", "options": [option("a")], "initial_options": [option("b")]},
        "/initial_options/0",
        "must match exactly one of the options: b",
    ),
    (
        "long placeholder",
        {"type": "users_select", "placeholder": plain("x" * 151)},
        "/placeholder/text",
        "must be less than 151 characters",
    ),
]


@pytest.mark.parametrize(
    ("view", "pointer", "message"),
    [case[1:] for case in REFUSED_VIEWS],
    ids=[case[0] for case in REFUSED_VIEWS],
)
def test_a_view_that_slack_refuses_is_refused(view: Json, pointer: str, message: str) -> None:
    assert said(check_view(view)) == [(pointer, message)]


@pytest.mark.parametrize(
    ("element", "pointer", "message"),
    [case[1:] for case in REFUSED_INPUTS],
    ids=[c[0] for c in REFUSED_INPUTS],
)
def test_an_input_that_slack_refuses_is_refused(element: Json, pointer: str, message: str) -> None:
    view = modal(entry(element), submit=plain("Send"))
    assert said(check_view(view)) == [(f"/view/blocks/0/element{pointer}", message)]


def test_only_one_element_of_a_view_may_take_the_focus() -> None:
    focused = entry({"type": "plain_text_input", "focus_on_load": True})
    problems = check_view(modal(focused, focused, submit=plain("Send")))
    assert said(problems) == [
        ("/view/blocks/1/element/focus_on_load", "only one element can set `focus_on_load`")
    ]


def test_files_cannot_dispatch_actions() -> None:
    problems = check_view(modal(entry({"type": "file_input"}, dispatch_action=True), submit=plain("Send")))
    assert said(problems) == [("/view/blocks/0/dispatch_action", "cannot be used with `file_input`")]


def test_all_problems_are_told_at_once() -> None:
    problems = check_view({"type": "modal", "colour": "red"})
    assert {problem.message for problem in problems} == {
        "missing required field: title",
        "missing required field: blocks",
        "invalid additional property: colour",
    }
    assert {problem.code for problem in problems} == {"missing_field", "additional_property"}


def test_a_problem_reads_as_slack_prints_it() -> None:
    [problem] = check_blocks([section(text=mrkdwn("x" * 3001))])
    assert str(problem) == "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"


def test_pointers_start_where_the_caller_says() -> None:
    [problem] = check_blocks([section(accessory={"type": "hero"})], at="/x")
    assert problem.pointer == "/x/0/accessory/type"


@pytest.mark.parametrize("blocks", [None, 1, "[]", {"type": "divider"}, [None], [[]], ["divider"]])
def test_what_is_not_a_list_of_objects_is_refused(blocks: object) -> None:
    assert check_blocks(blocks)


def test_a_message_may_have_no_blocks_but_a_view_must_have_some() -> None:
    assert check_blocks([]) == []
    assert check_view({"type": "home", "blocks": []})


def json_values() -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    return st.recursive(
        leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
    )


def nearly_blocks() -> st.SearchStrategy[Any]:
    """Blocks gone wrong: real names of fields and types, with arbitrary values."""
    names = sorted(set(_words(REFUSED_MESSAGES + REFUSED_VIEWS + REFUSED_INPUTS)))
    words = st.sampled_from(names)
    leaves = words | st.none() | st.booleans() | st.integers() | st.text(max_size=3)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=6),
        max_leaves=30,
    )


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)
    elif isinstance(value, str) and len(value) < 30:
        yield value


@settings(deadline=None)
@given(json_values() | nearly_blocks() | st.lists(nearly_blocks(), max_size=3))
def test_the_validator_answers_whatever_it_is_given(value: Any) -> None:
    for problem in [*check_blocks(value), *check_view(value), *check_view(modal(value))]:
        assert problem.pointer.startswith("/")
        assert problem.message
