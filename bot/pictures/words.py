"""Pictures take their days, names and alt texts from here."""

from collections.abc import Sequence
from datetime import date

from bot.models.goals import scoring

LONGEST_ALT = 1_000  # Slack's limit for a file; of an image block it is 2,000
LONGEST_NAME = 120
ROOM_FOR_THE_REST = len(" And 10000 more.")


def day(on: date) -> str:
    return f"{on:%-d %b}"


def score(progress: float) -> str:
    return f"{scoring.percent(progress)} %"


def named(text: str) -> str:
    """The title or name is made short enough to stand inside a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1].rstrip() + "…"


def alt_text(head: str, items: Sequence[str]) -> str:
    """The text lists as many items as fit and counts the rest."""
    said = head
    for place, item in enumerate(items):
        is_last = place == len(items) - 1
        if len(said) + 1 + len(item) + (0 if is_last else ROOM_FOR_THE_REST) > LONGEST_ALT:
            return f"{said} And {len(items) - place} more."
        said = f"{said} {item}"
    return said
