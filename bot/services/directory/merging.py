"""Two rows turn out to be one person: the row known by e-mail only hands over to the one with a Slack account.

This happens to everybody at once if people were imported by e-mail before the app could read addresses.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows, update_rows
from bot.models import HrGrant, Person
from bot.services import people
from bot.services.people.circles import circles

Pairs = Sequence[tuple[Person, Person]]
PassOn = Callable[[AsyncSession, Mapping[int, int]], Awaitable[None]]
"""A capability's own part: its rows go from the persons of the old ids to those of the new ones."""
FACTS = ("department_id", "start_date", "country", "csv_timezone")


async def hand_over(session: AsyncSession, pairs: Pairs, *, pass_on: Sequence[PassOn], now: datetime) -> None:
    """The second row of each pair takes over the CSV's data, the reports, the HR role of the first, and what the
    capabilities pass on. Then the first row is closed.
    """
    if not pairs:
        return
    heirs = {old.id: heir.id for old, heir in pairs}
    await update_rows(session, Person, [{"id": heir.id, **_facts(old, heir)} for old, heir in pairs])
    await people.set_managers(session, await _new_managers(session, heirs), now=now)
    await _pass_on_hr(session, heirs, now)
    for of_capability in pass_on:
        await of_capability(session, heirs)
    await update_rows(session, Person, [{"id": old.id, "deactivated_at": now} for old, _ in pairs])


def _facts(old: Person, heir: Person) -> dict[str, object]:
    """The facts that the remaining row lacks. A zone given by CSV is news to a person known by Slack only."""
    facts: dict[str, object] = {
        column: getattr(heir, column) if getattr(heir, column) is not None else getattr(old, column)
        for column in FACTS
    }
    brings_title = old.title_from_csv and not heir.title_from_csv
    brings_zone = old.csv_timezone is not None and heir.csv_timezone is None
    return {
        **facts,
        "title": old.title if brings_title else heir.title,
        "title_from_csv": heir.title_from_csv or old.title_from_csv,
        "timezone": old.csv_timezone if brings_zone else heir.timezone,
    }


async def _new_managers(session: AsyncSession, heirs: Mapping[int, int]) -> dict[int, int | None]:
    """The people whose manager changes. A link that would close a circle is left out."""
    rows = await session.execute(select(Person.id, Person.manager_id))
    before = {row.id: row.manager_id for row in rows}
    after = {person_id: heirs.get(manager_id, manager_id) for person_id, manager_id in before.items()}
    for old_id, heir_id in heirs.items():
        after[heir_id] = after[heir_id] or after[old_id]
        after[old_id] = None
    for circle in circles(after):
        after |= {person_id: None for person_id in circle if after[person_id] != before[person_id]}
    return {
        person_id: manager_id for person_id, manager_id in after.items() if manager_id != before[person_id]
    }


async def _pass_on_hr(session: AsyncSession, heirs: Mapping[int, int], now: datetime) -> None:
    revoked = await session.scalars(
        update(HrGrant)
        .where(HrGrant.person_id.in_(heirs), HrGrant.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(HrGrant.person_id)
    )
    await insert_rows(
        session, HrGrant, [{"person_id": heirs[old_id], "granted_at": now} for old_id in revoked]
    )
