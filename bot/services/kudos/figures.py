"""For HR: how far recognition reaches. Groups and never persons; only what was said in public channels."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.models import CompanyValue, Department, Kudos, KudosAudience, KudosReceiver, Person
from bot.models.kudos import Group, KudosFigures
from bot.services import people
from bot.services.kudos.suppression import THRESHOLD, published
from bot.services.kudos.taking_back import TAKEN_BACK

PERIOD = timedelta(days=90)
MOST = 100_000  # thanks looked at
ONLY_HR = "Only HR admins see these figures. Ask one of them."
NO_DEPARTMENT = "without a department"


@dataclass(frozen=True, slots=True)
class Pair:
    giver: int
    receiver: int
    value: str | None


async def figures(session: AsyncSession, actor: Person, *, now: datetime) -> KudosFigures:
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    teams = await _teams(session)
    pairs = await pairs_between(session, since=now - PERIOD)
    return summed_up(teams, [one for one in pairs if one.giver in teams and one.receiver in teams])


def summed_up(teams: dict[int, str], pairs: Sequence[Pair]) -> KudosFigures:
    """`teams`: everybody who works here → the name of their department."""
    givers, thanked = {one.giver for one in pairs}, {one.receiver for one in pairs}
    groups = [
        Group(name, len(members), (len(members & givers), len(members & thanked)))
        for name, members in _by_team(teams).items()
    ]
    either_way = {frozenset((one.giver, one.receiver)) for one in pairs}
    known = {(one.giver, one.receiver) for one in pairs}
    answered = [pair for pair in either_way if {tuple(pair), tuple(pair)[::-1]} <= known]
    across = [pair for pair in either_way if len({teams[one] for one in pair}) > 1]
    enough = len(givers) >= THRESHOLD
    values, uncounted = _values(pairs, len(teams))
    return KudosFigures(
        people=len(teams),
        teams=published(groups),
        answered=_share(answered, either_way) if enough else None,
        across=_share(across, either_way) if enough else None,
        values=values,
        uncounted=uncounted,
    )


def _by_team(teams: dict[int, str]) -> dict[str, set[int]]:
    members: dict[str, set[int]] = {}
    for person, team in teams.items():
        members.setdefault(team, set()).add(person)
    return members


def _values(pairs: Sequence[Pair], people: int) -> tuple[list[tuple[str, int]], list[str]]:
    """By name, as an order by number would be a ranking. People overlap between values, so no sum gives one away."""
    givers: dict[str, set[int]] = {}
    for one in pairs:
        if one.value:
            givers.setdefault(one.value, set()).add(one.giver)
    told = {name: len(who) for name, who in sorted(givers.items()) if THRESHOLD <= len(who) < people}
    return list(told.items()), sorted(givers.keys() - told.keys())


def _share(some: Collection[object], of: Collection[object]) -> int:
    return round(100 * len(some) / len(of)) if of else 0


async def pairs_between(
    session: AsyncSession, *, since: datetime, until: datetime | None = None
) -> Sequence[Pair]:
    """Giver and receiver of everything said in public and still standing."""
    before = [Kudos.given_at < until] if until else []
    rows = await session.execute(
        select(Kudos.giver_id, KudosReceiver.person_id, CompanyValue.name)
        .join(KudosReceiver, KudosReceiver.kudos_id == Kudos.id)
        .outerjoin(CompanyValue, CompanyValue.id == Kudos.value_id)
        .where(
            Kudos.given_at >= since,
            *before,
            Kudos.audience == KudosAudience.COMPANY,
            KudosReceiver.in_public.is_(True),
            ~TAKEN_BACK,
        )
        .order_by(Kudos.given_at.desc())
        .limit(MOST)
    )
    return [Pair(*row) for row in rows]


async def _teams(session: AsyncSession) -> dict[int, str]:
    rows = await session.execute(
        select(Person.id, Department.path)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(*people.ACTIVE)
    )
    return {person: path or NO_DEPARTMENT for person, path in rows}
