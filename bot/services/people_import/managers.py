"""The manager of each person after the import, and the links that are impossible."""

from collections.abc import Sequence

from bot.services.people.active import standing
from bot.services.people.circles import circles
from bot.services.people.words import as_chain
from bot.services.people_import.matching import Directory, Matched
from bot.services.tables import Problem, quoted

Managers = dict[int, int | None]


def find_managers(matched: Sequence[Matched], directory: Directory) -> tuple[Managers, list[Problem]]:
    """The manager of every row, by node. Addresses in the file count before those in the directory."""
    by_email = {email: person.id for email, person in directory.by_email.items()}
    by_email |= {one.row.email: one.node for one in matched if one.row.email}
    managers: Managers = {}
    problems = []
    for one in matched:
        wanted = one.row.manager_email
        managers[one.node] = by_email.get(wanted) if wanted else None
        if wanted and (mistake := _mistake(one, managers[one.node], directory)):
            problems.append(Problem(one.row.line, "manager_email", mistake))
            managers[one.node] = None
    return managers, problems + _circles(matched, managers, directory)


def names_by_node(matched: Sequence[Matched], directory: Directory) -> dict[int, str]:
    known = {person.id: person.name for person in directory.by_id.values()}
    return {**known, **{one.node: one.name for one in matched}}


def _mistake(one: Matched, manager: int | None, directory: Directory) -> str | None:
    if manager is None:
        return f"{quoted(one.row.manager_email or '')} is neither in this file nor in the directory."
    if manager == one.node:
        return f"{as_chain([one.name, one.name])}: nobody can be their own manager."
    person = directory.by_id.get(manager)
    if person is None or person.is_active or (one.person and not one.person.is_active):
        return None  # a leaver's own row may still name another leaver
    return f"{person.name} is {standing(person)}, so nobody can report to them. Name another manager."


def _circles(matched: Sequence[Matched], managers: Managers, directory: Directory) -> list[Problem]:
    everybody = {person.id: person.manager_id for person in directory.by_id.values()} | managers
    names = names_by_node(matched, directory)
    lines = {one.node: one.row.line for one in matched}
    problems = []
    for circle in circles(everybody):
        start = min((node for node in circle if node in lines), key=lines.__getitem__, default=circle[0])
        turn = circle.index(start)
        chain = as_chain([names[node] for node in (*circle[turn:-1], *circle[:turn], start)])
        problems.append(Problem(lines.get(start, 1), "manager_email", f"closes a circle: {chain}."))
    return problems
