"""Goal screens: within Slack's limits whatever people typed, readable back, and honest about who sees what."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from slack_sdk.models.views import View

from bot.errors import Invalid, NotFound
from bot.models import Department, KeyResult, Person
from bot.models.goals import (
    Closing,
    Confidence,
    Coverage,
    Deed,
    Evidence,
    GoalDraft,
    GoalHistory,
    GoalKind,
    GoalLine,
    GoalList,
    GoalMember,
    GoalMoment,
    GoalReading,
    GoalState,
    Level,
    Measure,
    Milestone,
    Orphan,
    Period,
    TeamGoals,
    Tree,
    TreeLine,
    Visibility,
    Waiting,
)
from bot.slack import Message
from bot.views import goals as views
from bot.views import home, kit
from bot.views.goals import key_results, words
from bot.views.goals.ref import Ref
from playground.blockkit import check_blocks, check_view

AT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 18)
NASTY = "<!channel> & <https://evil.example|bank> *x* " * 4
LONG = NASTY[:150]
ANA = Person(id=1, slack_user_id="UANA", name=NASTY[:120])
BEN = Person(id=2, slack_user_id="UBEN", name="Ben <!channel>")


def a_line(**changes: Any) -> GoalLine:
    values: dict[str, Any] = {
        "goal_id": 7,
        "version": 3,
        "title": LONG,
        "level": Level.PERSON,
        "kind": GoalKind.COMMITTED,
        "visibility": Visibility.OPEN,
        "state": GoalState.AGREED,
        "owner_id": 1,
        "owner_name": ANA.name,
        "period": "Q4 2026",
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 12, 31),
        "progress": 0.45,
        "confidence": Confidence.AT_RISK,
        "touched_at": AT,
        "parent_id": None,
    }
    return GoalLine(**values | changes)


def a_result(**changes: Any) -> KeyResult:
    values: dict[str, Any] = {
        "id": 12,
        "goal_id": 7,
        "title": "Tickets per week",
        "measure": Measure.METRIC,
        "unit": "tickets",
        "start": 40.0,
        "target": 20.0,
        "current": 31.0,
        "tolerance": 0.0,
        "milestones": (),
        "weight": 1.0,
    }
    return KeyResult(**values | changes)


PILOT = {"id": 13, "title": "Pilot is live", "measure": Measure.YES_NO, "unit": "", "current": 0.0}
MOVE = {
    "id": 14,
    "title": "Move: all of it",
    "measure": Measure.MILESTONES,
    "unit": "",
    "milestones": (Milestone("Schema", done=True), Milestone("Data: old"), Milestone("Switch")),
}
MOMENT = GoalMoment(
    by=NASTY,
    deed=Deed.EDITED,
    at=AT,
    progress=0.5,
    confidence=Confidence.ON_TRACK,
    note="x" * 1000,
    change={"title": [LONG, LONG], "target": [10, 12], "detail": ["y" * 2000, None], "parent": [1, 2]},
)
CLOSING = Closing(
    outcome=GoalState.CLOSED,
    score=0.7,
    sentence="z" * 1000,
    closed_by_id=1,
    closed_by=NASTY,
    closed_at=AT,
    manager_score=0.6,
    manager_comment="w" * 1000,
    confirmed_by=NASTY,
    confirmed_at=AT,
    carried_to_id=None,
)
EVIDENCE = Evidence("https://acme.slack.com/archives/C1/p1700000000000100", NASTY, AT)


def a_reading(*results: KeyResult, **changes: Any) -> GoalReading:
    line = changes.pop("line", a_line())
    values: dict[str, Any] = {
        "line": line,
        "detail": None,
        "is_local": False,
        "department": None,
        "team_of": None,
        "co_owners": (),
        "manager_name": BEN.name,
        "readers": (),
        "key_results": results,
        "dropped": (),
        "parent": None,
        "children": (),
        "more_children": 0,
        "history": GoalHistory((), None),
        "evidence": (),
        "closing": None,
        "pace_hint": None,
        "state_by": BEN.name,
        "state_since": AT,
        "scores_itself": not results,
        "owner_has_left": False,
        "may_change": True,
        "may_close": True,
        "may_agree": False,
        "may_confirm": False,
        "may_hand_over": True,
        "may_edit": True,
    }
    return GoalReading(**values | changes)


def a_full_reading() -> GoalReading:
    """As much as a page can hold, all of it as long and as hostile as it gets."""
    results = [a_result(id=number, title=LONG, unit="x" * 16) for number in range(1, 9)]
    return a_reading(
        *results,
        detail="d" * 2000,
        department="e" * 300,
        co_owners=(ANA, BEN, ANA, BEN, ANA),
        readers=(NASTY,) * 8,
        dropped=tuple(a_result(title=LONG, dropped_because="f" * 1000) for _ in range(30)),
        parent=a_line(state=GoalState.CLOSED),
        children=(a_line(),) * 10,
        more_children=500,
        history=GoalHistory((MOMENT,) * 5, 3),
        evidence=(EVIDENCE,) * 10,
        closing=CLOSING,
        may_agree=True,
        may_confirm=True,
        pace_hint=Confidence.OFF_TRACK,
    )


def a_draft(**changes: Any) -> GoalDraft:
    values: dict[str, Any] = {
        "periods": (Period("Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),),
        "levels": (Level.TEAM, Level.PERSON),
        "departments": (),
        "manager": BEN,
        "hr": (ANA,),
        "open_goals": 1,
    }
    return GoalDraft(**values | changes)


STATES = {  # how Slack reports an element, and what it says of it at first
    "plain_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "users_select": ("selected_user", "initial_user"),
    "datepicker": ("selected_date", "initial_date"),
}


def submitted(view: View, **typed: Any) -> dict[str, Any]:
    """The view as Slack sends it back: what stood there, or what was typed, chosen, ticked or picked instead."""
    payload = view.to_dict()
    values: dict[str, Any] = {}
    for block in payload["blocks"]:
        if block["type"] == "input":
            kind, field = block["element"]["type"], block["block_id"].partition(":")[0]
            key, initially = STATES[kind]
            now = shaped(key, typed[field]) if field in typed else block["element"].get(initially)
            values[block["block_id"]] = {"value": {"type": kind, key: now}}
    return payload | {"id": "V1", "hash": "1.a", "state": {"values": values}}


def shaped(key: str, typed: Any) -> Any:
    if key == "selected_options":
        return [{"value": one} for one in typed]
    return {"value": typed} if key == "selected_option" and typed is not None else typed


def markdown(blocks: list[dict[str, Any]]) -> str:
    """Everything that Slack would look for mentions in."""
    texts = [text for block in blocks for text in (block.get("text"), *(block.get("elements") or ()))]
    return " ".join(text["text"] for text in texts if text and text.get("type") == "mrkdwn")


def said(view: View) -> str:
    return str(view.to_dict())


MANY = tuple(a_line(goal_id=number, is_quiet=True) for number in range(1, 16))
PERIODS = tuple(Period("p" * 31 + str(n), date(2026, 1, 1), date(2026, 12, 31)) for n in range(20))
FULL = a_full_reading()
FULL_DRAFT = a_draft(
    levels=tuple(Level),
    departments=tuple(Department(id=n, name="d", path=LONG) for n in range(1, 101)),
    hr=(ANA,) * 20,
    open_goals=9,
    periods=PERIODS,
)
SCREENS = {
    "mine": views.mine_page(GoalList(MANY, 2, 3, 45), TODAY),
    "none": views.mine_page(GoalList((), 1, 1, 0), TODAY),
    "past": views.past_page(GoalList(tuple(a_line(state=GoalState.CLOSED) for _ in range(15)), 2, 3, 45)),
    "no past": views.past_page(GoalList((), 1, 1, 0)),
    "team": views.team_page(
        TeamGoals(tuple(GoalMember(ANA, MANY[:3], 9) for _ in range(15)), 2, 3, 45, 3, 2, 1, 4)
    ),
    "no team": views.team_page(None),
    "tree": views.tree_page(
        Tree(
            tuple(TreeLine(line, depth, 5000) for depth, line in enumerate([*MANY, *MANY[:10]])),
            2,
            200,
            5000,
            "Q4 2026",
            MANY[:12],
        ),
        PERIODS,
    ),
    "no tree": views.tree_page(Tree((), 1, 1, 0, "Q4 2026")),
    "page": views.page(FULL, "Europe/Lisbon"),
    "history": views.history_page(7, GoalHistory((MOMENT,) * 20, 4), None),
    "new": views.form(a_draft(), Ref()),
    "new, all of it": views.form(FULL_DRAFT, Ref(whole=True, level=Level.COMPANY)),
    "update": views.update_form(FULL, Ref(), conflict="c" * 1000),
    "edit": views.edit_form(FULL),
    "align": views.align_form(FULL),
    "add": views.add_form(FULL),
    "retarget": views.retarget_form(FULL),
    "hand over": views.hand_over_form(FULL),
    "suggest": views.suggest_form(FULL, Ref(goal=7)),
    "close": views.close_form(FULL, Ref()),
    "confirm": views.confirm_form(FULL, Ref(goal=7)),
    "evidence": views.evidence_form(GoalList(MANY, 1, 1, 15), EVIDENCE.permalink),
    "no evidence": views.evidence_form(GoalList((), 1, 1, 0), EVIDENCE.permalink),
    "noted": views.noted(FULL),
    "thanks": views.said_early(FULL),
    "coverage": views.coverage_page(Coverage("Q4 2026", 5000, 900, 12000, 4000, 11000, 8000)),
    "periods": views.periods_form(PERIODS),
}


@pytest.mark.parametrize("screen", SCREENS.values(), ids=list(SCREENS))
def test_every_screen_is_one_slack_accepts_and_lets_no_typed_text_ping(screen: View) -> None:
    assert check_view(screen.to_dict()) == []
    assert "<!channel>" not in markdown(screen.to_dict()["blocks"])


MESSAGES: dict[str, Message] = {
    "proposed": views.proposed_message(a_reading(line=a_line(state=GoalState.PROPOSED), may_agree=True)),
    "agreed since": views.proposed_message(FULL),
    "answered": views.answered_message(FULL, NASTY),
    "suggested": views.answered_message(a_reading(line=a_line(state=GoalState.CHANGE_SUGGESTED)), NASTY),
    "off track": views.off_track_message(FULL),
    "closed": views.closed_message(
        a_reading(line=a_line(state=GoalState.CLOSED), closing=CLOSING, may_confirm=True)
    ),
    "ended": views.ended_message("Q4 2026", 15),
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=list(MESSAGES))
def test_every_message_is_one_slack_accepts_and_lets_no_typed_text_ping(message: Message) -> None:
    blocks = [block.to_dict() for block in message.blocks]
    assert check_blocks(blocks, "message") == []
    assert "<!channel>" not in message.text + markdown(blocks)


def test_a_limited_goal_is_not_named_in_messages() -> None:
    secret = a_line(title="Recover from burnout", visibility=Visibility.LIMITED, state=GoalState.PROPOSED)
    reading = a_reading(line=secret, may_agree=True)
    said_in = [
        views.proposed_message(reading),
        views.answered_message(reading, "Ben"),
        views.off_track_message(reading),
    ]
    assert "burnout" not in " ".join(one.text + str([b.to_dict() for b in one.blocks]) for one in said_in)
    assert "burnout" not in " ".join(views.quiet_sentence([secret]))


def test_home_with_everything_on_it_is_one_slack_accepts() -> None:
    lines = MANY[:5]
    waiting = Waiting(lines, lines, lines, tuple(Orphan(one, one, None) for one in lines), lines, lines)
    team = TeamGoals(tuple(GoalMember(ANA, MANY[:3], 9) for _ in range(15)), 1, 1, 45, 3, 2, 1, 4)
    view = home.home(
        NASTY,
        TODAY,
        (),
        None,
        waiting=views.waiting_lines(waiting, 1),
        goals=views.mine_section(GoalList(MANY, 1, 3, 45), TODAY),
        team_goals=views.team_section(team),
        hr=[views.hr_buttons()],
    )
    assert check_view(view.to_dict()) == []
    assert "And 28 more below." in said(view)


def test_the_bar_is_said_in_words_before_it_is_drawn() -> None:
    standing = words.standing(a_line(progress=0.45, is_quiet=True))
    assert standing == "0.5 of 1.0 · At risk · quiet since 18 November · ▓▓▓▓▓░░░░░"


def test_what_needs_a_hand_comes_first() -> None:
    lines = [
        a_line(goal_id=1, confidence=Confidence.ON_TRACK),
        a_line(goal_id=2, confidence=None),
        a_line(goal_id=3, confidence=Confidence.OFF_TRACK),
        a_line(goal_id=4, confidence=Confidence.ON_TRACK, is_quiet=True),
    ]
    assert [one.goal_id for one in sorted(lines, key=words.worst_first)] == [3, 2, 4, 1]


def test_ones_own_goal_offers_to_be_closed_once_its_period_is_over() -> None:
    now = said(views.mine_page(GoalList((a_line(title="X"),), 1, 1, 1), TODAY))
    after = said(views.mine_page(GoalList((a_line(title="X"),), 1, 1, 1), date(2027, 1, 1)))
    assert "Update X" in now and "Close X" not in now
    assert "Close X" in after and "Update X" not in after


# Key results in words


def test_key_results_are_read_as_people_write_them() -> None:
    metric, hold, milestones, yes_no, percent = key_results.read_lines(
        "• Support tickets per week: 40 → 20 tickets\n\n"
        "Uptime: hold 99,9 % ± 0.1\n"
        "Move to the new database: schema; data; switch\n"
        "Pilot is live\n"
        "Churn: 5 % to 3 %"
    )
    assert (metric.measure, metric.start, metric.target, metric.unit) == (Measure.METRIC, 40, 20, "tickets")
    assert metric.title == "Support tickets per week"
    assert (hold.measure, hold.target, hold.tolerance, hold.unit) == (Measure.HOLD, 99.9, 0.1, "%")
    assert [one.title for one in milestones.milestones] == ["schema", "data", "switch"]
    assert (yes_no.measure, yes_no.title) == (Measure.YES_NO, "Pilot is live")
    assert (percent.start, percent.target, percent.unit) == (5, 3, "%")


@pytest.mark.parametrize(
    ("typed", "start", "target", "unit"),
    [
        ("Revenue: €3k -> €4.5k", 3000, 4500, "€"),
        ("Revenue: 3k € → 4,5k €", 3000, 4500, "€"),
        ("Balance: −5 → 10", -5, 10, ""),
        ("Weight: 90 kg => 80 kg", 90, 80, "kg"),
        ("People: 1 500 → 2 000 people", 1500, 2000, "people"),
        ("Hours: 1.5 → 1", 1.5, 1, ""),
    ],
)
def test_numbers_are_read_with_their_unit(typed: str, start: float, target: float, unit: str) -> None:
    (one,) = key_results.read_lines(typed)
    assert (one.measure, one.start, one.target, one.unit) == (Measure.METRIC, start, target, unit)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Tickets: forty → twenty\nPilot: 12", "Line 2: Write it like"),
        ("Tickets: 40 - 20", "Write it like"),
        ("Tickets 40 → 20", "Write it like"),
        ("Pilot\nTickets: 1.500 → 20", "Line 2: This can be read as two different numbers"),
        ("Tickets: 5 % → 3 hours", "in the same unit"),
        ("Uptime: hold it well", "no number I can read"),
    ],
)
def test_what_could_be_read_wrongly_is_refused_with_an_example(typed: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        key_results.read_lines(typed)
    assert sentence in refused.value.sentence
    assert refused.value.field == "key_results"


def test_an_error_of_one_key_result_names_its_line_where_there_are_several() -> None:
    error = Invalid("Start and target are the same.", field="key_results.1.target")
    assert views.in_line(error, 2).sentence == "Line 2: Start and target are the same."
    assert views.in_line(error, 1).sentence == "Start and target are the same."
    assert views.in_line(error, 2).field == "key_results"


# Forms and back


def test_the_short_form_has_four_fields_and_keeps_the_usual_for_the_rest() -> None:
    view = views.form(a_draft(), Ref())
    assert len([block for block in view.blocks if block.type == "input"]) == 4
    form = views.read_form(submitted(view, title="Half the tickets", key_results="Pilot is live"))
    assert (form.title, form.level, form.kind) == ("Half the tickets", Level.PERSON, GoalKind.COMMITTED)
    assert (form.visibility, form.parent_id, form.co_owners) == (Visibility.OPEN, None, ())


def test_the_whole_form_reads_everything_back() -> None:
    view = views.form(FULL_DRAFT, Ref(whole=True))
    form = views.read_form(
        submitted(
            view,
            title="T",
            key_results=None,
            level=Level.DEPARTMENT,
            kind=GoalKind.LEARNING,
            parent="12",
            co_owners=["UBEN"],
            owner="UANA",
            department="3",
            visibility=Visibility.LIMITED,
        )
    )
    assert (form.level, form.kind, form.visibility) == (
        Level.DEPARTMENT,
        GoalKind.LEARNING,
        Visibility.LIMITED,
    )
    assert (form.parent_id, form.is_local, form.co_owners, form.owner) == (12, False, ("UBEN",), ("UANA",))
    assert (form.department_id, form.key_results) == (3, ())
    local = views.read_form(submitted(view, title="T", key_results=None, parent="local"))
    assert (local.parent_id, local.is_local) == (None, True)


def test_the_form_says_by_name_who_sees_a_limited_goal() -> None:
    last = views.form(a_draft(), Ref(whole=True)).to_dict()["blocks"][-1]["elements"][0]["text"]
    assert "Ben &lt;!channel&gt;, the manager" in last
    assert "HR (" in last


def test_an_update_has_three_fields_at_most_and_one_tap_for_no_change() -> None:
    for reading in (
        a_reading(),
        a_reading(a_result()),
        a_reading(a_result(), a_result(**PILOT), a_result(**MOVE)),
    ):
        view = views.update_form(reading, Ref())
        assert len([block for block in view.blocks if block.type == "input"]) == 3
        assert "No change" in said(view)
    assert "No change" not in said(views.update_form(a_reading(line=a_line(confidence=None)), Ref()))


def test_a_single_number_is_read_with_or_without_its_unit() -> None:
    reading = a_reading(a_result())
    view = views.update_form(reading, Ref())
    for typed in ("28", "28 tickets", "28,0"):
        assert views.read_update(submitted(view, progress=typed), reading).values == {12: 28}
    untouched = views.read_update(submitted(view), reading)
    assert (untouched.values, untouched.confidence) == ({12: 31}, Confidence.AT_RISK)
    assert (untouched.goal_id, untouched.seen) == (7, 3)


def test_several_key_results_are_read_line_by_line() -> None:
    reading = a_reading(a_result(), a_result(**PILOT), a_result(**MOVE))
    view = views.update_form(reading, Ref())
    shown = "Tickets per week: 31 tickets\nPilot is live: no\nMove: all of it: Schema"
    field = next(block for block in view.to_dict()["blocks"] if block.get("block_id") == "progress:3")
    assert field["element"]["initial_value"].replace("\xa0", " ") == shown
    typed = "Tickets per week: 25\nPilot is live: yes\nMove: all of it: Schema; Data: old"
    update = views.read_update(submitted(view, progress=typed), reading)
    assert (update.values, update.done) == ({12: 25, 13: 1.0}, {14: frozenset({0, 1})})


def test_what_is_done_is_ticked_where_nothing_is_counted() -> None:
    reading = a_reading(a_result(**PILOT), a_result(**MOVE))
    view = views.update_form(reading, Ref())
    update = views.read_update(submitted(view, progress=["13", "14:0", "14:2"]), reading)
    assert (update.values, update.done) == ({13: 1.0}, {14: frozenset({0, 2})})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Tickets per week: 25", "There are 3 key results and 1 line"),
        ("Tickets: many\nPilot: yes\nMove: none", "Tickets per week: Write one number"),
        ("Tickets: 25\nPilot: perhaps\nMove: none", "Pilot is live: write yes or no"),
        ("Tickets: 25\nPilot: no\nMove: Party", "I know no milestone “party”"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(typed: str, sentence: str) -> None:
    reading = a_reading(a_result(), a_result(**PILOT), a_result(**MOVE))
    view = views.update_form(reading, Ref())
    with pytest.raises(Invalid) as refused:
        views.read_update(submitted(view, progress=typed), reading)
    assert sentence in refused.value.sentence


def test_after_a_conflict_ones_own_words_stay_and_the_rest_is_as_it_is_now() -> None:
    seen = a_reading(a_result())
    sent = submitted(views.update_form(seen, Ref()), progress="28", note="Mine")
    now = a_reading(
        a_result(current=25.0), line=a_line(version=4, progress=0.75, confidence=Confidence.ON_TRACK)
    )
    view = views.update_form(now, Ref(), conflict="Ben was faster.", typed=sent)
    assert "Ben was faster." in said(view)
    update = views.read_update(submitted(view), now)
    assert (update.values, update.note, update.seen) == ({12: 28}, "Mine", 4)
    assert update.confidence == Confidence.ON_TRACK


def test_a_target_is_changed_or_dropped_in_words() -> None:
    reading = a_reading(a_result(), a_result(**PILOT))
    view = views.retarget_form(reading)
    told = views.read_retarget(submitted(view, way="40 → 25 tickets", reason="Less staff"), reading)
    assert (told.key_result_id, told.start, told.target, told.reason) == (12, 40, 25, "Less staff")
    assert views.read_retarget(submitted(view, way="Drop"), reading).is_dropped
    with pytest.raises(Invalid, match="two numbers"):
        views.read_retarget(submitted(view, way="25"), reading)


def test_closing_reads_back() -> None:
    view = views.close_form(FULL, Ref())
    closed = views.read_close(submitted(view, outcome=GoalState.CARRIED_OVER, score="7", sentence="Nearly"))
    assert (closed.outcome, closed.score, closed.sentence) == (GoalState.CARRIED_OVER, 0.7, "Nearly")
    confirmed = views.read_confirm(submitted(views.confirm_form(FULL, Ref(goal=7))))
    assert (confirmed.goal_id, confirmed.score, confirmed.comment) == (7, None, "")


def test_a_button_from_elsewhere_is_refused_with_a_way_on() -> None:
    for rubbish in ("{", '{"goal": 0}', '{"person": 1}', "[]"):
        with pytest.raises(NotFound, match="/goals"):
            Ref.decode(rubbish)
    with pytest.raises(NotFound, match="/goals"):
        _ = Ref.decode("").goal_id


def test_a_menu_of_parents_offers_none_on_purpose() -> None:
    choices = views.parent_choices([a_line(title="Grow", level=Level.COMPANY, owner_name="Dee")])
    assert list(choices.items()) == [("7", "Grow (Company, Dee)"), ("local", "None, on purpose")]
    assert kit.options(choices)[0].value == "7"
