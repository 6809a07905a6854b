"""The driver shows what a person would see: no markup, no ids, and nothing silently left out."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.driver.finding import the_one
from playground.driver.mrkdwn import Eyes, read_mrkdwn
from playground.driver.reading import Reader
from tests.playground.samples import BLOCKS, BUTTONS, MENUS, MESSAGE_ONLY, MODAL_INPUTS, named

Json = dict[str, Any]
NAMES = {"U1": "Ana Silva", "C1": "general", "S1": "design-team"}
EYES = Eyes(NAMES.get)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*Done* by _today_, not ~never~", "Done by today, not never"),
        ("2*3*4 snake_case_name ~", "2*3*4 snake_case_name ~"),
        ("Hello <@U1>, hello <@U9>", "Hello @Ana Silva, hello @U9"),
        ("<#C1> and <#C9|secret-plan> and <#C8|>", "#general and #secret-plan and #private channel"),
        ("<!channel> <!here> <!subteam^S1> <!subteam^S2|@ops>", "@channel @here @design-team @ops"),
        ("<https://example.com|Read it> <https://example.com>", "Read it https://example.com"),
        ("<mailto:ana@example.com|Write> <mailto:ana@example.com>", "Write ana@example.com"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&lt;!channel&gt; &amp;lt;", "<!channel> &lt;"),
        ("`*kept* &lt;` and ```_as\nis_```", "*kept* < and _as\nis_"),
        ("no <tag left open", "no <tag left open"),
    ],
)
def test_text_reads_as_slack_shows_it(written: str, read: str) -> None:
    assert read_mrkdwn(written, EYES) == read


def test_a_date_is_shown_in_the_zone_of_the_reader() -> None:
    seconds = int(datetime(2026, 11, 21, 23, 30, tzinfo=UTC).timestamp())
    written = f"<!date^{seconds}^{{date_long}} at {{time}}|soon>"
    assert read_mrkdwn(written, EYES) == "Saturday, November 21st, 2026 at 11:30 PM"
    tokyo = Eyes(NAMES.get, ZoneInfo("Asia/Tokyo"))
    assert read_mrkdwn(written, tokyo) == "Sunday, November 22nd, 2026 at 8:30 AM"


@pytest.mark.parametrize("broken", ["<!date|soon>", "<!date^x^{date}|soon>", "<!date^1^{nope}|soon>"])
def test_a_broken_date_shows_its_fallback(broken: str) -> None:
    assert read_mrkdwn(broken, EYES) == "soon"


@settings(deadline=None)
@given(st.text(alphabet="<>@#!|^*_~`{}&;U1date 0\n"))
def test_any_text_can_be_read(written: str) -> None:
    assert isinstance(read_mrkdwn(written, EYES), str)


@settings(deadline=None)
@given(st.text())
def test_text_escaped_for_slack_never_becomes_a_mention(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert Reader(EYES).text(plain(escaped)) == typed


READ_BLOCKS: list[tuple[Json, str]] = [
    ({"type": "header", "text": plain("Your week")}, "Your week"),
    ({"type": "divider"}, "---"),
    (
        {
            "type": "section",
            "text": plain("Ben"),
            "fields": [plain("one")],
            "accessory": {"type": "button", "text": plain("Open")},
        },
        "Ben\none  [Open]",
    ),
    (
        {
            "type": "actions",
            "elements": [
                {"type": "button", "text": plain("Share")},
                {"type": "overflow", "options": [{"text": plain("Edit"), "value": "e"}]},
                {"type": "users_select", "placeholder": plain("Who"), "action_id": "a"},
            ],
        },
        "[Share] [⋯ Edit] [Who ▾]",
    ),
    (
        {
            "type": "context",
            "elements": [{"type": "image", "alt_text": "A cat", "image_url": "u"}, plain("Mia")],
        },
        "[image: A cat] Mia",
    ),
    (
        {"type": "image", "alt_text": "A chart", "image_url": "u", "title": plain("Trend")},
        "[image: A chart] Trend",
    ),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_number", "text": "1"}]]},
        "a | 1",
    ),
    ({"type": "carousel"}, "[unreadable: carousel]"),
    (
        {"type": "context", "elements": [{"type": "icon_button"}, plain("x")]},
        "[unreadable: icon_button] x",
    ),
    (
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "Hi "},
                        {"type": "user", "user_id": "U1"},
                        {"type": "gif"},
                    ],
                },
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]}
                    ],
                },
                {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
                {"type": "rich_text_footnote", "elements": []},
            ],
        },
        "Hi @Ana Silva[unreadable: gif]\n1. first\n> said\n[unreadable: rich_text_footnote]",
    ),
]


@pytest.mark.parametrize(("block", "read"), READ_BLOCKS, ids=[block["type"] for block, _ in READ_BLOCKS])
def test_a_block_reads_as_slack_shows_it(block: Json, read: str) -> None:
    assert Reader(EYES).block(block) == read


@pytest.mark.parametrize("made", BLOCKS + MESSAGE_ONLY, ids=named)
def test_every_block_that_an_app_may_send_can_be_read(made: Any) -> None:
    words = Reader(EYES).block(made.to_dict())
    assert words
    assert "unreadable" not in words


@pytest.mark.parametrize("made", MENUS + MODAL_INPUTS + BUTTONS, ids=named)
def test_every_control_that_an_app_may_send_can_be_read(made: Any) -> None:
    words = Reader(EYES).element(made.to_dict())
    assert words
    assert "unreadable" not in words


def an_input(element: Json, **fields: Any) -> Json:
    return {
        "type": "input",
        "block_id": "b",
        "label": plain("Mood"),
        "element": {"action_id": "a", **element},
        **fields,
    }


def test_a_field_shows_label_value_hint_and_error() -> None:
    block = an_input({"type": "plain_text_input"}, optional=True, hint=plain("One word."))
    assert Reader(EYES).block(block) == "Mood (optional)\n  [____]\n  One word."
    filled = Reader(EYES, {"b": {"a": {"type": "plain_text_input", "value": "fine"}}}, {"b": "Too short."})
    assert filled.block(block) == "Mood (optional)\n  [fine]\n  One word.\n  ! Too short."


def test_choices_show_what_is_chosen() -> None:
    options = [
        {"text": plain("Good"), "value": "g"},
        {"text": plain("Low"), "value": "l", "description": plain("takes effort")},
    ]
    radio = an_input({"type": "radio_buttons", "options": options, "initial_option": options[1]})
    assert Reader(EYES).block(radio) == "Mood\n  ( ) Good  (•) Low (takes effort)"
    boxes = an_input({"type": "checkboxes", "options": options, "initial_options": options[:1]})
    assert Reader(EYES).block(boxes) == "Mood\n  [x] Good  [ ] Low (takes effort)"
    menu = an_input({"type": "static_select", "options": options, "placeholder": plain("Choose")})
    assert Reader(EYES).block(menu) == "Mood\n  [Choose ▾]"
    people = an_input({"type": "multi_users_select", "initial_users": ["U1", "U9"]})
    assert Reader(EYES).block(people) == "Mood\n  [@Ana Silva, U9 ▾]"


def test_things_are_found_exactly_or_by_their_beginning_or_somewhere_inside() -> None:
    labels = [("Open", 1), ("Open all", 2), ("What  moved\nforward this week?", 3)]
    assert the_one("open", labels, "button") == 1
    assert the_one("What moved…", labels, "field") == 3
    assert the_one("forward", labels, "field") == 3
    assert the_one("open a", labels, "button") == 2


def test_an_ambiguous_name_lists_who_it_could_be() -> None:
    people = [("Maria Santos", 1), ("Maria Kowalska", 2)]
    with pytest.raises(AssertionError, match=r"'Maria' could be 2 persons: Maria Santos, Maria Kowalska\."):
        the_one("Maria", people, "person")


def test_what_is_not_there_is_reported_with_the_whole_screen() -> None:
    with pytest.raises(AssertionError) as failure:
        the_one("Send", [("Save", 1)], "button", screen="Your week\n[Save]")
    assert str(failure.value) == (
        "There is no button 'Send'. There are: Save.\nOn the screen:\n  | Your week\n  | [Save]"
    )
    with pytest.raises(AssertionError, match="There is no button at all"):
        the_one("Send", [], "button")
