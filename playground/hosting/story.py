"""What people of the sample company do, done through the bot's own services, so that it could really have been."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.context import Bot
from bot.errors import BotError
from bot.models import Notification
from bot.services import notifications, people
from bot.services.nudges.kinds import WELCOME, key
from playground.hosting import awards, checkins, goals, kudos, settings
from playground.hosting.journey import Journey
from playground.hosting.scene import Scene
from playground.past import Happening

PASTS: tuple[tuple[tuple[type, ...], Callable[[Scene, Any], Awaitable[None]]], ...] = (
    (checkins.HAPPENINGS, checkins.happen),
    (goals.HAPPENINGS, goals.happen),
    (kudos.HAPPENINGS, kudos.happen),
    (awards.HAPPENINGS, awards.happen),
    (settings.HAPPENINGS, settings.happen),
)
"""The simulated past: a row for each capability that has one, what can have happened and who plays it."""


async def remember(bot: Bot, past: Sequence[Happening]) -> None:
    """All at once. What the bot would have said to people about it is taken as said, its welcome too; what it posts in
    channels is still to be posted.
    """
    async with bot.work() as session:
        for one in past:
            await happen(bot, session, one)
        await _welcome(session, past)
        owed = (
            await session.scalars(select(Notification.key).where(Notification.to_channel.is_(None)))
        ).all()
        await notifications.cancel(session, *owed, reason="before_the_demo")


async def _welcome(session: AsyncSession, past: Sequence[Happening]) -> None:
    """Whoever has a past with the bot must not be greeted by it as a stranger."""
    firsts = {one.who: one.at for one in reversed(past)}
    found = [(await people.by_slack_id(session, who), at) for who, at in firsts.items()]
    await notifications.plan_many(
        session,
        [
            notifications.Plan(
                person_id=one.id, kind=WELCOME, key=key(WELCOME, one.id), subject={}, due_at=at
            )
            for one, at in found
        ],
    )


async def live(bot: Bot, journey: Journey, happenings: Sequence[Happening]) -> None:
    """One after the other, each at its time. What is not possible any more is left out: somebody who plays along
    may have done it themselves, or changed what it rests on.
    """
    for one in happenings:
        await journey.to(one.at.timestamp())
        try:
            async with bot.work() as session:
                await happen(bot, session, one)
        except BotError:
            continue


async def happen(bot: Bot, session: AsyncSession, one: Happening) -> None:
    who = await people.by_slack_id(session, one.who)
    play = next(play for types, play in PASTS if isinstance(one, types))
    await play(Scene(session, bot.packs, who), one)
