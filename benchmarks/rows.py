"""One line of the table that every benchmark prints, and whether its goal is met."""

from dataclasses import dataclass

HEAD = "| What | Ours | Floor | Ratio | Goal | Met |\n| --- | ---: | ---: | ---: | ---: | --- |"


@dataclass(frozen=True, slots=True)
class Row:
    """`at_most`: the ratio is to stay below the goal; else it is to reach it."""

    what: str
    ours: float
    floor: float
    goal: float
    unit: str
    at_most: bool = False
    digits: int = 2

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.goal if self.at_most else self.ratio >= self.goal

    def __str__(self) -> str:
        cells = (
            self.what,
            f"{self.ours:,.{self.digits}f} {self.unit}",
            f"{self.floor:,.{self.digits}f} {self.unit}",
            f"{self.ratio:,.{2 if self.ratio < 10 else 0}f} ×",
            f"{'≤' if self.at_most else '≥'} {self.goal:,} ×",
            "yes" if self.is_met else "NO",
        )
        return f"| {' | '.join(cells)} |"
