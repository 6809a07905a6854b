"""Screens and posts about awards and anniversaries: within Slack's limits whatever people typed, pinging nobody."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.anniversaries import shipped_conversation
from bot.errors import Invalid, NotFound
from bot.models import AwardType, CompanyValue, Person, Verdict
from bot.models.anniversaries import Anniversary
from bot.models.awards import (
    Announcing,
    AwardFigures,
    AwardsOverview,
    Decision,
    GivenAward,
    SeenNomination,
    Standing,
)
from bot.models.groups import Group, Table
from bot.shipped import shipped_awards
from bot.views import anniversaries as years
from bot.views import awards as views
from tests.views.harmless import PINGS, TYPED, fine, harmless

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
ZONE = "Europe/Lisbon"
ANA, BEN = Person(id=1, name=f"Ana {PINGS}" * 20), Person(id=2, name=f"Ben {PINGS}" * 20)
AWARD = AwardType(id=3, name="Award <!here> & <@U0BEN>", meaning="For <@U0BEN>")
VALUE = CompanyValue(id=4, name="Own it <!here>")


def a_decision(text: str, verdict: Verdict = Verdict.APPROVED) -> Decision:
    return Decision(verdict, ANA, NOW, text[:500], text[:40], NOW)


def a_nomination(text: str = PINGS, **changes: Any) -> SeenNomination:
    values: dict[str, Any] = {
        "nomination_id": 5,
        "award": AWARD.name,
        "nominee": BEN,
        "nominator": ANA,
        "act": text,
        "effect": text,
        "value": VALUE.name,
        "evidence": f"https://example.com/{text[:100]}",
        "conflict": text[:500],
        "nominated_at": NOW,
        "standing": Standing.WAITING,
        "decision": None,
        "announced_at": None,
        "as_hr": True,
        "may_decide": True,
    }
    return SeenNomination(**values | changes)


def an_award(text: str = PINGS, **changes: Any) -> GivenAward:
    values: dict[str, Any] = {
        "award": AWARD.name,
        "receiver": BEN,
        "value": VALUE.name,
        "text": text,
        "channels": ("C0NEWS",) * 10,
        "announced_at": NOW,
    }
    return GivenAward(**values | changes)


def an_announcing(text: str = PINGS, **changes: Any) -> Announcing:
    values: dict[str, Any] = {
        "announcement_id": 6,
        "nomination_id": 5,
        "award": an_award(text),
        "due_at": NOW,
        "fastest": timedelta(seconds=2),
        "slowest": timedelta(seconds=11),
    }
    return Announcing(**values | changes)


@given(TYPED)
@example(PINGS)
@example("x" * 2000)
@example("&" * 2000)
def test_whatever_is_typed_no_message_pings_or_breaks(text: str) -> None:
    fine(views.post_message(an_award(text)))
    fine(views.received_message(an_award(text)))
    fine(views.received_message(an_award(text, channels=())))
    fine(views.decided_message(a_nomination(text, decision=a_decision(text))))
    fine(views.decided_message(a_nomination(text, decision=a_decision(text, Verdict.DECLINED))))
    fine(years.coming_message(an_anniversary(text)))


@given(TYPED)
@example(PINGS)
@example("&" * 2000)
def test_every_window_is_one_slack_shows(text: str) -> None:
    seen = a_nomination(text)
    decided = a_nomination(
        text, decision=a_decision(text), standing=Standing.SCHEDULED, may_decide=False, announced_at=NOW
    )
    full = AwardsOverview(
        True, [seen] * 8, 30, [decided] * 6, [decided] * 5, [seen] * 5, [an_award(text)] * 8
    )
    left = a_nomination(nominee=Person(id=2, name=text[:200], deactivated_at=NOW))
    for view in (
        views.page(full, ZONE, news=text[:300]),
        views.page(AwardsOverview(False, (), 0, (), (), (), ()), None),
        views.page(AwardsOverview(True, (), 0, (), (), (), ()), None),
        views.form("U0BEN", [AWARD] * 24, [VALUE] * 24, [ANA, BEN]),
        views.form(None, [], [], []),
        views.sent_page(text[:300], text[:60]),
        views.nomination_page(seen, ZONE, own=False),
        views.nomination_page(decided, ZONE, own=False),
        views.nomination_page(replace(decided, as_hr=False), None, own=True),
        views.nomination_page(left, None, own=False),
        views.announcement_form(seen, text, ["C0NEWS"] * 10, ZONE),
        views.preview_page(an_announcing(text), ZONE, now=NOW),
        views.preview_page(
            an_announcing(text, due_at=None, award=an_award(text, channels=())), ZONE, now=NOW
        ),
        views.AWARDS.page_of([AWARD] * 24),
        views.AWARDS.filled(AWARD),
        views.AWARDS.filled(None),
        years.talk_page(an_anniversary(text), shipped_conversation(), ZONE),
    ):
        harmless(view)


def an_anniversary(name: str, **changes: Any) -> Anniversary:
    person = Person(id=2, name=name[:300])
    values: dict[str, Any] = {"years": 3, "day": date(2026, 12, 2), "thanked_at": NOW, "thanked_by": name}
    return Anniversary(person, **values | changes)


def state(view: View, **elements: dict[str, Any]) -> dict[str, Any]:
    """The form as Slack sends it back with these fields filled."""
    values = {field: {"value": element} for field, element in elements.items()}
    return {"private_metadata": view.private_metadata or "", "state": {"values": values}}


def option(value: object) -> dict[str, Any]:
    return {"selected_option": {"value": str(value)}}


@given(TYPED)
def test_a_nomination_is_read_back_as_typed(text: str) -> None:
    view = views.form(None, [AWARD], [VALUE], [ANA])
    filled = state(
        view,
        who={"selected_user": "U0BEN"},
        award=option(3),
        act={"value": text},
        effect={"value": text},
        value=option(4),
    )
    wish = views.read_form(filled)
    assert (wish.nominee, wish.type_id, wish.value_id) == ("U0BEN", 3, 4)
    assert wish.act == wish.effect == text.strip() and wish.conflict == ""


@pytest.mark.parametrize("chosen", ["", "x", "9" * 30, "-1"])
def test_ids_that_no_menu_of_ours_holds_are_nothing(chosen: str) -> None:
    wish = views.read_form(state(views.form(None, [AWARD], [], []), award=option(chosen)))
    assert wish.type_id is None


def test_a_decision_is_read_back() -> None:
    view = views.nomination_page(a_nomination(), ZONE, own=False)
    answer = views.read_decision(
        state(view, verdict=option("declined"), reason={"value": "No"}, budget_code={"value": "HR-7"})
    )
    assert answer == (5, Verdict.DECLINED, "No", "HR-7")
    assert views.read_decision(state(view, verdict=option("rejected"))).verdict is None
    with pytest.raises(NotFound):
        views.read_decision({"private_metadata": "{}"})


@pytest.mark.parametrize(
    ("fields", "due_at"),
    [
        ({}, None),
        (
            {"day": {"selected_date": "2026-11-20"}, "time": option(570)},
            datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        ),
    ],
)
def test_an_announcement_is_read_back(fields: dict[str, Any], due_at: datetime | None) -> None:
    view = views.announcement_form(a_nomination(), "…", [], ZONE)
    filled = state(
        view, text={"value": "Well done"}, where={"selected_conversations": ["C1", "C2"]}, **fields
    )
    assert views.read_announcement(filled, ZONE) == (5, "Well done", ["C1", "C2"], due_at)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [({"day": {"selected_date": "2026-11-20"}}, "time"), ({"time": option(570)}, "day")],
)
def test_half_a_moment_asks_for_the_other_half(fields: dict[str, Any], missing: str) -> None:
    view = views.announcement_form(a_nomination(), "…", [], ZONE)
    with pytest.raises(Invalid) as refused:
        views.read_announcement(state(view, **fields), ZONE)
    assert refused.value.field == missing


@given(st.text(max_size=50))
@example("<!channel> {name} {years}")
def test_a_greeting_holds_any_name(name: str) -> None:
    harmless(years.talk_page(an_anniversary(name, thanked_at=None), shipped_conversation(), None))


def test_the_shipped_awards_are_eight_with_a_meaning_each() -> None:
    awards = shipped_awards()
    assert len({one.name for one in awards}) == 8 and all(one.meaning for one in awards)


def test_what_no_form_of_ours_sends_is_not_found() -> None:
    for ref in ("{", '{"nomination": 0}', '{"other": 1}', '{"nomination": "x"}'):
        with pytest.raises(NotFound):
            views.Ref.decode(ref)
        with pytest.raises(NotFound):
            years.Ref.decode(ref)


def test_figures_stay_within_slacks_limits_and_say_what_is_kept_back() -> None:
    departments = tuple(Group(f"{PINGS}{'&' * 40}{number}", 9, (3,)) for number in range(60))
    harmless(views.figures_page(AwardFigures(900, True, Table(departments, Group("others", 7, (2,))))))
    harmless(views.figures_page(AwardFigures(3, True, Table((), None))))
    named = Table((Group("others", 6, (1,)),), Group("others", 7, (None,)))
    page = str(views.figures_page(AwardFigures(13, True, named)).to_dict())
    assert "others (6): 1 received an award" in page
    assert "All other departments together (7): no numbers, so that nobody can be singled out" in page
    assert "There is no total" in page
    none = str(views.figures_page(AwardFigures(13, False, named)).to_dict())
    assert "Nobody received an award" in none and "0 received" not in none
