"""Screens and posts about kudos: within Slack's limits whatever people typed, readable back, pinging nobody."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.errors import NotFound
from bot.models import CompanyValue, KudosEvent, Person
from bot.models.groups import Group, Table
from bot.models.kudos import (
    CheckedThanks,
    GivenKudos,
    KudosFigures,
    MonthOfKudos,
    MyKudos,
    Thanks,
    ValueCount,
)
from bot.models.paging import Page
from bot.views import kudos as views
from bot.views import posts
from playground.blockkit import check_view
from tests.views.harmless import PINGS, TYPED, fine, harmless

AT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
ANA, BEN = Person(id=1, name=f"Ana {PINGS}"), Person(id=2, name=f"Ben {PINGS}")
VALUE = CompanyValue(id=3, name="Own it <!here>", meaning="Saw it through <@U0BEN>")


def a_kudos(text: str = PINGS, **changes: Any) -> GivenKudos:
    values: dict[str, Any] = {
        "kudos_id": 5,
        "giver": ANA,
        "named": (BEN,) * 10,
        "text": text,
        "value": VALUE.name,
        "channel": "C0THANKS",
        "link": "https://acme.slack.com/archives/C1/p1",
        "given_at": AT,
        "taken_back": None,
        "echoes": 2,
        "is_own": True,
        "goal": text,
    }
    return GivenKudos(**values | changes)


def meant(text: str = PINGS, **changes: Any) -> CheckedThanks:
    thanks = Thanks(("U0BEN",), text, channel="C0THANKS")
    values: dict[str, Any] = {
        "thanks": thanks,
        "receivers": (BEN, ANA),
        "in_private": (),
        "value": VALUE,
        "goal": text,
    }
    return CheckedThanks(**values | changes)


def shown(view: View) -> dict[str, Any]:
    content: dict[str, Any] = view.to_dict()
    assert check_view(content) == []
    return content


@given(TYPED)
@example(PINGS)
@example("x" * 2000)
@example("&" * 2000)
def test_whatever_is_typed_no_message_pings_or_breaks(text: str) -> None:
    for given_kudos in (
        a_kudos(text),
        a_kudos(text, channel=None),
        a_kudos(text, taken_back=KudosEvent.REMOVED),
    ):
        fine(views.post_message(given_kudos))
        fine(views.received_message(given_kudos, prefers_private=False))
    fine(views.removed_message(a_kudos(text), text[:500]))
    fine(views.preview_message(meant(text), 7, group=True, left_out=3))
    fine(views.sent_message(text[:80], 5))


@given(TYPED)
@example(PINGS)
def test_every_window_is_one_slack_shows(text: str) -> None:
    one = a_kudos(text)
    counts = [ValueCount(date(2026, month, 1), VALUE.name, 3, 4) for month in range(1, 12)]
    for view in (
        views.sent_page(one),
        views.mine_page(MyKudos(counts, Page((one,) * 5, 5), Page((one,) * 5, 5), True)),
        views.mine_page(MyKudos([], Page(), Page(), False)),
        views.mine_page(MyKudos([], Page((one,)), Page(), False)),
        views.removal_form(5),
        views.COMPANY_VALUES.page_of([VALUE] * 24),
        views.COMPANY_VALUES.filled(VALUE),
        views.COMPANY_VALUES.filled(None),
        views.taken_back_page(5),
        views.older_page(Page((one,) * 10, 5), received=True),
        views.older_page(Page(), received=False),
    ):
        harmless(view)


def test_a_picture_is_offered_where_there_is_something_to_draw() -> None:
    one, count = a_kudos(), ValueCount(date(2026, 11, 1), None, 1, 0)
    drawn, long_ago, nothing = (
        str(views.mine_page(MyKudos(counts, Page(tuple(given)), Page(), False)).to_dict())
        for counts, given in (([count], [one]), ([], [one]), ([], []))
    )
    assert "Send me a picture" in drawn
    assert "Send me a picture" not in long_ago + nothing
    assert "nothing to count or to draw" in long_ago and "nothing to count" not in nothing


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (date(2026, 11, 1), "Your kudos in November 2026"),
        (date(2026, 9, 1), "Your kudos, September to November 2026"),
        (date(2025, 12, 1), "Your kudos, December 2025 to November 2026"),
    ],
)
def test_a_picture_says_which_months_it_shows(first: date, title: str) -> None:
    assert views.picture_title(first, date(2026, 11, 1)) == title


@given(TYPED, st.booleans())
@example("x" * 2000, True)
def test_what_stands_in_the_form_comes_back_as_it_was(text: str, hint: bool) -> None:
    filled = views.Form(
        Thanks(("U0BEN", "U0ANA"), text, value_id=3, channel="C0THANKS", goal_id=8),
        views.Ref(channel="C1", ts="1.0"),
    )
    content = shown(views.form(filled, [VALUE], meant(), goal=text or "Fewer tickets", hint=hint))
    state: dict[str, Any] = {}
    for block in content["blocks"]:
        if block["type"] == "input":
            state[block["block_id"]] = {block["element"]["action_id"]: _as_submitted(block["element"])}
    back = views.read_form({**content, "state": {"values": state}})
    assert back.thanks == Thanks(("U0BEN", "U0ANA"), text.strip(), value_id=3, channel="C0THANKS", goal_id=8)
    assert (back.ref.ts, back.ref.hinted) == ("1.0", hint)


def _as_submitted(element: dict[str, Any]) -> dict[str, Any]:
    return {
        "value": element.get("initial_value"),
        "selected_users": element.get("initial_users"),
        "selected_option": element.get("initial_option"),
        "selected_conversation": element.get("initial_conversation"),
    }


def test_the_last_line_names_the_readers() -> None:
    def last(check: CheckedThanks) -> str:
        blocks = views.form(views.Form(check.thanks), [VALUE], check).to_dict()["blocks"]
        return str(blocks[-1]["elements"][0]["text"])

    pia = Person(id=9, name="Pia Lund")
    assert "everybody in <#C0THANKS>." in last(meant(receivers=(pia,)))
    dee = Person(id=8, name="Dee Park")
    assert "only you and Pia Lund" in last(meant(thanks=Thanks(("U9",), "x"), receivers=(pia,)))
    assert "only you, Pia Lund and Dee Park" in last(meant(thanks=Thanks(("U9",), "x"), receivers=(pia, dee)))
    assert "asked to be thanked in private" in last(meant(receivers=(pia,), in_private=(pia,)))


# Typed lines


@pytest.mark.parametrize(
    ("line", "users", "text", "tags"),
    [
        ("<@U1> <@U2> for the import #craft", ("U1", "U2"), "for the import #craft", ("craft",)),
        ("<@U1>, <@U2|ben> and <@U3> you saved Friday", ("U1", "U2", "U3"), "you saved Friday", ()),
        ("thanks <@U1> for #42", ("U1",), "thanks <@U1> for #42", ("42",)),
        ("<@U1> for what <@U9> began", ("U1",), "for what <@U9> began", ()),
        ("nobody at all", (), "nobody at all", ()),
        ("<@U1> see <https://a.example/x|a.example>", ("U1",), "see https://a.example/x", ()),
    ],
)
def test_a_line_says_whom_and_what(
    line: str, users: tuple[str, ...], text: str, tags: tuple[str, ...]
) -> None:
    read = views.read_typed(line)
    assert (read.users, read.text, read.tags) == (users, text, tags)


def test_groups_channels_and_broadcasts_are_told_from_words() -> None:
    read = views.read_typed("<!subteam^S1|@makers> <!channel> well done <#C1|thanks>")
    assert (read.groups, read.tags) == (("S1",), ("thanks",))
    channel, words = views.placed(read.text)
    assert (channel, views.spelled_out(words, {})) == ("C1", "@channel well done")


@pytest.mark.parametrize(
    ("line", "channel", "words"),
    [
        ("<@U1> for answering in <#C1|support> all week", None, "for answering in #support all week"),
        ("<@U1> for all in <#C1|support> <#C2|thanks>", "C2", "for all in #support"),
        ("<@U1> <#C2|thanks> for all in <#C1|support> today", "C2", "for all in #support today"),
        ("<@U1> you cleaned <#G1|> and <#G2|> up <#C2|thanks>.", "C2", None),
        ("<@U1> for the import <#C2|thanks> <#C3|craft>", "C2", "for the import"),
        ("<@U1> for the import <#G2|> #craft", "G2", "for the import"),
    ],
)
def test_only_a_channel_beside_the_people_or_at_the_end_is_where_it_is_said(
    line: str, channel: str | None, words: str | None
) -> None:
    where, rest = views.placed(views.read_typed(line).text, tag="craft")
    said = views.spelled_out(rest, {})
    assert (where, said) == (channel, words or "you cleaned a private channel and a private channel up")


def test_a_line_is_spelled_out_without_mentions_and_without_its_tag() -> None:
    _, words = views.placed("for <@U1> &lt;3 &amp; more #craft, not #craftsman", tag="craft")
    text = views.spelled_out(words, {"U1": "Ben"})
    assert text == "for Ben <3 & more , not #craftsman"


@given(st.text(max_size=300))
def test_no_line_is_too_odd_to_read(line: str) -> None:
    views.spelled_out(views.placed(views.read_typed(line).text, tag="craft")[1], {})


# Channels and refusals


@pytest.mark.parametrize("code", [*posts.WHY, "whatever_slack_invents", None])
def test_a_refused_post_says_why_and_what_helps(code: str | None) -> None:
    fine(posts.refused_message(3, "C1", code, may_repeat=True))


@pytest.mark.parametrize("odd", ["", "{", '{"kudos": 0}', '{"kudos": "x"}', None, "[]"])
def test_a_button_from_elsewhere_is_refused_calmly(odd: object) -> None:
    with pytest.raises(NotFound):
        views.Ref.decode(odd).kudos_id  # noqa: B018


# For HR and the channel's look back


def test_figures_and_the_look_back_stay_within_slacks_limits() -> None:
    long = "&" * 40
    groups = tuple(Group(f"{long}{number}", 9, (3, None)) for number in range(60))
    table = Table(groups, Group("others", 7, (None, 2)))
    values = [(f"{long[:38]}{number}", 7) for number in range(24)]
    for figures in (
        KudosFigures(900, table, 40, 30, values, [name for name, _ in values]),
        KudosFigures(3, Table((), None), None, None, [], []),
    ):
        shown(views.figures_page(figures))
    shown(views.digest_form("C1"))
    shown(views.digest_saved_page("C1"))
    shown(views.digest_saved_page(None))
    fine(views.digest_message(MonthOfKudos(AT.date(), 12, 14, [a_kudos("x" * 2000)] * 3)))
    for drawn in ([], [a_kudos()], [a_kudos()] * 2):
        fine(views.digest_message(MonthOfKudos(AT.date(), None, None, drawn)))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((3, 1), "(7): 3 gave, 1 was thanked"),
        ((None, 2), "(7): 2 were thanked, the other number is left out, so that nobody can be singled out"),
        ((None, None), "(7): no numbers, so that nobody can be singled out"),
    ],
)
def test_a_number_left_out_is_said_as_a_person_would(counts: tuple[int | None, ...], said: str) -> None:
    table = Table((), Group("others", 7, counts))
    page = str(shown(views.figures_page(KudosFigures(7, table, None, None, [], []))))
    assert f"All other departments together {said}" in page
    assert ("There is no total" in page) is (None in counts)


def test_only_a_value_that_has_a_past_is_told_what_a_new_name_does_to_it() -> None:
    assert "Renamed" in str(shown(views.COMPANY_VALUES.filled(VALUE)))
    assert "Renamed" not in str(shown(views.COMPANY_VALUES.filled(None)))


@given(TYPED)
@example(PINGS)
@example("x" * 3000)
def test_what_was_told_in_a_check_in_stands_in_a_form_that_slack_shows(text: str) -> None:
    filled, note = views.from_checkin([f"U{number}" for number in range(20)], text)
    view = views.form(filled, [VALUE], note=note)
    harmless(view)
    assert filled.thanks.text == text and len(filled.thanks.receivers) == 10
    assert filled.thanks.channel is None and "your check-in" in note


def test_the_suggestion_to_thank_carries_the_check_in_and_no_words() -> None:
    step = views.helped_step(7)
    assert step.button.value == '{"checkin":7}'
