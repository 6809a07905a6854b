"""The Slack statuses that count as absence. They are data, so that a workspace can bring its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class AwaySigns:
    """Emoji and words (whole words, any case). Working from home or being in a meeting is not being away."""

    emoji: frozenset[str]
    words: tuple[str, ...]

    def show_in(self, profile: Mapping[str, Any]) -> bool | None:
        """None if the profile says nothing about a status. The text is looked at here and never stored."""
        emoji, text = profile.get("status_emoji"), profile.get("status_text")
        if emoji is None and text is None:
            return None
        shown = isinstance(emoji, str) and emoji in self.emoji
        return shown or (bool(self.words) and isinstance(text, str) and bool(self._pattern.search(text)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, self.words))})\b", re.IGNORECASE)


USUAL_SIGNS = AwaySigns(
    emoji=frozenset({":palm_tree:", ":face_with_thermometer:", ":baby_bottle:", ":desert_island:"}),
    words=(
        "vacation",
        "vacationing",
        "holiday",
        "annual leave",
        "on leave",
        "out of office",
        "out of the office",
        "ooo",
        "pto",
        "time off",
        "day off",
        "sick",
        "parental",
        "maternity",
        "paternity",
        "sabbatical",
    ),
)
