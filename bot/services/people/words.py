"""Names in a sentence."""

from collections.abc import Sequence


def in_words(items: Sequence[str], last: str = "and") -> str:
    """ "Ana", "Ana and Ben", "Ana, Ben and Cem"."""
    *most, final = items
    return f"{', '.join(most)} {last} {final}" if most else final


def as_chain(names: Sequence[str]) -> str:
    """A way up the reporting line: "Ana → Ben → Ana"."""
    return " → ".join(names)
