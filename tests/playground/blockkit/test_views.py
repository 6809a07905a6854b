"""What Slack would refuse in a window, the local Slack refuses, at the same place and in the same words."""

import pytest

from playground.blockkit import check_view
from tests.playground.blockkit.builders import Json, entry, modal, plain, said
from tests.playground.blockkit.refused_views import REFUSED_INPUTS, REFUSED_VIEWS


@pytest.mark.parametrize(
    ("view", "pointer", "message"),
    [case[1:] for case in REFUSED_VIEWS],
    ids=[case[0] for case in REFUSED_VIEWS],
)
def test_a_view_that_slack_refuses_is_refused(view: Json, pointer: str, message: str) -> None:
    assert said(check_view(view)) == [(pointer, message)]


@pytest.mark.parametrize(
    ("element", "pointer", "message"),
    [case[1:] for case in REFUSED_INPUTS],
    ids=[c[0] for c in REFUSED_INPUTS],
)
def test_an_input_that_slack_refuses_is_refused(element: Json, pointer: str, message: str) -> None:
    view = modal(entry(element), submit=plain("Send"))
    assert said(check_view(view)) == [(f"/view/blocks/0/element{pointer}", message)]


def test_only_one_element_of_a_view_may_take_the_focus() -> None:
    focused = entry({"type": "plain_text_input", "focus_on_load": True})
    problems = check_view(modal(focused, focused, submit=plain("Send")))
    assert said(problems) == [
        ("/view/blocks/1/element/focus_on_load", "only one element can set `focus_on_load`")
    ]


def test_files_cannot_dispatch_actions() -> None:
    problems = check_view(modal(entry({"type": "file_input"}, dispatch_action=True), submit=plain("Send")))
    assert said(problems) == [("/view/blocks/0/dispatch_action", "cannot be used with `file_input`")]
