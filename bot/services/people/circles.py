"""Finds circles in reporting lines before they are written."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def circles(managers: Mapping[Node, Node | None]) -> list[list[Node]]:
    """Each circle among person → manager, once, as a list around it: [ana, ben, ana]."""
    settled: set[Node] = set()
    found: list[list[Node]] = []
    for start in managers:
        way: dict[Node, None] = {}  # in walking order, with quick look-up
        here: Node | None = start
        while here is not None and here not in settled and here not in way:
            way[here] = None
            here = managers.get(here)
        if here is not None and here in way:
            walked = list(way)
            found.append([*walked[walked.index(here) :], here])
        settled |= way.keys()
    return found
