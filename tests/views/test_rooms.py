"""Channels in which nothing can be posted: each trouble is named, with what helps, once."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.errors import Invalid
from bot.slack import Room
from bot.views.rooms import Posts, is_free

THANKS = Posts("thanks", "Choose another channel.")


def a_room(name: str = "news", **fields: Any) -> Room:
    return Room(
        **{"id": f"C-{name}", "name": name, "closed": False, "archived": False, "postable": True, **fields}
    )


ARCHIVED, SHARED = a_room("old", archived=True), a_room("partners", shared=True)
FOREIGN, HIDDEN = a_room("random", postable=False), Room.hidden("C1")


@pytest.mark.parametrize(
    ("rooms", "sentence"),
    [
        ([ARCHIVED], "#old is archived, so nobody can post there. Choose another channel."),
        ([ARCHIVED, a_room("gone", archived=True)], "#old, #gone are archived,"),
        ([SHARED], "#partners is shared with another company, and thanks stay within ours."),
        ([FOREIGN], "I may not post in #random. Choose another channel."),
        ([HIDDEN], "I am not in that private channel. Type /invite @Rapport there, then try again."),
        ([HIDDEN, Room.hidden("C2")], "I am not in 2 private channels."),
        ([FOREIGN, HIDDEN], "I am not in that private channel."),
    ],
)
def test_the_channels_in_trouble_are_named_and_no_others(rooms: Sequence[Room], sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        THANKS.require_postable([a_room("wins"), *rooms])
    assert refused.value.sentence.startswith(sentence) and refused.value.field == "where"
    assert "#wins" not in refused.value.sentence
    assert refused.value.sentence.count("/invite") == (HIDDEN in rooms), (
        "a public channel needs no invitation"
    )


def test_channels_without_trouble_are_taken() -> None:
    THANKS.require_postable([a_room(), a_room("secret", closed=True)])
    THANKS.require_postable([])
    assert [is_free(room) for room in (a_room(), ARCHIVED, SHARED, FOREIGN, HIDDEN)] == [True, *[False] * 4]
