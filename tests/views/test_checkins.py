"""Check-in screens: within Slack's limits whatever people typed, readable back, and honest about who sees what."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.errors import Invalid, NotFound
from bot.models import Answer, Audience, Checkin, Department, Load, Person
from bot.models.checkins import (
    CheckinSettings,
    ChosenPack,
    HistoryPage,
    OwnWeeks,
    PastCheckin,
    Prefill,
    Reading,
    Remark,
    TeamMember,
    TeamWeek,
    Version,
)
from bot.models.paging import Page
from bot.packs import shipped_packs
from bot.views import checkins as views
from bot.views import home
from playground.blockkit import check_blocks, check_view
from tests.conftest import NOW

WEEK = date(2026, 11, 16)
AT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
BEN = Person(id=2, name="Ben <!channel>")
ANA = Person(id=1, name="Ana")
CORE = shipped_packs().core.questions_for(WEEK)
TYPED = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=3000)


def a_draft(**changes: Any) -> Prefill:
    values: dict[str, Any] = {
        "week": WEEK,
        "closes_at": datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
        "questions": CORE,
        "manager": BEN,
        "line": (),
        "written": None,
        "planned_last_week": None,
    }
    return Prefill(**values | changes)


def a_checkin(text: str = "shipped it", **changes: Any) -> Checkin:
    answers = tuple(Answer(q.key, q.label, q.choices[0] if q.choices else text) for q in CORE)
    values: dict[str, Any] = {
        "id": 12,
        "person_id": 1,
        "week": WEEK,
        "manager_id": 2,
        "audience": Audience.MANAGER,
        "answers": answers,
        "energy": 4,
        "load": Load.RIGHT,
        "submitted_at": AT,
    }
    return Checkin(**values | changes)


def a_reading(checkin: Checkin, **changes: Any) -> Reading:
    values: dict[str, Any] = {
        "checkin_id": checkin.id,
        "week": checkin.week,
        "is_edited": checkin.edited_at is not None,
        "energy": checkin.energy,
        "load": checkin.load,
        "author": ANA,
        "manager_name": BEN.name,
        "is_own": False,
        "answers": checkin.answers,
        "locked_away": 0,
        "comments": (),
        "reactions": (),
        "obstacle_owner": None,
        "obstacle_cleared_at": None,
        "may_respond": True,
        "may_comment": True,
    }
    return Reading(**values | changes)


def submitted(view: View, **typed: Any) -> dict[str, Any]:
    """The view as Slack sends it back, with what was typed (str), chosen (str) or ticked (list) by field."""
    payload = view.to_dict()
    values: dict[str, Any] = {}
    for block in payload["blocks"]:
        if block["type"] == "actions" and block["elements"][0]["type"] == "checkboxes":
            ticked = block["elements"][0].get("initial_options", [])
            if block["block_id"] in typed.get("ticked", []):
                ticked = block["elements"][0]["options"]
            values[block["block_id"]] = {"x": {"type": "checkboxes", "selected_options": ticked}}
        if block["type"] != "input":
            continue
        kind, field = block["element"]["type"], block["block_id"]
        shapes: dict[str, dict[str, Any]] = {
            "plain_text_input": {"value": typed.get(field)},
            "static_select": {"selected_option": {"value": typed[field]} if field in typed else None},
            "multi_static_select": {"selected_options": [{"value": v} for v in typed.get(field, [])]},
        }
        values[field] = {"value": {"type": kind, **shapes[kind]}}
    return payload | {"id": "V1", "hash": "1.a", "state": {"values": values}}


def words(view: View) -> str:
    return str(view.to_dict())


@pytest.mark.parametrize("pack", list(shipped_packs()), ids=lambda pack: pack.key)
@pytest.mark.parametrize(
    "week", [date(2026, 11, 2), date(2026, 11, 9), WEEK, date(2026, 11, 23), date(2026, 11, 30)]
)
def test_every_shipped_pack_makes_a_form_slack_accepts(pack: Any, week: date) -> None:
    draft = a_draft(questions=pack.questions_for(week), week=week)
    for more in (False, True):
        assert check_view(views.form(draft, "Europe/Lisbon", more=more).to_dict()) == []


def test_the_form_says_by_name_who_sees_it() -> None:
    last = views.form(a_draft(), "UTC").to_dict()["blocks"][-1]["elements"][0]["text"]
    assert "you and Ben &lt;!channel&gt;, your manager" in last
    assert "not HR" in last


def test_the_form_names_the_line_above_where_it_reads_along() -> None:
    last = views.form(a_draft(line=(Person(id=3, name="Carla"),)), "UTC").to_dict()["blocks"][-1]
    assert "the line above: Carla" in last["elements"][0]["text"]


def test_without_a_manager_the_form_says_only_you_and_offers_no_lock() -> None:
    view = views.form(a_draft(manager=None), "UTC").to_dict()
    assert "only you" in view["blocks"][-1]["elements"][0]["text"]
    assert ":lock:" not in str(view)


def test_last_weeks_plan_stands_above_the_questions() -> None:
    view = views.form(a_draft(planned_last_week=Answer("next", "?", "finish <the> plan")), "UTC").to_dict()
    assert view["blocks"][1]["elements"] == [
        {"type": "plain_text", "text": "You planned: finish <the> plan", "emoji": True}
    ]


@given(moved=TYPED.filter(str.strip), next=TYPED.filter(str.strip), stuck=TYPED)
def test_what_was_typed_comes_back_as_typed(moved: str, next: str, stuck: str) -> None:
    view = submitted(
        views.form(a_draft(), "UTC", more=True),
        moved=moved,
        next=next,
        stuck=stuck,
        ask="Feedback",
        energy="2",
        ticked=["lock:stuck"],
    )
    form = views.read_form(view)
    texts = {answer.key: answer.text for answer in form.answers}
    assert (texts["moved"], texts["next"], texts["stuck"]) == (moved.strip(), next.strip(), stuck.strip())
    assert (form.week, form.energy, form.load, texts["ask"]) == (WEEK, 2, None, "Feedback")
    assert [answer.key for answer in form.answers if answer.locked] == ["stuck"]


def test_a_lock_is_kept_in_a_form_that_was_opened_before_each_answer_had_its_own() -> None:
    view = submitted(views.form(a_draft(), "UTC"), moved="a", next="b")
    chosen = {"type": "multi_static_select", "selected_options": [{"value": "moved"}]}
    view["state"]["values"]["locked"] = {"value": chosen}
    assert [answer.key for answer in views.read_form(view).answers if answer.locked] == ["moved"]


def test_the_words_after_the_command_start_the_first_answer_or_go_on_with_it() -> None:
    empty, written = views.filled_before(None), views.filled_before(a_checkin("shipped it"))
    assert empty.begun_with("moved", "fixed it").texts["moved"] == "fixed it"
    assert written.begun_with("moved", "fixed it").texts["moved"] == "shipped it\nfixed it"
    assert (
        check_view(views.form(a_draft(), "UTC", filled=empty.begun_with("moved", "x" * 9000)).to_dict()) == []
    )


def test_an_answer_keeps_its_question_as_it_was_asked() -> None:
    form = views.read_form(submitted(views.form(a_draft(), "UTC"), moved="a", next="b"))
    assert form.answers[0] == Answer("moved", CORE[0].label, "a")


def test_spaces_in_a_required_field_are_refused_under_that_field() -> None:
    with pytest.raises(Invalid) as caught:
        views.read_form(submitted(views.form(a_draft(), "UTC"), moved="   ", next="b"))
    assert caught.value.field == "moved"


def test_text_past_the_limit_is_refused_under_its_field() -> None:
    with pytest.raises(Invalid, match="3000 characters") as caught:
        views.read_form(submitted(views.form(a_draft(), "UTC"), moved="x" * 3001, next="b"))
    assert caught.value.field == "moved"


def test_editing_starts_from_what_was_written() -> None:
    written = a_checkin("kept", answers=(Answer("moved", "?", "kept", locked=True), Answer("next", "?", "n")))
    view = views.form(a_draft(written=written), "UTC").to_dict()
    by_id = {block.get("block_id"): block for block in view["blocks"]}
    assert by_id["moved"]["element"]["initial_value"] == "kept"
    assert by_id["lock:moved"]["elements"][0]["initial_options"]
    assert "initial_options" not in by_id["lock:next"]["elements"][0]
    assert by_id["energy"]["element"]["initial_option"]["value"] == "4"
    assert check_view(view) == []


@given(text=TYPED.filter(str.strip))
@example(text="&" * 3000)
def test_any_check_in_makes_a_page_slack_accepts(text: str) -> None:
    checkin = a_checkin(text)
    remarks = tuple(Remark(text[:40], text[:2000], AT) for _ in range(20))
    view = views.page(
        a_reading(checkin, comments=remarks, reactions=("tada",), author=Person(name=text)), "UTC"
    )
    assert check_view(view.to_dict()) == []


def test_the_page_offers_the_manager_what_a_manager_may_do() -> None:
    shown = words(views.page(a_reading(a_checkin()), "UTC"))
    assert "I'll take this on" in shown
    assert "React with tada" in shown


def test_the_page_offers_its_author_an_answer_but_no_reactions() -> None:
    own = a_reading(a_checkin(), is_own=True, may_respond=False)
    shown = words(views.page(own, "UTC"))
    assert "I'll take this on" not in shown
    assert "React with" not in shown
    assert "'Answer'" in shown


def test_locked_answers_are_said_to_exist_not_shown() -> None:
    view = views.page(a_reading(a_checkin(), answers=(), locked_away=2, may_comment=False), "UTC")
    assert "Some answers are locked" in words(view)
    assert view.to_dict().get("submit") is None


def test_messages_name_people_and_weeks_and_nothing_that_was_written() -> None:
    member = TeamMember(Person(name="Ana <!here>"), 12, "canary", False, False, False)
    shared = views.team_message(TeamWeek.of(WEEK, [member], shown=25), has_ended=False)
    answered = views.answered_message("Ben", WEEK, 12, own=True)
    for message in (shared, answered):
        assert check_blocks([block.to_dict() for block in message.blocks]) == []
        assert len(message.text.split(".")[0].split()) <= 12
    assert "<!here>" not in str(shared.blocks[0].to_dict()) + shared.text
    assert "canary" not in str([block.to_dict() for block in shared.blocks]) + shared.text


def test_an_old_or_forged_reference_is_answered_with_a_sentence() -> None:
    for value in ("", "[]", '{"checkin":"x"}', '{"checkin":-1}', '{"other":1}', None, 7):
        with pytest.raises(NotFound):
            _ = views.Ref.decode(value).checkin_id


@given(text=TYPED.filter(str.strip), name=TYPED.filter(str.strip))
@example(text="&" * 3000, name="<" * 3000)
def test_lists_and_home_stay_within_slacks_limits(text: str, name: str) -> None:
    checkin = a_checkin(text)
    member = TeamMember(Person(name=name), checkin.id, text, False, False, False)
    away = TeamMember(Person(name=name), None, None, False, True, False)
    team = TeamWeek.of(WEEK, (member,) * 24 + (away,) * 5, shown=25)
    past = tuple(PastCheckin(checkin, 2) for _ in range(10))
    history = HistoryPage(Page(past, after=past[-1].checkin.id), to_hand_over=3, manager=Person(name=name))
    part = home.HomePart(
        waiting=views.waiting_lines(WEEK, team),
        action=views.quick_action(checkin),
        mine=views.mine_lines(OwnWeeks(None, checkin, past[:3])),
        team=views.team_on_home(team),
    )
    shown = home.home(name, [part], is_hr=False)
    for view in (views.team_page(team, NOW), views.history_page(history), shown):
        assert check_view(view.to_dict()) == []


def test_who_is_away_is_never_shown_as_late() -> None:
    away = TeamMember(ANA, None, None, False, True, False)
    waiting = TeamMember(BEN, None, None, False, False, False)
    team = TeamWeek.of(WEEK, (waiting, away), shown=25)
    shown = words(views.team_page(team, NOW))
    assert "*Ana*\\nAway" in shown
    assert "0 of 1 wrote" in shown


def test_empty_lists_say_what_to_do_next() -> None:
    assert "HR admin" in words(views.team_page(None, NOW))
    assert "/checkin" in words(views.history_page(HistoryPage(Page(), 0, None)))
    assert "Nothing waits for you" in words(home.home("Ana", [home.HomePart()], is_hr=False))


def test_the_export_says_what_was_asked_what_is_locked_and_what_was_said_to_it() -> None:
    answers = (Answer("wins", "What moved?", "All of it"), Answer("stuck", "In the way?", "The build", True))
    version = Version(WEEK, 1, AT, answers, 4, None, (Remark("Ben", "Thanks", AT),))
    header, [row] = views.export_rows([version])
    table = dict(zip(header, row, strict=True))
    assert table["What moved?"] == "All of it"
    assert table["In the way?"] == "The build (locked)"
    assert table["comments"] == "Ben: Thanks"


def test_five_long_versions_fit_into_one_window() -> None:
    answers = tuple(Answer(f"q{number}", "What moved? " * 20, "x" * 3000) for number in range(7))
    shown = views.versions_page([Version(WEEK, n, AT, answers, 4, None) for n in range(5)], "Europe/Lisbon")
    assert check_view(shown.to_dict()) == []


def test_no_team_pushes_ones_own_check_in_out_of_what_waits() -> None:
    member = TeamMember(ANA, 12, None, False, False, False)
    lines = views.waiting_lines(WEEK, TeamWeek.of(WEEK, (member,) * 5, shown=25))
    assert "Your check-in for the week" in lines[0].said


def test_hr_can_choose_among_hundreds_of_departments_and_hears_of_choices_not_listed() -> None:
    departments = tuple(Department(id=n, name=f"D{n}", path=f"D{n:03}") for n in range(1, 501))
    chosen = (ChosenPack("Core", person="Ana"),)
    settings = CheckinSettings(
        {"core": "Core"}, departments, chosen, has_more_choices=True, line_above_reads=False
    )
    form = views.settings_form(settings).to_dict()
    assert check_view(form) == []
    assert "D500" in str(form)
    assert "and more, which apply as chosen" in str(form)


def test_home_shows_three_waiting_things_and_counts_the_rest() -> None:
    member = TeamMember(ANA, 12, None, False, False, False)
    lines = views.waiting_lines(WEEK, TeamWeek.of(WEEK, (member,) * 5, shown=25))
    shown = words(home.home("Ben", [home.HomePart(waiting=lines)], is_hr=False))
    assert "And 3 more" in shown
