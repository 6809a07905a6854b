"""What is typed into a goal's forms, read back."""

import pytest

from bot.errors import Invalid, NotFound
from bot.models.goals import GoalKind, GoalState, Level, Measure, Visibility
from bot.views import goals as views
from bot.views.goals.parts import Ref
from tests.views.goals.builders import FULL, FULL_DRAFT, PILOT, a_draft, a_reading, a_result, submitted


def test_the_short_form_has_few_fields_and_keeps_the_usual_for_the_rest() -> None:
    view = views.form(a_draft(), Ref())
    assert len([block for block in view.blocks if block.type == "input"]) == 6
    form = views.read_form(
        submitted(view, **{"title": "Half the tickets", "key_results.0.title": "Pilot is live"})
    )
    assert (form.title, form.level, form.kind) == ("Half the tickets", Level.PERSON, GoalKind.COMMITTED)
    assert (form.visibility, form.parent_id, form.co_owners) == (Visibility.OPEN, None, ())


def test_the_whole_form_reads_everything_back() -> None:
    view = views.form(FULL_DRAFT, Ref(whole=True))
    form = views.read_form(
        submitted(
            view,
            title="T",
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
    local = views.read_form(submitted(view, title="T", parent="local"))
    assert (local.parent_id, local.is_local) == (None, True)


def test_a_target_is_changed_or_dropped() -> None:
    reading = a_reading(a_result(), a_result(**PILOT))
    view = views.retarget_form(reading, Ref())
    told = views.read_retarget(submitted(view, target="25,0 tickets", reason="Less staff"), reading)
    assert (told.key_result_id, told.start, told.target, told.reason) == (12, 40, 25, "Less staff")
    assert told.typed == {"target": "25,0"}
    assert views.read_retarget(submitted(view, what="dropped"), reading).is_dropped


@pytest.mark.parametrize(
    ("measure", "field", "sentence"),
    [
        (Measure.HOLD, "start", "has no start"),
        (Measure.YES_NO, "what", "has no numbers to change"),
        (Measure.MILESTONES, "what", "has no numbers to change"),
    ],
)
def test_a_target_is_asked_for_as_it_is_measured(measure: Measure, field: str, sentence: str) -> None:
    reading = a_reading(a_result(measure=measure))
    with pytest.raises(Invalid, match=sentence) as refused:
        views.read_retarget(submitted(views.retarget_form(reading, Ref()), start="40"), reading)
    assert refused.value.field == field


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
