"""These jobs belong to the platform and run whatever capabilities there are."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from bot.context import Bot
from bot.services import inbox, notifications
from bot.services.notifications import Kind
from bot.timetable import Job, in_one_transaction


async def wake_courier(bot: Bot) -> None:
    bot.something_due.set()


async def count_ledger(bot: Bot, kinds: Mapping[str, Kind]) -> None:
    """Labels come from fixed sets of ours: Slack has hundreds of error codes, which count as one reason."""
    async with bot.read() as session:
        counts = await notifications.counts(session)
        overdue = await notifications.overdue(session, now=bot.now())
    numbers: Counter[tuple[str, str, str]] = Counter()
    for one in counts:
        reason = notifications.shown(one.state, one.reason) or ""
        kind = kinds.get(one.kind)
        known = not reason or notifications.is_ours(reason, kind)
        numbers[kind.name if kind else "other", one.state, reason if known else "slack"] += one.number
    bot.metrics.count_ledger(numbers, overdue.total_seconds())


async def end_moments(bot: Bot, kinds: Mapping[str, Kind]) -> None:
    """Finds messages whose moment is over, however that came about, page by page. Only what is found is written."""
    after: int | None = 0
    while after is not None:
        async with bot.read() as session:
            ended, after = await notifications.just_ended(session, kinds, after=after, now=bot.now())
        if ended:
            async with bot.work() as session:
                await notifications.end(session, ended, now=bot.now())
            bot.something_due.set()


def jobs(kinds: Mapping[str, Kind]) -> tuple[Job, ...]:
    """`kinds` holds all kinds of notifications, which the ledger is counted by."""
    return (
        Job("wake_courier", timedelta(seconds=30), wake_courier),
        Job("count_ledger", timedelta(minutes=1), lambda bot: count_ledger(bot, kinds)),
        Job("end_moments", timedelta(minutes=1), lambda bot: end_moments(bot, kinds)),
        Job("tidy_inbox", timedelta(hours=1), in_one_transaction(inbox.tidy)),
    )
