"""A question that is answered with no becomes a sentence to the person who asked."""

import pytest

from bot import policy
from bot.errors import NotAllowed


def test_a_refusal_carries_its_sentence() -> None:
    with pytest.raises(NotAllowed, match="Only the manager"):
        policy.require(False, "Only the manager can do that.")
