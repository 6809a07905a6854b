"""Numbers about groups of people, and never about persons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """`counts`: how many of its `people`, for each question in turn; None where that is not told."""

    name: str
    people: int
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All that may be shown: there is nothing elsewhere to subtract it from. Empty if even all together are too few."""

    groups: tuple[Group, ...]
    others: Group | None

    def total(self, question: int) -> int | None:
        rows = [*self.groups, *([self.others] if self.others else [])]
        counts = [row.counts[question] for row in rows]
        known = [count for count in counts if count is not None]
        return sum(known) if rows and len(known) == len(counts) else None
