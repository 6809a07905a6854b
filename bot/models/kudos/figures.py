"""Figures about many kudos at once: a period, a month. They never hold a person's total."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.models.groups import Table
from bot.models.kudos.shapes import GivenKudos


@dataclass(frozen=True, slots=True)
class KudosFigures:
    """The figures of one period. `teams` counts, by department, who gave and who was thanked, as far as that
    may be told.

    Of each hundred pairs of giver and receiver, `answered` thanked each other and `across` are from two
    departments; both are None if fewer than five people gave. `values`: name → people who gave for it.
    `uncounted` are the values for which fewer than five people gave, or everybody.
    """

    people: int
    teams: Table
    answered: int | None
    across: int | None
    values: Sequence[tuple[str, int]]
    uncounted: Sequence[str]

    @property
    def givers(self) -> int | None:
        return self.teams.total(0)

    @property
    def thanked(self) -> int | None:
        return self.teams.total(1)


@dataclass(frozen=True, slots=True)
class MonthOfKudos:
    """`givers` and `thanked` are None if fewer than five took part. The `drawn` kudos are each about other
    people.
    """

    month: date
    givers: int | None
    thanked: int | None
    drawn: Sequence[GivenKudos]
