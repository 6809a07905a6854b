"""What Slack would refuse in a message, the local Slack refuses, at the same place and in the same words."""

import pytest

from playground.blockkit import check_blocks, check_view
from tests.playground.blockkit.builders import Json, said
from tests.playground.blockkit.refused_messages import REFUSED_MESSAGES


@pytest.mark.parametrize(
    ("blocks", "pointer", "message"),
    [case[1:] for case in REFUSED_MESSAGES],
    ids=[c[0] for c in REFUSED_MESSAGES],
)
def test_a_message_that_slack_refuses_is_refused(blocks: list[Json], pointer: str, message: str) -> None:
    assert said(check_blocks(blocks)) == [(pointer, message)]


@pytest.mark.parametrize("blocks", [None, 1, "[]", {"type": "divider"}, [None], [[]], ["divider"]])
def test_what_is_not_a_list_of_objects_is_refused(blocks: object) -> None:
    assert check_blocks(blocks)


def test_a_message_may_have_no_blocks_but_a_view_must_have_some() -> None:
    assert check_blocks([]) == []
    assert check_view({"type": "home", "blocks": []})
