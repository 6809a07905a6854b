"""Every goal screen and message, whatever people typed: within Slack's limits, and it pings nobody."""

from typing import Any

import pytest
from slack_sdk.models.views import View

from bot.models.goals import (
    Coverage,
    GoalList,
    GoalMember,
    GoalState,
    Level,
    Measure,
    Orphan,
    TeamGoals,
    Tree,
    TreeEntry,
    Visibility,
    Waiting,
)
from bot.models.paging import Page
from bot.slack import Message
from bot.views import goals as views
from bot.views import home
from bot.views.goals.parts import Ref
from playground.blockkit import check_blocks, check_view
from tests.conftest import NOW
from tests.views.goals.builders import (
    ANA,
    CLOSING,
    EVIDENCE,
    FULL,
    FULL_DRAFT,
    MANY,
    MOMENT,
    NASTY,
    PERIODS,
    TODAY,
    a_draft,
    a_reading,
    a_summary,
    said,
)


def markdown(blocks: list[dict[str, Any]]) -> str:
    """Everything that Slack would look for mentions in."""
    texts = [text for block in blocks for text in (block.get("text"), *(block.get("elements") or ()))]
    return " ".join(text["text"] for text in texts if text and text.get("type") == "mrkdwn")


SCREENS = {
    "mine": views.mine_page(GoalList(MANY, 2, 3, 45), TODAY),
    "none": views.mine_page(GoalList((), 1, 1, 0), TODAY),
    "past": views.past_page(GoalList(tuple(a_summary(state=GoalState.CLOSED) for _ in range(15)), 2, 3, 45)),
    "no past": views.past_page(GoalList((), 1, 1, 0)),
    "team": views.team_page(
        TeamGoals(tuple(GoalMember(ANA, MANY[:3], 9) for _ in range(15)), 2, 3, 45, 3, 2, 1, 4)
    ),
    "no team": views.team_page(None),
    "tree": views.tree_page(
        Tree(
            tuple(TreeEntry(goal, depth, 5000) for depth, goal in enumerate([*MANY, *MANY[:10]])),
            2,
            200,
            5000,
            "Q4 2026",
            MANY[:12],
        ),
        PERIODS,
    ),
    "no tree": views.tree_page(Tree((), 1, 1, 0, "Q4 2026")),
    "page": views.page(FULL, "Europe/Lisbon", now=NOW),
    "history": views.history_page(7, Page((MOMENT,) * 20, 4), None),
    "new": views.form(a_draft(), Ref()),
    "new, all of it": views.form(
        FULL_DRAFT, Ref(whole=True, level=Level.COMPANY, results=(Measure.METRIC, Measure.HOLD) * 4)
    ),
    "update": views.update_form(FULL, Ref()),
    "edit": views.edit_form(FULL, Ref()),
    "align": views.align_form(FULL, Ref()),
    "add": views.add_form(FULL, Ref()),
    "retarget": views.retarget_form(FULL, Ref()),
    "hand over": views.hand_over_form(FULL, Ref()),
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
    "proposed": views.proposed_message(
        a_reading(summary=a_summary(state=GoalState.PROPOSED), may_agree=True)
    ),
    "agreed since": views.proposed_message(FULL),
    "answered": views.answered_message(FULL, NASTY),
    "suggested": views.answered_message(
        a_reading(summary=a_summary(state=GoalState.CHANGE_SUGGESTED)), NASTY
    ),
    "confirmed": views.answered_message(
        a_reading(summary=a_summary(state=GoalState.CLOSED), closing=CLOSING), NASTY
    ),
    "off track": views.off_track_message(FULL),
    "closed": views.closed_message(
        a_reading(summary=a_summary(state=GoalState.CLOSED), closing=CLOSING, may_confirm=True)
    ),
    "ended": views.ended_message("Q4 2026", 15),
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=list(MESSAGES))
def test_every_message_is_one_slack_accepts_and_lets_no_typed_text_ping(message: Message) -> None:
    blocks = [block.to_dict() for block in message.blocks]
    assert check_blocks(blocks, "message") == []
    assert "<!channel>" not in message.text + markdown(blocks)


def test_a_limited_goal_is_not_named_in_messages() -> None:
    secret = a_summary(title="Recover from burnout", visibility=Visibility.LIMITED, state=GoalState.PROPOSED)
    reading = a_reading(summary=secret, may_agree=True)
    said_in = [
        views.proposed_message(reading),
        views.answered_message(reading, "Ben"),
        views.off_track_message(reading),
    ]
    assert "burnout" not in " ".join(one.text + str([b.to_dict() for b in one.blocks]) for one in said_in)
    assert "burnout" not in " ".join(views.quiet_sentence([secret]))


def test_a_goal_that_lost_the_one_it_served_is_told_what_could_take_its_place() -> None:
    lost = Orphan(a_summary(title="Call"), None, a_summary(title="Sell {more}"))
    [line] = views.waiting_lines(Waiting(orphans=(lost,)), 1)
    assert line.said == "“Call” served a goal that is closed. “Sell {more}” could take its place."


def test_home_with_everything_on_it_is_one_slack_accepts() -> None:
    goals = MANY[:5]
    waiting = Waiting(goals, goals, goals, tuple(Orphan(one, one, one) for one in goals), goals, goals)
    team = TeamGoals(tuple(GoalMember(ANA, MANY[:3], 9) for _ in range(15)), 1, 1, 45, 3, 2, 1, 4)
    view = home.home(
        NASTY,
        [
            home.HomePart(
                waiting=views.waiting_lines(waiting, 1),
                action=views.quick_action(GoalList(MANY, 1, 3, 45)),
                mine=views.mine_lines(GoalList(MANY, 1, 3, 45), TODAY),
                team=views.team_lines(team),
                hr=views.hr_entries(),
                company=views.company_line(MANY),
            )
        ],
        is_hr=True,
    )
    assert check_view(view.to_dict()) == []
    assert "And 27 more." in said(view)
