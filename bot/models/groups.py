"""Numbers about groups of people, never about single persons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """`counts` holds, for each question, how many of its `people` say yes; None if that may not be told."""

    name: str
    people: int
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Only these numbers are ever shown, so nothing can be subtracted from them. The table is empty if all
    people together are too few.
    """

    groups: tuple[Group, ...]
    others: Group | None

    def total(self, question: int) -> int | None:
        rows = [*self.groups, *([self.others] if self.others else [])]
        counts = [row.counts[question] for row in rows]
        known = [count for count in counts if count is not None]
        return sum(known) if rows and len(known) == len(counts) else None
