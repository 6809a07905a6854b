"""Which goal each new one hangs under: one of the file or one there is, found by its title."""

from collections.abc import Mapping, Sequence

from bot.models.goals import RANK, Level
from bot.services.goals_import.sheet import SheetGoal
from bot.services.people.circles import circles
from bot.services.people.words import as_chain
from bot.services.tables import Problem, quoted

Titles = Mapping[str, Sequence[tuple[int, Level]]]
Parents = dict[int, int | None]  # by minus the line; a parent is a known goal's id, or minus its line


def find_parents(goals: Sequence[SheetGoal], titles: Titles) -> tuple[Parents, list[Problem]]:
    """The most natural reading, or none: two goals with that title are never chosen between."""
    own: dict[str, list[tuple[int, Level]]] = {}
    for goal in goals:
        own.setdefault(goal.title.casefold(), []).append((-goal.line, goal.level))
    parents: Parents = {}
    problems = []
    for goal in goals:
        parents[-goal.line] = None
        if goal.parent_title:
            title = goal.parent_title.casefold()
            found = [one for one in (*own.get(title, ()), *titles.get(title, ())) if one[0] != -goal.line]
            if mistake := _mistake(goal, found):
                problems.append(Problem(goal.line, "parent_title", mistake))
            else:
                parents[-goal.line] = found[0][0]
    return parents, problems + _circles(goals, parents)


def _mistake(goal: SheetGoal, found: Sequence[tuple[int, Level]]) -> str | None:
    name = quoted(goal.parent_title or "")
    if not found:
        return f"{name} is no open goal, here or in this file. Write the title as it is there."
    if len(found) > 1:
        return f"{name} is the title of {len(found)} goals. Leave it empty, and link the right one in Slack."
    if RANK[found[0][1]] > RANK[goal.level]:
        return (
            f"{name} is a goal of a lower level ({found[0][1]}). A goal serves one of its own level or above."
        )
    return None


def _circles(goals: Sequence[SheetGoal], parents: Parents) -> list[Problem]:
    by_node = {-goal.line: goal for goal in goals}
    problems = []
    for circle in circles(parents):
        first = max(node for node in circle if node < 0)
        turn = circle.index(first)
        chain = [quoted(by_node[node].title) for node in (*circle[turn:-1], *circle[:turn], first)]
        problems.append(Problem(-first, "parent_title", f"closes a circle: {as_chain(chain)}."))
    return problems
