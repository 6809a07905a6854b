"""A manager's look at the week: obstacles first, then who wrote, who is away, and who has not written yet."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import (
    Checkin,
    CheckinComment,
    CheckinReaction,
    Notification,
    NotificationState,
    Person,
    TakenObstacle,
)
from bot.models.checkins import TeamMember, TeamWeek
from bot.services import pauses, people
from bot.services.checkins.obstacles import asks_for_help, obstacle_for
from bot.services.nudges.kinds import NUDGE, key

TEAM_SHOWN = 25
TEAM_READ = 500  # direct reports looked at, so that the obstacle of the last one by name is not missed
ABSENT = ("away", "paused", "day_off", "holiday")  # why the gate or the planner kept that week's nudge back


async def team_week(
    session: AsyncSession, manager: Person, *, now: datetime, week: date | None = None
) -> TeamWeek | None:
    """None if nobody reports to this person. Until Monday noon the week shown is the one just ending."""
    reports = await people.reports_of(session, manager, limit=TEAM_READ)
    if not reports:
        return None
    week = week or clock.open_weeks(now, manager.timezone)[-1]
    written = await _written(session, manager, reports, week)
    ids = [checkin.id for checkin in written.values()]
    away = await _away(session, reports, week, now)
    taken, answered = await _taken(session, ids), await _answered(session, manager, ids)
    members = [
        _member(manager, person, written.get(person.id), taken, answered, person.id in away)
        for person in reports
    ]
    return TeamWeek.of(week, sorted(members, key=_reading_order), shown=TEAM_SHOWN)


async def _away(session: AsyncSession, reports: Sequence[Person], week: date, now: datetime) -> set[int]:
    """The team members who are away or paused now, while the week is open, or were not asked for such a reason."""
    not_asked = await session.scalars(
        select(Notification.person_id).where(
            Notification.key.in_([key(NUDGE, person.id, week) for person in reports]),
            Notification.state == NotificationState.SKIPPED,
            Notification.reason.in_(ABSENT),
        )
    )
    writing = [person for person in reports if now < clock.closes_at(week, person.timezone)]
    return {*not_asked, *(await pauses.silence_of(session, writing, now) if writing else {})}


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
    manager: Person,
    person: Person,
    checkin: Checkin | None,
    taken: set[int],
    answered: set[int],
    is_away: bool,
) -> TeamMember:
    if checkin is None:
        return TeamMember(person, None, None, False, is_away, False)
    return TeamMember(
        person=person,
        checkin_id=checkin.id,
        obstacle=obstacle_for(manager, person, checkin),
        obstacle_taken=checkin.id in taken,
        is_away=is_away,
        answered=checkin.id in answered | taken,
        asks_for_help=asks_for_help(manager, person, checkin),
    )


def _reading_order(member: TeamMember) -> tuple[int, str]:
    """Open obstacles and calls for help, other check-ins, not written yet, away; by name within each."""
    if member.checkin_id is None:
        return (3 if member.is_away else 2, member.person.name)
    return (0 if member.has_open_obstacle or member.waits_for_help else 1, member.person.name)
