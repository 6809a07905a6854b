"""Every kind of message is whole: one row, somebody who writes it, and an answer to "Why did I get this?"."""

import pytest

from bot.capabilities import house
from bot.services.notifications import Kind, Rank

ALL = pytest.mark.parametrize("kind", house().kinds.values(), ids=lambda kind: kind.name)


@ALL
def test_every_kind_is_written_by_somebody_and_has_a_rank_or_none(kind: Kind) -> None:
    spoken = house().spoken[kind.name]
    assert spoken.kind is kind
    assert callable(spoken.compose)
    assert kind.rank is None or isinstance(kind.rank, Rank)
    assert (spoken.answer_with is not None) == (kind.asks_for is not None)


@ALL
def test_every_kind_says_why_it_came(kind: Kind) -> None:
    assert all((kind.why.part_of.strip(), kind.why.rule.strip(), kind.why.set_by.strip()))
