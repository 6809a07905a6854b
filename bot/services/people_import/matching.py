"""Matches the rows of the file with the people of the directory."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Department, Person
from bot.services.people_import.sheet import Row
from bot.services.tables import Problem


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody in the directory, read in two statements."""

    by_id: dict[int, Person]
    by_account: dict[str, Person]
    by_email: dict[str, Person]
    departments: dict[int, str]

    @classmethod
    async def load(cls, session: AsyncSession) -> "Directory":
        everybody = list(await session.scalars(select(Person).execution_options(populate_existing=True)))
        departments = await session.execute(select(Department.id, Department.path))
        return cls(
            by_id={person.id: person for person in everybody},
            by_account={person.slack_user_id: person for person in everybody if person.slack_user_id},
            by_email={person.email: person for person in everybody if person.email},
            departments={row.id: row.path for row in departments},
        )


@dataclass(frozen=True, slots=True)
class Matched:
    """A row and its person; None if the person is new. `node` is the one of `PersonPlan`."""

    row: Row
    person: Person | None

    @property
    def node(self) -> int:
        return self.person.id if self.person else -self.row.line

    @property
    def name(self) -> str:
        return (self.person.name if self.person else self.row.name) or self.row.email or "somebody"


def match(rows: Sequence[Row], directory: Directory) -> tuple[list[Matched], list[Problem]]:
    matched, problems = [], []
    for row in rows:
        by_account = directory.by_account.get(row.slack_user_id or "")
        by_email = directory.by_email.get(row.email or "")
        one = Matched(row, by_account or by_email)
        matched.append(one)
        if problem := _contradiction(row, by_account, by_email):
            problems.append(problem)
        elif one.person is None and row.name is None:
            problems.append(
                Problem(row.line, "name", "is empty or missing, and this person is new. Give a name.")
            )
    return matched, problems + _twice(matched)


def _contradiction(row: Row, by_account: Person | None, by_email: Person | None) -> Problem | None:
    if by_account and by_email and by_account is not by_email:
        return Problem(
            row.line, "email", f"belongs to {by_email.name}, but the slack_user_id to {by_account.name}."
        )
    if by_email and row.slack_user_id and by_email.slack_user_id not in (None, row.slack_user_id):
        return Problem(
            row.line, "slack_user_id", f"differs from the one {by_email.name} has, {by_email.slack_user_id}."
        )
    return None


def _twice(matched: Sequence[Matched]) -> list[Problem]:
    first: dict[object, int] = {}
    problems = []
    for one in matched:
        marks = {one.node, one.row.email, one.row.slack_user_id} - {None}
        earlier = [first[mark] for mark in marks if mark in first]
        if earlier:
            problems.append(Problem(one.row.line, None, f"is the same person as line {min(earlier)}."))
        for mark in marks:
            first.setdefault(mark, one.row.line)
    return problems
