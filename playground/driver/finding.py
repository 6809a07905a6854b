"""Finding things by the words a person reads, and failing with the whole screen in sight."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def the_one(wanted: str, among: Iterable[tuple[str, T]], what: str, screen: str = "") -> T:
    """The candidate that reads like this: exactly, or else by its beginning, or else anywhere in it.

    `"What moved…"` is a beginning too. Anything but one candidate fails, and the failure shows what is there.
    """
    candidates = list(among)
    for reads_alike in _WAYS:
        found = [(label, one) for label, one in candidates if reads_alike(_plain(label), _plain(wanted))]
        if len(found) == 1:
            return found[0][1]
        if found:
            raise AssertionError(_several(wanted, [label for label, _ in found], what, screen))
    raise AssertionError(_none(wanted, [label for label, _ in candidates], what, screen))


_WAYS: Sequence[Callable[[str, str], bool]] = (str.__eq__, str.startswith, str.__contains__)


def alike(label: str, wanted: str) -> bool:
    return any(way(_plain(label), _plain(wanted)) for way in _WAYS)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip().rstrip("…").rstrip().casefold()


def _several(wanted: str, labels: list[str], what: str, screen: str) -> str:
    return f"{wanted!r} could be {len(labels)} {what}s: {', '.join(labels)}.{_shown(screen)}"


def _none(wanted: str, labels: list[str], what: str, screen: str) -> str:
    there = f"There are: {', '.join(labels)}" if labels else f"There is no {what} at all"
    return f"There is no {what} {wanted!r}. {there}.{_shown(screen)}"


def _shown(screen: str) -> str:
    framed = "\n".join(f"  | {line}" for line in screen.splitlines())
    return f"\nOn the screen:\n{framed}" if screen else ""
