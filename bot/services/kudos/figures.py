"""Figures for HR: how far recognition reaches. They are about groups, never persons, and count public channels
only.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.models import CompanyValue, Kudos, KudosAudience, KudosReceiver, Person
from bot.models.kudos import KudosFigures
from bot.services import groups, people
from bot.services.groups import THRESHOLD
from bot.services.kudos.taking_back import TAKEN_BACK

PERIOD = timedelta(days=90)
MOST = 100_000  # thanks looked at
ONLY_HR = "Only HR admins see these figures. Ask one of them."


@dataclass(frozen=True, slots=True)
class Pair:
    giver: int
    receiver: int
    value: str | None


async def figures(session: AsyncSession, actor: Person, *, now: datetime) -> KudosFigures:
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    teams = await groups.departments(session)
    pairs = await pairs_between(session, since=now - PERIOD)
    return summed_up(teams, [one for one in pairs if one.giver in teams and one.receiver in teams])


def summed_up(teams: Mapping[int, str], pairs: Sequence[Pair]) -> KudosFigures:
    """`teams` maps everybody who works here to the name of their department."""
    givers, thanked = {one.giver for one in pairs}, {one.receiver for one in pairs}
    either_way = {frozenset((one.giver, one.receiver)) for one in pairs}
    known = {(one.giver, one.receiver) for one in pairs}
    answered = [pair for pair in either_way if {tuple(pair), tuple(pair)[::-1]} <= known]
    across = [pair for pair in either_way if len({teams[one] for one in pair}) > 1]
    enough = len(givers) >= THRESHOLD
    values, uncounted = _values(pairs, len(teams))
    return KudosFigures(
        people=len(teams),
        teams=groups.counted(teams, givers, thanked),
        answered=_share(answered, either_way) if enough else None,
        across=_share(across, either_way) if enough else None,
        values=values,
        uncounted=uncounted,
    )


def _values(pairs: Sequence[Pair], people: int) -> tuple[list[tuple[str, int]], list[str]]:
    """Values are ordered by name, as an order by number would be a ranking. People overlap between values, so
    no sum gives a number away.
    """
    givers: dict[str, set[int]] = {}
    for one in pairs:
        if one.value:
            givers.setdefault(one.value, set()).add(one.giver)
    told = {name: len(who) for name, who in sorted(givers.items()) if THRESHOLD <= len(who) < people}
    return list(told.items()), sorted(givers.keys() - told.keys())


def _share(part: Collection[object], whole: Collection[object]) -> int:
    return round(100 * len(part) / len(whole)) if whole else 0


async def pairs_between(
    session: AsyncSession, *, since: datetime, until: datetime | None = None
) -> Sequence[Pair]:
    """Giver and receiver of all public kudos that were not taken back."""
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
