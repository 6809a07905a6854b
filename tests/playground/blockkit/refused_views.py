"""Windows that Slack refuses, and inputs in them: what is wrong, the view, the place and the words."""

from tests.playground.blockkit.builders import Json, actions, button, entry, modal, option, plain, section

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
