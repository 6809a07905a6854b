"""Reading nominations and awards: a single one, HR's lists, a person's own, and the awards everybody may see."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import policy
from bot.errors import NotFound
from bot.models import AwardAnnouncement, AwardDecision, AwardType, Nomination, Person, Verdict
from bot.models.awards import Announcing, AwardsOverview, Decision, GivenAward, SeenNomination, Standing
from bot.services import kudos, people
from bot.services.awards.access import UNAVAILABLE, access
from bot.services.awards.announcing import IS_STANDING, draft_of
from bot.services.awards.nominating import DECIDED
from bot.services.notifications.pace import FAST, SLOW

WAITING_SHOWN, APPROVED_SHOWN, DECIDED_SHOWN, OWN_SHOWN, GIVEN_SHOWN = 8, 6, 5, 5, 8


async def overview(session: AsyncSession, me: Person, *, now: datetime) -> AwardsOverview:
    is_hr = await people.is_hr(session, me)
    theirs = _handled_by(me)
    announced = select(AwardAnnouncement.nomination_id).where(IS_STANDING)
    still_here = Nomination.nominee_id.in_(select(Person.id).where(*people.ACTIVE))
    to_announce = and_(AwardDecision.verdict == Verdict.APPROVED, Nomination.id.not_in(announced), still_here)
    done = and_(AwardDecision.id.is_not(None), not_(to_announce))

    async def for_hr(which: ColumnElement[bool], *order: Any, most: int) -> Sequence[SeenNomination]:
        rows = _nominations().where(theirs, which).order_by(*order).limit(most)
        return await _seen(session, rows, me, is_hr=True, now=now) if is_hr else ()

    waiting = await for_hr(_waits_for(me), Nomination.nominated_at, most=WAITING_SHOWN)
    number = await waiting_for(session, me) if is_hr else 0
    own = _nominations().where(Nomination.nominator_id == me.id).order_by(Nomination.nominated_at.desc())
    return AwardsOverview(
        is_hr=is_hr,
        waiting=waiting,
        more_waiting=max(0, number - len(waiting)),
        approved=await for_hr(to_announce, AwardDecision.at, most=APPROVED_SHOWN),
        decided=await for_hr(done, _unfinished_first(now), AwardDecision.at.desc(), most=DECIDED_SHOWN),
        mine=await _seen(session, own.limit(OWN_SHOWN), me, is_hr=False, now=now),
        given=await _given_awards(session, me, now=now),
    )


def _unfinished_first(now: datetime) -> ColumnElement[int]:
    """Nominations that can still be withdrawn or are to be paid are not pushed off the page by later
    decisions.
    """
    to_pay = and_(
        AwardAnnouncement.id.is_not(None),
        AwardDecision.budget_code.is_not(None),
        AwardDecision.paid_at.is_(None),
    )
    return case((or_(AwardAnnouncement.due_at > now, to_pay), 0), else_=1)


async def waiting_for(session: AsyncSession, hr: Person) -> int:
    """The number of nominations that an HR admin may decide on."""
    waiting = select(func.count(Nomination.id)).where(_waits_for(hr))
    return await session.scalar(waiting) or 0


def _waits_for(hr: Person) -> ColumnElement[bool]:
    """`policy.may_decide_nomination` as a condition for queries about undecided nominations."""
    return and_(_handled_by(hr), Nomination.nominator_id != hr.id, ~DECIDED)


def _handled_by(hr: Person) -> ColumnElement[bool]:
    """`policy.may_handle_nomination` as a condition for queries."""
    return Nomination.nominee_id.not_in([hr.id, *([hr.manager_id] if hr.manager_id else [])])


async def nomination(
    session: AsyncSession, viewer: Person, nomination_id: int, *, now: datetime
) -> SeenNomination:
    found, is_hr = await access(session, viewer, nomination_id)
    is_hr = policy.may_handle_nomination(viewer, found, is_hr=is_hr)
    rows = _nominations().where(Nomination.id == nomination_id)
    (seen,) = await _seen(session, rows, viewer, is_hr=is_hr, now=now)
    return seen


def _nominations() -> Select[*tuple[Any, ...]]:
    nominee, nominator, decider = aliased(Person), aliased(Person), aliased(Person)
    standing = and_(AwardAnnouncement.nomination_id == Nomination.id, IS_STANDING)
    return (
        select(Nomination, AwardType.name, nominee, nominator, AwardDecision, decider, AwardAnnouncement)
        .join(AwardType, AwardType.id == Nomination.type_id)
        .join(nominee, nominee.id == Nomination.nominee_id)
        .join(nominator, nominator.id == Nomination.nominator_id)
        .outerjoin(AwardDecision, AwardDecision.nomination_id == Nomination.id)
        .outerjoin(decider, decider.id == AwardDecision.by_id)
        .outerjoin(AwardAnnouncement, standing)
    )


async def _seen(
    session: AsyncSession,
    nominations: Select[*tuple[Any, ...]],
    viewer: Person,
    *,
    is_hr: bool,
    now: datetime,
) -> list[SeenNomination]:
    """The nominations as this viewer may see them, in two queries whatever their number."""
    rows = (await session.execute(nominations)).all()
    values = await kudos.value_names(session, {row[0].value_id for row in rows if row[0].value_id})
    return [_one(row, values, viewer=viewer, is_hr=is_hr, now=now) for row in rows]


def _one(
    row: Sequence[Any], values: Mapping[int, str], *, viewer: Person, is_hr: bool, now: datetime
) -> SeenNomination:
    nomination, award, nominee, nominator, decision, decider, announcement = row
    standing = _standing(decision, announcement, nominee, now)
    may_decide = policy.may_decide_nomination(viewer, nomination, is_hr=is_hr)
    return SeenNomination(
        nomination_id=nomination.id,
        award=award,
        nominee=nominee,
        nominator=nominator,
        act=nomination.act,
        effect=nomination.effect,
        value=values.get(nomination.value_id),
        evidence=nomination.evidence,
        conflict=nomination.conflict if is_hr else None,
        nominated_at=nomination.nominated_at,
        standing=standing,
        decision=_decision(decision, decider, is_hr=is_hr) if decision and decider else None,
        announced_at=announcement.due_at if announcement else None,
        as_hr=is_hr,
        may_decide=may_decide and standing == Standing.WAITING,
    )


def _standing(
    decision: AwardDecision | None, announcement: AwardAnnouncement | None, nominee: Person, now: datetime
) -> Standing:
    if decision is None:
        return Standing.WAITING
    if decision.verdict == Verdict.DECLINED:
        return Standing.DECLINED
    due_at, left_at = announcement.due_at if announcement else None, nominee.deactivated_at
    if due_at and due_at <= now and not (left_at and left_at <= due_at):
        return Standing.ANNOUNCED
    if not nominee.is_active:
        return Standing.LEFT
    return Standing.SCHEDULED if due_at else Standing.APPROVED


def _decision(decision: AwardDecision, by: Person, *, is_hr: bool) -> Decision:
    return Decision(
        verdict=Verdict(decision.verdict),
        by=by,
        at=decision.at,
        reason=decision.reason,
        budget_code=decision.budget_code if is_hr else None,
        paid_at=decision.paid_at if is_hr else None,
    )


# Awards, as all may see them


def _announcements() -> Select[*tuple[Any, ...]]:
    return (
        select(AwardAnnouncement, AwardType.name, Person, Nomination.value_id)
        .join(Nomination, Nomination.id == AwardAnnouncement.nomination_id)
        .join(AwardType, AwardType.id == Nomination.type_id)
        .join(Person, Person.id == Nomination.nominee_id)
    )


async def _given_awards(session: AsyncSession, me: Person, *, now: datetime) -> Sequence[GivenAward]:
    """The newest awards. One that is not for everybody is left out, so the list may be shorter."""
    heard_of_it = or_(Person.deactivated_at.is_(None), Person.deactivated_at > AwardAnnouncement.due_at)
    newest = _announcements().where(IS_STANDING, AwardAnnouncement.due_at <= now, heard_of_it)
    given = await _given(session, newest.order_by(AwardAnnouncement.due_at.desc()).limit(GIVEN_SHOWN))
    private = await kudos.in_private(session, (award.receiver.id for award in given))
    return [
        award
        for award in given
        if policy.may_read_award(me, award.receiver, in_private=award.receiver.id in private)
    ]


async def _given(session: AsyncSession, announcements: Select[*tuple[Any, ...]]) -> list[GivenAward]:
    rows = (await session.execute(announcements)).all()
    values = await kudos.value_names(session, {value_id for *_, value_id in rows if value_id})
    return [
        GivenAward(
            award=award,
            receiver=receiver,
            value=values.get(value_id),
            text=announcement.text,
            channels=tuple(announcement.channels),
            announced_at=announcement.due_at or announcement.drafted_at,
        )
        for announcement, award, receiver, value_id in rows
    ]


async def received(session: AsyncSession, receiver: Person, announcement_id: int) -> GivenAward:
    """The award as its receiver reads it. No channel is named if they chose private thanks after it was
    confirmed.
    """
    award = await _announced(session, announcement_id)
    if award.receiver.id != receiver.id:
        raise NotFound(UNAVAILABLE)
    return replace(award, channels=()) if await kudos.prefers_private(session, receiver) else award


async def posted(session: AsyncSession, announcement_id: int) -> GivenAward:
    """The award as a channel reads it; None if its receiver has left meanwhile, or wants to be thanked in
    private.
    """
    award = await _announced(session, announcement_id)
    if not award.receiver.is_active or await kudos.prefers_private(session, award.receiver):
        raise NotFound(UNAVAILABLE)
    return award


async def _announced(session: AsyncSession, announcement_id: int) -> GivenAward:
    found = await _given(
        session, _announcements().where(AwardAnnouncement.id == announcement_id, IS_STANDING)
    )
    if not found:
        raise NotFound(UNAVAILABLE)
    return found[0]


async def preview(session: AsyncSession, actor: Person, announcement_id: int) -> Announcing:
    """A person's own draft, as its channels would see it."""
    draft = await draft_of(session, actor, announcement_id)
    await access(session, actor, draft.nomination_id)
    (award,) = await _given(session, _announcements().where(AwardAnnouncement.id == draft.id))
    messages = 1 + len(draft.channels)
    return Announcing(
        announcement_id=draft.id,
        nomination_id=draft.nomination_id,
        award=award,
        due_at=draft.due_at,
        fastest=timedelta(seconds=messages / FAST),
        slowest=timedelta(seconds=messages / SLOW),
    )
