"""Listings are tables for people, or JSON for programs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

NOTHING = "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Iterator[str]:
    """Each column is as wide as its longest cell. Without rows nothing is printed."""
    cells = [[cell or NOTHING for cell in row] for row in rows]
    if not cells:
        return
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    for row in (head, *cells):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def as_json(objects: Iterable[Mapping[str, object]]) -> str:
    return json.dumps(list(objects), default=str, ensure_ascii=False, indent=2)
