"""Figures about groups of people get a line each, as far as the group is large enough to be told."""

from collections.abc import Callable, Sequence

from slack_sdk.models.blocks import Block

from bot.models.groups import Group, Table
from bot.views import kit

SHOWN, LINES, NAME_SHOWN = 40, 10, 40
NO_NUMBERS = "no numbers, so that nobody can be singled out"
SMALL_ONES = (
    "Departments under five people are counted together with the next larger ones, so that nobody can be singled out. "
    "There are no figures about single people."
)


def no_total(table: Table) -> str:
    if not table.groups and table.others is None:
        return "You are too few for numbers: they would point at single people. From five people on there are some."
    return "There is no total, because it would give away the numbers left out below."


def departments(table: Table, counts_in_words: Callable[..., str]) -> list[Block]:
    """`counts_in_words` turns the counts of a group into words."""

    def row(name: str, group: Group) -> str:
        return f"{name} ({group.people}): {counts_in_words(*group.counts)}"

    rows = [row(kit.escape(kit.short(one.name, NAME_SHOWN)), one) for one in table.groups[:SHOWN]]
    if table.others:
        rows.append(row("All other departments together", table.others))
    more = len(table.groups) - SHOWN
    return [
        *listed("Departments", rows),
        *([kit.small(f"And {kit.counted(more, 'more department')}.")] if more > 0 else []),
    ]


def listed(title: str, lines: Sequence[str]) -> list[Block]:
    """The lines are escaped and spread over several blocks where one cannot hold them."""
    several = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    return [
        kit.section("\n".join([f"*{title}*", *some] if not place else some))
        for place, some in enumerate(several)
    ]
