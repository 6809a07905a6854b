"""A person's own kudos as numbers: given and received, by month and by value."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import CompanyValue, Kudos, KudosReceiver, Person
from bot.models.kudos import ValueCount
from bot.services.kudos.taking_back import TAKEN_BACK

COUNTED = 4_000  # rows at most, given and received each: eleven thanks a day

Moment = tuple[datetime, str | None, bool]
"""The time of the kudos, its value, and True if it was given, False if received."""


async def counts(session: AsyncSession, me: Person, *, now: datetime) -> Sequence[ValueCount]:
    """The counts of this month and the eleven before it, newest first, private kudos included. Kudos taken back
    no longer count.
    """
    first = _a_year_of_months(clock.local(now, me.timezone).date())
    since = datetime.combine(first, time(), clock.zone(me.timezone)).astimezone(UTC)
    return _by_month(await _moments(session, me, since), me.timezone)


def _a_year_of_months(today: date) -> date:
    """The first day of the earliest of twelve whole months, the present one being the last."""
    following = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    return following.replace(year=following.year - 1)


async def _moments(session: AsyncSession, me: Person, since: datetime) -> Sequence[Moment]:
    about = (
        select(Kudos.given_at, CompanyValue.name)
        .outerjoin(CompanyValue, CompanyValue.id == Kudos.value_id)
        .where(Kudos.given_at >= since, ~TAKEN_BACK)
        .order_by(Kudos.given_at.desc())
        .limit(COUNTED)
    )
    given = await session.execute(about.where(Kudos.giver_id == me.id))
    received = await session.execute(
        about.join(KudosReceiver, KudosReceiver.kudos_id == Kudos.id).where(KudosReceiver.person_id == me.id)
    )
    return [(at, value, True) for at, value in given] + [(at, value, False) for at, value in received]


def _by_month(moments: Sequence[Moment], timezone: str | None) -> list[ValueCount]:
    counted: Counter[tuple[date, str | None, bool]] = Counter(
        (clock.local(at, timezone).date().replace(day=1), value, given) for at, value, given in moments
    )
    places = {(month, value) for month, value, _ in counted}
    by_name = sorted(places, key=lambda place: place[1] or "~")
    return [
        ValueCount(month, value, given=counted[month, value, True], received=counted[month, value, False])
        for month, value in sorted(by_name, key=lambda place: place[0], reverse=True)
    ]
