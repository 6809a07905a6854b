"""From the text of a CSV to an `ImportPlan`. Reads the directory in a handful of statements and writes nothing."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person
from bot.services import people
from bot.services.people_import.departments import Tree
from bot.services.people_import.managers import Managers, find_managers, names_by_node
from bot.services.people_import.matching import Directory, Matched, match
from bot.services.people_import.plan import Difference, ImportPlan, PersonPlan
from bot.services.people_import.sheet import Row, Sheet, read_sheet
from bot.services.tables import in_order

SHOWN = ("name", "email", "slack_user_id", "title", "start_date", "country", "timezone")


async def plan(session: AsyncSession, text: str) -> ImportPlan:
    """Locks the directory until the transaction ends, so that the plan still fits when it is applied."""
    sheet = read_sheet(text)
    await people.lock_directory(session)
    directory = await Directory.load(session)
    matched, contradictions = match(sheet.rows, directory)
    named = matched if "manager_email" in sheet.columns else []
    managers, impossible = find_managers(named, directory)
    if problems := in_order([*sheet.problems, *contradictions, *impossible]):
        return ImportPlan(problems=problems, notes=_notes(sheet, matched))
    return _Planner(sheet, matched, managers, directory).plan()


class _Planner:
    """Holds everything needed to say what one row changes."""

    def __init__(
        self, sheet: Sheet, matched: Sequence[Matched], managers: Managers, directory: Directory
    ) -> None:
        self.sheet = sheet
        self.matched = matched
        self.managers = managers
        self.directory = directory
        self.names = names_by_node(matched, directory)
        self.tree = Tree(directory.departments.values())

    def plan(self) -> ImportPlan:
        plans = [(one, self.person(one)) for one in self.matched]
        same = [(one.person, plan) for one, plan in plans if one.person and not plan.differences]
        named = {one.node for one in self.matched}
        return ImportPlan(
            notes=_notes(self.sheet, self.matched),
            new=tuple(plan for _, plan in plans if plan.is_new),
            changed=tuple(plan for _, plan in plans if not plan.is_new and plan.differences),
            confirmed=tuple(plan for person, plan in same if _differ(person, plan.values)),
            unchanged=len(same),
            absent=sum(one.is_active and one.id not in named for one in self.directory.by_id.values()),
            new_departments=tuple(self.tree.added),
        )

    def person(self, one: Matched) -> PersonPlan:
        before = one.person or Person(name="", title_from_csv=False)
        values = _values(one.row, before, self.sheet.columns)
        department = self.department(one.row, before)
        manager = self.managers.get(one.node, before.manager_id)
        differences = _differences(before, values)
        if department != (old := self.department_of(before)):
            differences.append(Difference("department", old, department))
        if manager != before.manager_id:
            differences.append(Difference("manager", self.name(before.manager_id), self.name(manager)))
        return PersonPlan(one.node, str(values["name"]), values, department, manager, tuple(differences))

    def department(self, row: Row, before: Person) -> str | None:
        if "department" not in self.sheet.columns:
            return self.department_of(before)
        return self.tree.find(row.department) if row.department else None

    def department_of(self, person: Person) -> str | None:
        return self.directory.departments.get(person.department_id or 0)

    def name(self, node: int | None) -> str | None:
        return self.names[node] if node is not None else None


def _values(row: Row, before: Person, columns: frozenset[str]) -> dict[str, object]:
    """The columns to write. Slack leads for the name and address of people it knows; a zone is written only if
    the file's is new.
    """
    title, title_from_csv = _title(row, before, columns)
    return {
        "slack_user_id": before.slack_user_id or row.slack_user_id,
        "email": before.email or row.email,
        "name": before.name if before.slack_user_id or row.name is None else row.name,
        "title": title,
        "title_from_csv": title_from_csv,
        "start_date": row.start_date if "start_date" in columns else before.start_date,
        "country": row.country if "country" in columns else before.country,
        "timezone": before.timezone if row.timezone in (None, before.csv_timezone) else row.timezone,
        "csv_timezone": row.timezone or before.csv_timezone,
    }


def _title(row: Row, before: Person, columns: frozenset[str]) -> tuple[str | None, bool]:
    """An empty title makes room for Slack's, which the next sync brings."""
    if "title" not in columns or (row.title is None and not before.title_from_csv):
        return before.title, before.title_from_csv
    return row.title, row.title is not None


def _differences(before: Person, values: Mapping[str, object]) -> list[Difference]:
    fields = [(field, getattr(before, field) or None, values[field]) for field in SHOWN]
    return [
        Difference(field, str(old) if old else None, str(new) if new else None)
        for field, old, new in fields
        if old != new
    ]


def _differ(person: Person, values: Mapping[str, object]) -> bool:
    return any(getattr(person, column) != value for column, value in values.items())


def _notes(sheet: Sheet, matched: Sequence[Matched]) -> tuple[str, ...]:
    """Notes about cells that change nothing."""
    notes = []
    if sheet.ignored:
        notes.append(f"Ignored columns: {', '.join(sheet.ignored)}.")
    kept = [
        str(one.row.line)
        for one in matched
        if one.person and one.person.email and one.row.email not in (None, one.person.email)
    ]
    if kept:
        notes.append(
            f"Slack's e-mail address was kept where the file has another: line {', '.join(kept[:20])}."
        )
    return tuple(notes)
