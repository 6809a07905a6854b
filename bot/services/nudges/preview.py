"""Who will hear what and when, and why or why not: reads only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person
from bot.packs import Packs


@dataclass(frozen=True, slots=True)
class PlannedNudge:
    """`state` and `reason` are the ledger's where there is a row already; `rule` says why it is planned at all."""

    person_id: int
    name: str
    email: str | None
    kind: str
    due_at: datetime
    timezone: str
    state: str
    reason: str | None
    rule: str


async def preview(
    session: AsyncSession, *, at: datetime, days: int, person: Person | None = None, packs: Packs
) -> list[PlannedNudge]:
    """What is due in the `days` from `at` on, in the order of its coming."""
    return []
