"""The monthly look back in a channel HR chose: how many took part, and a few thanks drawn by lot. No ranking."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.models import Kudos, KudosAudience, KudosDigest, Person
from bot.models.kudos import GivenKudos, MonthOfKudos
from bot.services import notifications, people
from bot.services.groups import THRESHOLD
from bot.services.kudos.figures import pairs_between
from bot.services.kudos.kinds import DIGEST, digest_key
from bot.services.kudos.reading import as_posted
from bot.services.kudos.taking_back import TAKEN_BACK

ONLY_HR = "Only HR admins choose where the month's look back is posted. Ask one of them."
DRAWN = 3
LOOKED_AT = 500
STILL_NEWS = timedelta(days=5)


async def digest_channel(session: AsyncSession, actor: Person) -> str | None:
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    return await recognition_channel(session)


async def recognition_channel(session: AsyncSession) -> str | None:
    """The channel of the look back is also offered to a giver in whose channel the bot may not post."""
    channel: str | None = await session.scalar(select(KudosDigest.channel))
    return channel


async def choose_digest_channel(
    session: AsyncSession, actor: Person, *, channel: str | None, now: datetime
) -> None:
    """The choice counts from the next month on. Without a channel the look back stops."""
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    chosen = await session.scalar(select(KudosDigest).with_for_update())
    if chosen is None:
        chosen = KudosDigest()
        session.add(chosen)
    chosen.channel, chosen.chosen_by_id, chosen.chosen_at = channel, actor.id, now
    await session.flush()


async def plan_digest(session: AsyncSession, *, now: datetime) -> bool:
    """The look back comes on the first working day of the month, at nine in its chooser's time zone. It is
    dropped if it is days late.
    """
    chosen = await session.scalar(select(KudosDigest).where(KudosDigest.channel.is_not(None)))
    if chosen is None:
        return False
    owner = await people.by_id(session, chosen.chosen_by_id)
    first = clock.local(now, owner.timezone).date().replace(day=1)
    day = clock.next_working_day(first - timedelta(days=1), owner.country)
    due = clock.due_at(day, clock.MORNING, owner.timezone)
    if chosen.chosen_at >= due or not due <= now < due + STILL_NEWS:
        return False
    return await notifications.plan(
        session,
        person_id=owner.id,
        to_channel=chosen.channel,
        kind=DIGEST,
        key=digest_key(first),
        subject={"month": f"{first - timedelta(days=1):%Y-%m}"},
        due_at=due,
        expires_at=due + STILL_NEWS,
    )


async def month_of_kudos(session: AsyncSession, month: str) -> MonthOfKudos:
    """`month` is written "2026-10". Only kudos that still stand in public channels count."""
    first = date.fromisoformat(f"{month}-01")
    since = datetime.combine(first, time(), UTC)
    until = datetime.combine((first + timedelta(days=31)).replace(day=1), time(), UTC)
    pairs = await pairs_between(session, since=since, until=until)
    givers, thanked = {one.giver for one in pairs}, {one.receiver for one in pairs}
    enough = len(givers) >= THRESHOLD and len(thanked) >= THRESHOLD
    rows = await session.scalars(
        select(Kudos)
        .where(
            Kudos.given_at >= since,
            Kudos.given_at < until,
            Kudos.audience == KudosAudience.COMPANY,
            ~TAKEN_BACK,
        )
        .order_by(Kudos.given_at.desc())
        .limit(LOOKED_AT)
    )
    drawn = await as_posted(session, sorted(rows, key=_lot)[: DRAWN * 3])
    return MonthOfKudos(
        first,
        givers=len(givers) if enough else None,
        thanked=len(thanked) if enough else None,
        drawn=_each_about_others(drawn),
    )


def _lot(kudos: Kudos) -> str:
    """The draw is the same however often it is made, and nobody can influence it."""
    return hashlib.blake2s(f"{kudos.id}:{kudos.given_at:%Y-%m}".encode(), digest_size=8).hexdigest()


def _each_about_others(drawn: Sequence[GivenKudos]) -> list[GivenKudos]:
    seen: set[int] = set()
    chosen: list[GivenKudos] = []
    for one in drawn:
        involved = {one.giver.id, *(person.id for person in one.named)}
        if one.named and not involved & seen:
            seen |= involved
            chosen.append(one)
    return chosen[:DRAWN]
