"""When a message about a colleague's check-in is over, and what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.models import Checkin, CheckinComment, CheckinReaction, Notification, Person, TakenObstacle
from bot.models.checkins import Outcome
from bot.services import notifications
from bot.services.checkins.obstacles import outcome_of
from bot.services.notifications import Ended


async def team_week(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """The message about a team's week is over when nobody of the team may write any more. Its own words say so."""
    managers = {one.person_id for one in said}
    rows = await session.execute(
        select(Person.manager_id, Person.timezone).where(Person.manager_id.in_(managers)).distinct()
    )
    zones: dict[int | None, list[str | None]] = defaultdict(list)
    for manager_id, timezone in rows:
        zones[manager_id].append(timezone)
    return {
        one.id: Ended("")
        for one in said
        if all(now >= clock.closes_at(one.week, zone) for zone in zones[one.person_id] or [None])
    }


async def call_for_help(
    session: AsyncSession, said: Sequence[Notification], now: datetime
) -> dict[int, Ended]:
    """The obstacle was taken on or is out of the way, the manager has answered, or the author took it back or left."""
    checkins, people = await _about(session, said)
    taken = await _taken(session, checkins)
    commented = await _first(session, checkins, CheckinComment, CheckinComment.author_id, "written_at")
    reacted = await _first(session, checkins, CheckinReaction, CheckinReaction.person_id, "reacted_at")
    over: dict[int, Ended] = {}
    for one in said:
        checkin, reader = checkins.get(one.subject["checkin"]), people.get(one.person_id)
        author = people.get(checkin.person_id) if checkin else None
        if checkin is None or author is None or reader is None:
            continue
        if not policy.may_read_checkin(reader, author, checkin, stands_above=False):
            over[one.id] = notifications.NOT_YOURS_ANY_MORE
            continue
        answered = [deeds.get((checkin.id, reader.id)) for deeds in (commented, reacted)]
        answered_at = min(filter(None, answered), default=None)
        ended = _ended(reader, author, checkin, taken.get(checkin.id), answered_at)
        if ended := ended or notifications.left(author):
            over[one.id] = ended
    return over


def _ended(
    reader: Person,
    author: Person,
    checkin: Checkin,
    taken: tuple[TakenObstacle, Person] | None,
    answered_at: datetime | None,
) -> Ended | None:
    row, owner = taken or (None, None)
    outcome, at = outcome_of(reader, author, checkin, row, answered_at)
    match outcome:
        case Outcome.TAKEN_ON:
            return Ended("{who} took this on", by=owner, at=at)
        case Outcome.CLEARED:
            return Ended("{who} got this out of the way", by=owner, at=at)
        case Outcome.ANSWERED:
            return Ended("{who} answered this", by=reader, at=at)
        case Outcome.WITHDRAWN:
            return Ended("{who} took this back", by=author, at=at)
        case None:
            return None


async def answered(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """The reader has opened it, or the author of the check-in left."""
    checkins, people = await _about(session, said)
    over: dict[int, Ended] = {}
    for one in said:
        checkin = checkins.get(one.subject["checkin"])
        author = people.get(checkin.person_id) if checkin else None
        if ended := notifications.left(author) or notifications.opened_by(people.get(one.person_id), one):
            over[one.id] = ended
    return over


async def _about(
    session: AsyncSession, said: Sequence[Notification]
) -> tuple[dict[int, Checkin], dict[int, Person]]:
    ids = {one.subject.get("checkin", 0) for one in said}
    rows = await session.scalars(select(Checkin).where(Checkin.id.in_(ids)))
    checkins = {checkin.id: checkin for checkin in rows}
    wanted = [*(one.person_id for one in said), *(one.person_id for one in checkins.values())]
    return checkins, await notifications.readers(session, wanted)


async def _taken(
    session: AsyncSession, checkin_ids: Iterable[int]
) -> dict[int, tuple[TakenObstacle, Person]]:
    rows = await session.execute(
        select(TakenObstacle, Person)
        .join(Person, Person.id == TakenObstacle.person_id)
        .where(TakenObstacle.checkin_id.in_(list(checkin_ids)))
    )
    return {taken.checkin_id: (taken, owner) for taken, owner in rows}


async def _first(
    session: AsyncSession, checkin_ids: Iterable[int], deed: Any, by: Any, at: str
) -> dict[tuple[int, int], datetime]:
    query: Select[Any] = (
        select(deed.checkin_id, by, func.min(getattr(deed, at)))
        .where(deed.checkin_id.in_(list(checkin_ids)))
        .group_by(deed.checkin_id, by)
    )
    return {(checkin_id, person_id): done for checkin_id, person_id, done in await session.execute(query)}
