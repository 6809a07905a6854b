"""Goals to be shown: one of each kind, and one as full and as hostile as a page can hold."""

from datetime import UTC, date, datetime
from typing import Any

from slack_sdk.models.views import View

from bot.models import Department, KeyResult, Person
from bot.models.goals import (
    Closing,
    Confidence,
    Deed,
    Evidence,
    GoalKind,
    GoalMoment,
    GoalPrefill,
    GoalReading,
    GoalState,
    GoalSummary,
    Level,
    Measure,
    Milestone,
    Period,
    Visibility,
    scoring,
)
from bot.models.paging import Page

AT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 18)
NASTY = "<!channel> & <https://evil.example|bank> *x* " * 4
LONG = NASTY[:150]
ANA = Person(id=1, slack_user_id="UANA", name=NASTY[:120])
BEN = Person(id=2, slack_user_id="UBEN", name="Ben <!channel>")


def a_summary(**changes: Any) -> GoalSummary:
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
        "begins_on": date(2026, 10, 1),
        "progress": 0.45,
        "confidence": Confidence.AT_RISK,
        "touched_at": AT,
        "parent_id": None,
    }
    return GoalSummary(**values | changes)


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
        "held_from": None,
        "read_on": None,
        "held_days": 0,
        "typed": {},
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
    summary = changes.pop("summary", a_summary())
    values: dict[str, Any] = {
        "summary": summary,
        "detail": None,
        "is_local": False,
        "department": None,
        "team_of": None,
        "co_owners": (),
        "manager_name": BEN.name,
        "readers": (),
        "key_results": results,
        "scores": {one.id: scoring.score(one, summary.ends_on, TODAY) for one in results},
        "dropped": (),
        "parent": None,
        "children": (),
        "more_children": 0,
        "history": Page(),
        "evidence": (),
        "closing": None,
        "pace_hint": None,
        "waits_for": None,
        "state_by": BEN.name,
        "state_since": AT,
        "is_scored_by_owner": not results,
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
        parent=a_summary(state=GoalState.CLOSED),
        children=(a_summary(),) * 10,
        more_children=500,
        history=Page((MOMENT,) * 5, 3),
        evidence=(EVIDENCE,) * 10,
        closing=CLOSING,
        may_agree=True,
        may_confirm=True,
        pace_hint=Confidence.OFF_TRACK,
        waits_for=ANA,
    )


def a_draft(**changes: Any) -> GoalPrefill:
    values: dict[str, Any] = {
        "periods": (Period("Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),),
        "levels": (Level.TEAM, Level.PERSON),
        "departments": (),
        "manager": BEN,
        "hr": (ANA,),
        "open_goals": 1,
    }
    return GoalPrefill(**values | changes)


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


def said(view: View) -> str:
    return str(view.to_dict())


MANY = tuple(a_summary(goal_id=number, is_quiet=True) for number in range(1, 16))
PERIODS = tuple(Period("p" * 31 + str(n), date(2026, 1, 1), date(2026, 12, 31)) for n in range(20))
FULL = a_full_reading()


FULL_DRAFT = a_draft(
    levels=tuple(Level),
    departments=tuple(Department(id=n, name="d", path=LONG) for n in range(1, 101)),
    hr=(ANA,) * 20,
    open_goals=9,
    periods=PERIODS,
)
