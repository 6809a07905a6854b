"""Reading check-ins: a single one, as far as the reader may, and a person's own history."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.errors import NotFound
from bot.models import (
    Audience,
    Checkin,
    CheckinComment,
    CheckinReaction,
    Person,
    TakenObstacle,
)
from bot.models.checkins import HistoryPage, OwnWeeks, PastCheckin, Reading, Remark
from bot.services import people
from bot.services.paging import page_of

PAGE = 10
RECENT = 3  # on Home
COMMENTS_SHOWN = 20
HANDED_OVER_AT_ONCE = 1_000  # nineteen years of weeks
UNAVAILABLE = (
    "That check-in is not available to you. Its author and the manager it was written for can open it; "
    "after a change of manager the author can hand it over."
)


async def read(session: AsyncSession, viewer: Person, checkin_id: int) -> Reading:
    checkin, author = await access(session, viewer, checkin_id)
    answers = tuple(a for a in checkin.answers if policy.may_read_answer(viewer, author, checkin, a))
    taken = await _obstacle(session, checkin)
    manager = await session.get(Person, checkin.manager_id) if checkin.manager_id else None
    sees_energy = policy.may_read_energy(viewer, author, checkin)
    return Reading(
        checkin_id=checkin.id,
        week=checkin.week,
        is_edited=checkin.edited_at is not None,
        author=author,
        manager_name=manager.name if manager else None,
        is_own=viewer.id == author.id,
        answers=answers,
        locked_away=len(checkin.answers) - len(answers),
        energy=checkin.energy if sees_energy else None,
        load=checkin.load if sees_energy else None,
        comments=await _comments(session, viewer, author, checkin),
        reactions=await _reactions(session, viewer, author, checkin),
        obstacle_owner=taken[1] if taken else None,
        obstacle_cleared_at=taken[0].removed_at if taken else None,
        may_respond=policy.may_respond_to_checkin(viewer, author, checkin),
        may_comment=policy.may_comment_on_checkin(viewer, author, checkin),
    )


async def written(session: AsyncSession, author: Person, week: date) -> Checkin | None:
    """The author's own check-in of that week."""
    own = select(Checkin).where(Checkin.person_id == author.id, Checkin.week == week)
    found: Checkin | None = await session.scalar(own)
    return found


async def access(session: AsyncSession, viewer: Person, checkin_id: int) -> tuple[Checkin, Person]:
    """Loads and authorises in one step: a check-in that the viewer may not read looks as if it did not exist."""
    found = (
        await session.execute(
            select(Checkin, Person)
            .join(Person, Person.id == Checkin.person_id)
            .where(Checkin.id == checkin_id)
        )
    ).one_or_none()
    if found is None:
        raise NotFound(UNAVAILABLE)
    checkin, author = found
    above = checkin.audience == Audience.LINE and await people.stands_above(session, viewer, author)
    if not policy.may_read_checkin(viewer, author, checkin, stands_above=above):
        raise NotFound(UNAVAILABLE)
    return checkin, author


async def _comments(
    session: AsyncSession, viewer: Person, author: Person, checkin: Checkin
) -> tuple[Remark, ...]:
    """The newest few comments that this reader may see, the oldest of them first."""
    rows = await session.execute(
        select(Person.name, CheckinComment.text, CheckinComment.written_at)
        .join(Person, Person.id == CheckinComment.author_id)
        .where(CheckinComment.checkin_id == checkin.id)
        .order_by(CheckinComment.id.desc())
        .limit(COMMENTS_SHOWN)
    )
    remarks = (Remark(*row) for row in reversed(rows.all()))
    return tuple(one for one in remarks if policy.may_read_remark(viewer, author, checkin, one.at))


async def _reactions(
    session: AsyncSession, viewer: Person, author: Person, checkin: Checkin
) -> tuple[str, ...]:
    rows = await session.execute(
        select(CheckinReaction.emoji, CheckinReaction.reacted_at)
        .where(CheckinReaction.checkin_id == checkin.id)
        .order_by(CheckinReaction.id)
        .limit(COMMENTS_SHOWN)
    )
    seen = (emoji for emoji, at in rows if policy.may_read_remark(viewer, author, checkin, at))
    return tuple(dict.fromkeys(seen))


async def _obstacle(session: AsyncSession, checkin: Checkin) -> tuple[TakenObstacle, str] | None:
    found = await session.execute(
        select(TakenObstacle, Person.name)
        .join(Person, Person.id == TakenObstacle.person_id)
        .where(TakenObstacle.checkin_id == checkin.id)
    )
    return found.one_or_none()


async def history(
    session: AsyncSession, me: Person, *, after: int | None = None, limit: int = PAGE
) -> HistoryPage:
    own = select(Checkin).where(Checkin.person_id == me.id)
    order = (Checkin.week, Checkin.id)
    page = await page_of(session, own, newest_first=order, after=after, size=limit)
    comments = await _comment_counts(session, [checkin for (checkin,) in page.items])
    return HistoryPage(
        entries=page.with_items(
            PastCheckin(checkin, comments.get(checkin.id, 0)) for (checkin,) in page.items
        ),
        to_hand_over=await _written_for_others(session, me),
        manager=await session.get(Person, me.manager_id) if me.manager_id else None,
    )


async def own_weeks(session: AsyncSession, me: Person, *, now: datetime) -> OwnWeeks:
    """Two statements; all open weeks are among the weeks read."""
    newest = select(Checkin).where(Checkin.person_id == me.id).order_by(Checkin.week.desc()).limit(RECENT)
    recent = tuple(await session.scalars(newest))
    open_weeks = clock.open_weeks(now, me.timezone) if policy.may_write_checkin(me) else ()
    written = {checkin.week: checkin for checkin in recent}
    unwritten = next((week for week in reversed(open_weeks) if week not in written), None)
    editable = written[open_weeks[0]] if open_weeks and unwritten is None else None
    comments = await _comment_counts(session, recent) if recent else {}
    past = tuple(PastCheckin(checkin, comments.get(checkin.id, 0)) for checkin in recent)
    return OwnWeeks(unwritten, editable, past)


async def _comment_counts(session: AsyncSession, checkins: Sequence[Checkin]) -> dict[int, int]:
    rows = await session.execute(
        select(CheckinComment.checkin_id, func.count())
        .where(CheckinComment.checkin_id.in_([checkin.id for checkin in checkins]))
        .group_by(CheckinComment.checkin_id)
    )
    return dict(rows.all())


async def _written_for_others(session: AsyncSession, me: Person) -> int:
    """Counts my check-ins that my present manager cannot read, because they were written for another."""
    if me.manager_id is None:
        return 0
    counted = await session.scalar(
        select(func.count())
        .select_from(Checkin)
        .where(Checkin.person_id == me.id, Checkin.manager_id.is_distinct_from(me.manager_id))
    )
    return counted or 0


async def hand_over(session: AsyncSession, me: Person, *, now: datetime) -> int:
    """Opens my earlier check-ins to my present manager, except for their locked answers. Returns how many."""
    if me.manager_id is None:
        raise NotFound("You have no manager in the directory. Ask your HR admin to set one.")
    earlier = await session.scalars(
        select(Checkin)
        .where(Checkin.person_id == me.id, Checkin.manager_id.is_distinct_from(me.manager_id))
        .limit(HANDED_OVER_AT_ONCE)
    )
    handed = earlier.all()
    for checkin in handed:
        checkin.manager_id, checkin.handed_over_at = me.manager_id, now
    await session.flush()
    return len(handed)
