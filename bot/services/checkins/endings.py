"""When a message about a colleague's check-in is over, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Checkin, CheckinComment, CheckinReaction, Notification, Person, TakenObstacle
from bot.services import notifications
from bot.services.notifications import Ended

Deeds = Mapping[tuple[int, int], datetime]
"""(check-in, person) → when they first did it."""


async def shared(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """The manager answered in whatever way, the week closed, or its author left."""
    checkins, people = await _about(session, said)
    taken = await _taken(session, checkins)
    commented = await _first(session, checkins, CheckinComment, CheckinComment.author_id, "written_at")
    reacted = await _first(session, checkins, CheckinReaction, CheckinReaction.person_id, "reacted_at")
    over: dict[int, Ended] = {}
    for one in said:
        checkin, reader = checkins.get(one.subject.get("checkin", 0)), people.get(one.person_id)
        if checkin is None or reader is None:
            continue
        author = people.get(checkin.person_id)
        ended = (
            taken.get(checkin.id)
            or _did("{who} commented on this", commented, checkin, reader)
            or _did("{who} reacted to this", reacted, checkin, reader)
            or notifications.left(author)
            or _closed(checkin, author, now)
            or notifications.opened_by(reader, one)
        )
        if ended:
            over[one.id] = ended
    return over


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


async def _taken(session: AsyncSession, checkin_ids: Iterable[int]) -> dict[int, Ended]:
    rows = await session.execute(
        select(TakenObstacle, Person)
        .join(Person, Person.id == TakenObstacle.person_id)
        .where(TakenObstacle.checkin_id.in_(list(checkin_ids)))
    )
    return {
        taken.checkin_id: Ended("{who} took this on", by=person, at=taken.taken_at) for taken, person in rows
    }


async def _first(
    session: AsyncSession, checkin_ids: Iterable[int], deed: Any, by: Any, at: str
) -> dict[tuple[int, int], datetime]:
    query: Select[Any] = (
        select(deed.checkin_id, by, func.min(getattr(deed, at)))
        .where(deed.checkin_id.in_(list(checkin_ids)))
        .group_by(deed.checkin_id, by)
    )
    return {(checkin_id, person_id): done for checkin_id, person_id, done in await session.execute(query)}


def _did(says: str, deeds: Deeds, checkin: Checkin, reader: Person) -> Ended | None:
    at = deeds.get((checkin.id, reader.id))
    return Ended(says, by=reader, at=at) if at else None


def _closed(checkin: Checkin, author: Person | None, now: datetime) -> Ended | None:
    closes = clock.closes_at(checkin.week, author.timezone if author else None)
    if now < closes:
        return None
    return Ended("That week has closed; it is kept in your team's weeks", may_open=True)
