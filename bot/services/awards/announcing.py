"""Announcing an approved award: drafted, previewed, confirmed for now or later, withdrawn before it goes out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Invalid, NotFound
from bot.models import AwardAnnouncement, Nomination, Person, Verdict
from bot.services import kudos, notifications, people, typed
from bot.services.awards.access import to_handle
from bot.services.awards.deciding import decision_on
from bot.services.awards.kinds import LEAD, POSTED, RECEIVED, posted_key, received_key
from bot.spelling import command

MOST_CHANNELS = 10
TEXT_LIMIT = 2000
LONGEST_AHEAD = timedelta(days=90)
GONE = f"That announcement is no longer waiting. Send {command('kudos awards')} to see what is."
NOT_APPROVED = "Only an award that was approved can be announced."
IS_STANDING: ColumnElement[bool] = and_(
    AwardAnnouncement.confirmed_at.is_not(None), AwardAnnouncement.withdrawn_at.is_(None)
)


async def draft_announcement(
    session: AsyncSession,
    actor: Person,
    nomination_id: int,
    *,
    text: str,
    channels: Sequence[str],
    due_at: datetime | None,
    now: datetime,
) -> int:
    """A draft is kept until it is confirmed, and replaces the same person's earlier draft. Without channels,
    only the receiver and the list of awards show it.
    """
    nomination = await to_handle(session, actor, nomination_id)
    await _require_possible(session, nomination, channels)
    text = _words(text)
    _require_moment(due_at, now)
    await session.execute(
        delete(AwardAnnouncement).where(
            AwardAnnouncement.nomination_id == nomination.id,
            AwardAnnouncement.by_id == actor.id,
            AwardAnnouncement.confirmed_at.is_(None),
        )
    )
    announcement = AwardAnnouncement(
        nomination_id=nomination.id,
        by_id=actor.id,
        text=text,
        channels=list(dict.fromkeys(channels)),
        due_at=due_at,
        drafted_at=now,
    )
    session.add(announcement)
    await session.flush()
    return announcement.id


async def so_far(session: AsyncSession, actor: Person, nomination_id: int) -> tuple[str, tuple[str, ...]]:
    """Text and channels as this person last left them; at first the nominator's words."""
    nomination = await to_handle(session, actor, nomination_id)
    await require_announceable(session, nomination)
    begun = await session.scalar(
        select(AwardAnnouncement)
        .where(AwardAnnouncement.nomination_id == nomination.id, AwardAnnouncement.by_id == actor.id)
        .order_by(AwardAnnouncement.drafted_at.desc(), AwardAnnouncement.id.desc())
        .limit(1)
    )
    if begun is not None:
        return begun.text, tuple(begun.channels)
    return f"{nomination.act}\n\n{nomination.effect}"[:TEXT_LIMIT], ()


async def draft_of(session: AsyncSession, actor: Person, announcement_id: int) -> AwardAnnouncement:
    """A person's own draft, whatever became of it since."""
    announcement = await session.get(AwardAnnouncement, announcement_id)
    if announcement is None or announcement.by_id != actor.id:
        raise NotFound(GONE)
    return announcement


async def confirm(
    session: AsyncSession, actor: Person, announcement_id: int, *, now: datetime
) -> AwardAnnouncement:
    """The receiver hears of the award first, then each channel once. An hour that has passed means now.

    If two people announce the same award at once, they take turns, and the second learns that it is done.
    """
    announcement = await draft_of(session, actor, announcement_id)
    if announcement.confirmed_at is not None:
        raise AlreadyDone("That announcement is on its way already.")
    nomination = await to_handle(session, actor, announcement.nomination_id)
    await session.execute(select(Nomination.id).where(Nomination.id == nomination.id).with_for_update())
    await _require_possible(session, nomination, announcement.channels)
    announcement.confirmed_at = now
    announcement.due_at = max(now, announcement.due_at or now)
    await session.flush()
    await notifications.plan_many(session, _plans(nomination, announcement, announcement.due_at))
    return announcement


def _plans(
    nomination: Nomination, announcement: AwardAnnouncement, due_at: datetime
) -> list[notifications.Plan]:
    subject = {"announcement": announcement.id}
    receiver = notifications.Plan(
        person_id=nomination.nominee_id,
        kind=RECEIVED,
        key=received_key(announcement.id),
        subject=subject,
        due_at=due_at,
    )
    posts = [
        notifications.Plan(
            person_id=announcement.by_id,
            to_channel=channel,
            kind=POSTED,
            key=posted_key(announcement.id, channel),
            subject=subject,
            due_at=due_at + LEAD,
            answers_at=announcement.confirmed_at,
        )
        for channel in announcement.channels
    ]
    return [receiver, *posts]


async def withdraw(session: AsyncSession, actor: Person, nomination_id: int, *, now: datetime) -> None:
    """An announcement can be withdrawn until its receiver has heard of it. The award stays approved, and can be
    announced anew.
    """
    nomination = await to_handle(session, actor, nomination_id)
    announcement = await standing_for(session, nomination)
    if announcement is None:
        raise AlreadyDone("Nothing is waiting to be announced there.")
    if not await notifications.cancel(session, received_key(announcement.id), reason="withdrawn"):
        raise AlreadyDone("It is going out already, so it can no longer be withdrawn.")
    posts = [posted_key(announcement.id, channel) for channel in announcement.channels]
    await notifications.cancel(session, *posts, reason="withdrawn")
    announcement.withdrawn_at, announcement.withdrawn_by_id = now, actor.id
    await session.flush()


async def standing_for(session: AsyncSession, nomination: Nomination) -> AwardAnnouncement | None:
    found: AwardAnnouncement | None = await session.scalar(
        select(AwardAnnouncement).where(AwardAnnouncement.nomination_id == nomination.id, IS_STANDING)
    )
    return found


async def require_announceable(session: AsyncSession, nomination: Nomination) -> None:
    decision = await decision_on(session, nomination)
    if decision is None or decision.verdict != Verdict.APPROVED:
        raise NotFound(NOT_APPROVED)
    standing = await standing_for(session, nomination)
    if standing is not None:
        by = await people.by_id(session, standing.by_id)
        raise AlreadyDone(f"{by.name} has announced this award already; nothing changed.")


async def _require_possible(session: AsyncSession, nomination: Nomination, channels: Sequence[str]) -> None:
    await require_announceable(session, nomination)
    receiver = await people.by_id(session, nomination.nominee_id)
    if not receiver.is_active:
        raise Invalid(
            f"{receiver.name} is no longer with the company, so there is nobody to tell first.", field="text"
        )
    if len(set(channels)) > MOST_CHANNELS:
        raise Invalid(
            f"An award is announced in {MOST_CHANNELS} channels at most, and you chose {len(set(channels))}. "
            "Take some off the list.",
            field="where",
        )
    if channels and await kudos.prefers_private(session, receiver):
        raise Invalid(
            f"{receiver.name} asked to be thanked in private. Leave the channels empty, and I tell only them.",
            field="where",
        )


def _words(text: str) -> str:
    return typed.required(
        text,
        field="text",
        most=TEXT_LIMIT,
        ask="Say what the award is for.",
        what="An announcement",
        count="; this one has",
    )


def _require_moment(due_at: datetime | None, now: datetime) -> None:
    if due_at is None:
        return
    if due_at <= now:
        raise Invalid("That moment has passed. Choose a later one, or leave the day empty.", field="day")
    if due_at > now + LONGEST_AHEAD:
        raise Invalid(f"Choose a day within {LONGEST_AHEAD.days} days.", field="day")
