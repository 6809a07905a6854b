"""What people of the sample company do, done through the bot's own services, so that it could really have been."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.context import Bot
from bot.errors import BotError
from bot.models import Answer, Load, Notification, Person
from bot.services import checkins, notifications, people
from playground.hosting import goals, kudos
from playground.hosting.journey import Journey
from playground.past import CheckedIn, Happening, Remarked
from playground.past_goals import GoalAgreed, GoalMoved, GoalSet
from playground.past_kudos import Thanked


async def remember(bot: Bot, past: Sequence[Happening]) -> None:
    """All at once. What the bot would have said to people about it is taken as said; what it posts in channels is still
    to be posted.
    """
    async with bot.work() as session:
        for one in past:
            await happen(bot, session, one)
        owed = (
            await session.scalars(select(Notification.key).where(Notification.to_channel.is_(None)))
        ).all()
        await notifications.cancel(session, *owed, reason="before_the_demo")


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
    if isinstance(one, CheckedIn):
        await _check_in(bot, session, who, one)
    elif isinstance(one, GoalSet | GoalAgreed | GoalMoved):
        await goals.happen(session, who, one)
    elif isinstance(one, Thanked):
        await kudos.happen(session, who, one)
    else:
        author = await people.by_slack_id(session, one.about)
        await _remark(session, who, author, one)


async def _check_in(bot: Bot, session: AsyncSession, who: Person, one: CheckedIn) -> None:
    draft = await checkins.prefill(session, who, packs=bot.packs, now=one.at)
    if draft.written:
        return
    answers = tuple(
        Answer(key=question.key, question=question.label, text=one.answers[question.key])
        for question in draft.questions
        if question.key in one.answers
    )
    load = Load(one.load) if one.load else None
    await checkins.submit(
        session, who, week=draft.week, answers=answers, energy=one.energy, load=load, now=one.at
    )


async def _remark(session: AsyncSession, who: Person, author: Person, one: Remarked) -> None:
    """On the newest check-in of that author."""
    page = await checkins.history(session, author, limit=1)
    if not page.entries.items:
        return
    checkin_id = page.entries.items[0].checkin.id
    if one.comment:
        await checkins.comment(session, who, checkin_id, text=one.comment, now=one.at)
    if one.reaction:
        await checkins.react(session, who, checkin_id, emoji=one.reaction, now=one.at)
    if one.obstacle == "taken":
        await checkins.take_obstacle_on(session, who, checkin_id, now=one.at)
    if one.obstacle == "cleared":
        await checkins.clear_obstacle(session, who, checkin_id, now=one.at)
