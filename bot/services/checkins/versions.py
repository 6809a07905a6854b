"""A person's own check-ins in every version, to read and to export. Nobody else sees earlier versions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import Checkin, CheckinComment, CheckinRevision, Person
from bot.models.checkins import Remark, Version

VERSIONS_SHOWN = 5  # of up to seven answers each: a modal holds 100 blocks
EXPORT_LIMIT = 1_000  # nineteen years of weeks
ROWS_LIMIT = 10 * EXPORT_LIMIT
NOT_YOURS = "Earlier versions are shown to nobody but their author."


async def versions(session: AsyncSession, me: Person, checkin_id: int) -> Sequence[Version]:
    """The newest few, newest first."""
    own = select(Checkin).where(Checkin.id == checkin_id, Checkin.person_id == me.id)
    checkin = await session.scalar(own)
    if checkin is None:
        raise NotFound(NOT_YOURS)
    former = await _former(session, [checkin])
    told = list(_told(checkin, former.get(checkin.id, ())))
    return told[::-1][:VERSIONS_SHOWN]


async def all_of(session: AsyncSession, me: Person) -> Sequence[Version]:
    """Every version of every check-in of this person, oldest first, with the comments."""
    own = select(Checkin).where(Checkin.person_id == me.id).order_by(Checkin.week).limit(EXPORT_LIMIT)
    checkins = (await session.scalars(own)).all()
    former, comments = await _former(session, checkins), await _comments(session, checkins)
    return [
        version
        for checkin in checkins
        for version in _told(checkin, former.get(checkin.id, ()), comments.get(checkin.id, ()))
    ]


def _told(
    checkin: Checkin, former: Iterable[CheckinRevision], comments: Sequence[Remark] = ()
) -> Iterator[Version]:
    """One check-in's versions, oldest first. Each version was written when the one before it was replaced."""
    at = checkin.submitted_at
    for one in former:
        yield Version(checkin.week, one.revision, at, one.answers, one.energy, one.load)
        at = one.replaced_at
    yield Version(
        checkin.week, checkin.revision, at, checkin.answers, checkin.energy, checkin.load, tuple(comments)
    )


async def _former(
    session: AsyncSession, checkins: Sequence[Checkin]
) -> Mapping[int, Sequence[CheckinRevision]]:
    rows = await session.scalars(
        select(CheckinRevision)
        .where(CheckinRevision.checkin_id.in_([checkin.id for checkin in checkins]))
        .order_by(CheckinRevision.revision)
        .limit(ROWS_LIMIT)
    )
    found = defaultdict[int, list[CheckinRevision]](list)
    for row in rows:
        found[row.checkin_id].append(row)
    return found


async def _comments(session: AsyncSession, checkins: Sequence[Checkin]) -> Mapping[int, Sequence[Remark]]:
    rows = await session.execute(
        select(CheckinComment.checkin_id, Person.name, CheckinComment.text, CheckinComment.written_at)
        .join(Person, Person.id == CheckinComment.author_id)
        .where(CheckinComment.checkin_id.in_([checkin.id for checkin in checkins]))
        .order_by(CheckinComment.id)
        .limit(ROWS_LIMIT)
    )
    found = defaultdict[int, list[Remark]](list)
    for checkin_id, author, text, at in rows:
        found[checkin_id].append(Remark(author, text, at))
    return found
