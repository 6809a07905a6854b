"""The check-in's rhythm in the timetable: who is asked in the next two days gets a row."""

from datetime import timedelta

from bot.context import Bot
from bot.services import nudges
from bot.timetable import Job


async def plan_nudges(bot: Bot) -> None:
    """A transaction per batch of people, so that nobody's check-in waits for a whole company."""
    async with bot.work() as session:
        turn = await nudges.begin(session, now=bot.now(), packs=bot.packs)
    if turn is None:
        return
    for batch in turn.batches:
        async with bot.work() as session:
            await nudges.plan_batch(session, turn, batch)
    async with bot.work() as session:
        await nudges.finish(session, turn)


JOBS = (Job("plan_nudges", timedelta(minutes=5), plan_nudges),)
