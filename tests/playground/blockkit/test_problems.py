"""What is wrong is said all at once, as Slack prints it, whatever one hands in."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from playground.blockkit import check_blocks, check_view
from tests.playground.blockkit.builders import modal, mrkdwn, section
from tests.playground.blockkit.refused_messages import REFUSED_MESSAGES
from tests.playground.blockkit.refused_views import REFUSED_INPUTS, REFUSED_VIEWS


def test_all_problems_are_told_at_once() -> None:
    problems = check_view({"type": "modal", "colour": "red"})
    assert {problem.message for problem in problems} == {
        "missing required field: title",
        "missing required field: blocks",
        "invalid additional property: colour",
    }
    assert {problem.code for problem in problems} == {"missing_field", "additional_property"}


def test_a_problem_reads_as_slack_prints_it() -> None:
    [problem] = check_blocks([section(text=mrkdwn("x" * 3001))])
    assert str(problem) == "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"


def test_pointers_start_where_the_caller_says() -> None:
    [problem] = check_blocks([section(accessory={"type": "hero"})], at="/x")
    assert problem.pointer == "/x/0/accessory/type"


def json_values() -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    return st.recursive(
        leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
    )


def nearly_blocks() -> st.SearchStrategy[Any]:
    """Blocks gone wrong: real names of fields and types, with arbitrary values."""
    names = sorted(set(_words(REFUSED_MESSAGES + REFUSED_VIEWS + REFUSED_INPUTS)))
    words = st.sampled_from(names)
    leaves = words | st.none() | st.booleans() | st.integers() | st.text(max_size=3)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=6),
        max_leaves=30,
    )


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)
    elif isinstance(value, str) and len(value) < 30:
        yield value


@settings(deadline=None)
@given(json_values() | nearly_blocks() | st.lists(nearly_blocks(), max_size=3))
def test_the_validator_answers_whatever_it_is_given(value: Any) -> None:
    for problem in [*check_blocks(value), *check_view(value), *check_view(modal(value))]:
        assert problem.pointer.startswith("/")
        assert problem.message
