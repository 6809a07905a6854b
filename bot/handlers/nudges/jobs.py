"""The timetable plans check-in nudges two days ahead; each becomes a row in the ledger."""

from datetime import timedelta

from bot.context import Bot
from bot.services import nudges
from bot.timetable import Job


async def plan_nudges(bot: Bot) -> None:
    """Each batch of people has its own transaction, so that check-ins do not wait for a whole company to be planned."""
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
