"""A manager's look at the week: obstacles first, then who wrote, who is away, and who has not written yet."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Checkin, CheckinComment, CheckinReaction, Person, TakenObstacle
from bot.models.checkins import TeamMember, TeamWeek
from bot.services import people

TEAM_SHOWN = 25


async def team_week(
    session: AsyncSession, manager: Person, *, now: datetime, week: date | None = None
) -> TeamWeek | None:
    """None when nobody reports to this person. Until Monday noon the week shown is the one just ending."""
    reports = await people.reports_of(session, manager, limit=TEAM_SHOWN + 1)
    if not reports:
        return None
    shown = reports[:TEAM_SHOWN]
    week = week or clock.open_weeks(now, manager.timezone)[-1]
    written = await _written(session, manager, shown, week)
    ids = [checkin.id for checkin in written.values()]
    taken, answered = await _taken(session, ids), await _answered(session, manager, ids)
    members = [_member(person, written.get(person.id), taken, answered, now) for person in shown]
    members.sort(key=_reading_order)
    return TeamWeek(week, tuple(members), more=len(reports) > len(shown))


async def _written(
    session: AsyncSession, manager: Person, reports: Sequence[Person], week: date
) -> dict[int, Checkin]:
    rows = await session.scalars(
        select(Checkin).where(
            Checkin.week == week,
            Checkin.manager_id == manager.id,
            Checkin.person_id.in_([person.id for person in reports]),
        )
    )
    return {checkin.person_id: checkin for checkin in rows}


async def _taken(session: AsyncSession, checkin_ids: Sequence[int]) -> set[int]:
    rows = await session.scalars(
        select(TakenObstacle.checkin_id).where(TakenObstacle.checkin_id.in_(checkin_ids))
    )
    return set(rows)


async def _answered(session: AsyncSession, manager: Person, checkin_ids: Sequence[int]) -> set[int]:
    commented = select(CheckinComment.checkin_id).where(
        CheckinComment.author_id == manager.id, CheckinComment.checkin_id.in_(checkin_ids)
    )
    reacted = select(CheckinReaction.checkin_id).where(
        CheckinReaction.person_id == manager.id, CheckinReaction.checkin_id.in_(checkin_ids)
    )
    return set(await session.scalars(commented)) | set(await session.scalars(reacted))


def _member(
    person: Person, checkin: Checkin | None, taken: set[int], answered: set[int], now: datetime
) -> TeamMember:
    return TeamMember(
        person=person,
        checkin=checkin,
        obstacle=checkin.answer("stuck") if checkin else None,
        obstacle_taken=checkin is not None and checkin.id in taken,
        is_away=clock.is_away(person.away_since, person.away_until, now),
        answered=checkin is not None and checkin.id in answered | taken,
    )


def _reading_order(member: TeamMember) -> tuple[int, str]:
    """Open obstacles, other check-ins, not written yet, away; by name within each."""
    if member.checkin is None:
        return (3 if member.is_away else 2, member.person.name)
    return (0 if member.obstacle and not member.obstacle_taken else 1, member.person.name)
