"""Giving thanks: the record, the post in the channel if there is one, and a private message to each receiver."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.errors import NotFound
from bot.models import Kudos, KudosEntry, KudosEvent, KudosReceiver, Person
from bot.models.kudos import CheckedThanks, Thanks
from bot.services import notifications, people
from bot.services.kudos.checking import checked
from bot.services.kudos.kinds import POSTED, RECEIVED, posted_key, received_key
from bot.services.kudos.taking_back import UNAVAILABLE
from bot.services.notifications import Plan


async def give(session: AsyncSession, me: Person, thanks: Thanks, *, now: datetime) -> int:
    """Returns its id. Two windows of one giver take turns, so that the second sees what the first said."""
    await session.execute(select(Person.id).where(Person.id == me.id).with_for_update())
    checked_thanks = await checked(session, me, thanks, now=now)
    kudos = Kudos(
        giver_id=me.id,
        text=checked_thanks.thanks.text,
        value_id=thanks.value_id,
        audience=checked_thanks.audience,
        channel=checked_thanks.channel,
        link=thanks.link,
        goal_id=thanks.goal_id,
        given_at=now,
    )
    session.add(kudos)
    await session.flush()
    session.add(KudosEntry(kudos_id=kudos.id, event=KudosEvent.GIVEN, by_id=me.id, at=now))
    named = {person.id for person in checked_thanks.named}
    await insert_rows(
        session,
        KudosReceiver,
        [
            {"kudos_id": kudos.id, "person_id": person.id, "in_public": person.id in named}
            for person in checked_thanks.receivers
        ],
    )
    await _tell(session, kudos, checked_thanks, now)
    return kudos.id


async def _tell(session: AsyncSession, kudos: Kudos, checked_thanks: CheckedThanks, now: datetime) -> None:
    subject = {"kudos": kudos.id}
    plans = [
        Plan(
            person_id=one.id,
            kind=RECEIVED,
            key=received_key(kudos.id, one.id),
            subject=subject,
            due_at=now,
        )
        for one in checked_thanks.receivers
    ]
    if kudos.channel:
        post = Plan(
            person_id=kudos.giver_id,
            to_channel=kudos.channel,
            kind=POSTED,
            key=posted_key(kudos.id),
            subject=subject,
            due_at=now,
            answers_at=now,
        )
        plans.insert(0, post)
    await notifications.plan_many(session, plans)


async def to_say_anew(session: AsyncSession, me: Person, kudos_id: int) -> Thanks:
    """The thanks this person gave before, without receivers who cannot be thanked any more."""
    kudos = await session.get(Kudos, kudos_id)
    if kudos is None or kudos.giver_id != me.id:
        raise NotFound(UNAVAILABLE)
    thanked = await session.scalars(
        select(Person.slack_user_id)
        .join(KudosReceiver, KudosReceiver.person_id == Person.id)
        .where(KudosReceiver.kudos_id == kudos.id, Person.slack_user_id.is_not(None), *people.ACTIVE)
        .order_by(KudosReceiver.id)
    )
    receivers = tuple(one for one in thanked if one)
    return Thanks(
        receivers, kudos.text, value_id=kudos.value_id, channel=kudos.channel, goal_id=kudos.goal_id
    )


async def usual_channel(session: AsyncSession, me: Person) -> str | None:
    """The channel in which this person last thanked somebody in public."""
    channel: str | None = await session.scalar(
        select(Kudos.channel)
        .where(Kudos.giver_id == me.id, Kudos.channel.is_not(None))
        .order_by(Kudos.given_at.desc())
        .limit(1)
    )
    return channel
