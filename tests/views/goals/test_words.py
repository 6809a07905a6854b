"""What goal screens say, and in which order."""

from datetime import date

from bot.models.goals import Confidence, GoalList, Level
from bot.views import goals as views
from bot.views import kit
from bot.views.goals import words
from bot.views.goals.parts import Ref
from tests.views.goals.builders import TODAY, a_draft, a_summary, said


def test_the_bar_is_said_in_words_before_it_is_drawn() -> None:
    standing = words.standing(a_summary(progress=0.45, is_quiet=True))
    assert standing == "45 % · At risk · quiet since 18 November · ▓▓▓▓▓░░░░░"


def test_what_needs_a_hand_comes_first() -> None:
    goals = [
        a_summary(goal_id=1, confidence=Confidence.ON_TRACK),
        a_summary(goal_id=2, confidence=None),
        a_summary(goal_id=3, confidence=Confidence.OFF_TRACK),
        a_summary(goal_id=4, confidence=Confidence.ON_TRACK, is_quiet=True),
    ]
    assert [one.goal_id for one in sorted(goals, key=words.worst_first)] == [3, 2, 4, 1]


def test_ones_own_goal_offers_to_be_closed_once_its_period_is_over() -> None:
    now = said(views.mine_page(GoalList((a_summary(title="X"),), 1, 1, 1), TODAY))
    after = said(views.mine_page(GoalList((a_summary(title="X"),), 1, 1, 1), date(2027, 1, 1)))
    assert "Update X" in now and "Finish goal: X" not in now
    assert "Finish goal: X" in after and "Update X" not in after


def test_the_form_says_by_name_who_sees_a_limited_goal() -> None:
    last = views.form(a_draft(), Ref(whole=True)).to_dict()["blocks"][-1]["elements"][0]["text"]
    assert "Ben &lt;!channel&gt;, the manager" in last
    assert "HR (" in last


def test_a_menu_of_parents_offers_none_on_purpose() -> None:
    choices = views.parent_choices([a_summary(title="Grow", level=Level.COMPANY, owner_name="Dee")])
    assert list(choices.items()) == [("7", "Grow (Company, Dee)"), ("local", "None, on purpose")]
    assert kit.options(choices)[0].value == "7"
