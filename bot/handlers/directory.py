"""Slack tells who works here: an event for each changed account, and all accounts in the nightly sync.

Events alone are not enough: Slack drops what it cannot deliver for two hours.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.context import Bot
from bot.handlers.routing import Call, Reply, Routes
from bot.services import directory, inbox
from bot.services.directory import PassOn
from bot.timetable import Job

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Slack's accounts are written into the directory. `pass_on` are the capabilities' parts of joining two rows."""

    pass_on: Sequence[PassOn]

    def routes(self) -> Routes:
        return Routes(events={"team_join": self.on_account, "user_change": self.on_account})

    def jobs(self) -> Sequence[Job]:
        return (Job("sync_directory", timedelta(minutes=5), self.sync_if_due),)

    async def on_account(self, bot: Bot, call: Call) -> Reply:
        """Slack sends this when somebody joins, leaves, comes back or changes name, address, status, time zone or
        role.
        """
        async with bot.work() as session:
            await inbox.accept(session, call.key, now=bot.now())
            signs = await directory.away_signs(session)
            members = directory.members_from_slack([call.event.get("user")], signs)
            await directory.apply(session, members, pass_on=self.pass_on, now=bot.now(), complete=False)
        return None

    async def sync(self, bot: Bot) -> directory.Mirrored:
        """All accounts are read, with a short transaction per page and none while Slack is asked; then missing people
        are marked.

        If it is interrupted, the pages read so far are kept. People count as gone only after the last page.
        """
        async with bot.read() as session:
            before = await directory.open_listing(session)
            signs = await directory.away_signs(session)
        total = directory.Mirrored()
        seen: set[str] = set()
        async for page in bot.slack.members():
            members = directory.members_from_slack(page, signs)
            seen |= {member.slack_user_id for member in members}
            async with bot.work() as session:
                total += await directory.apply(
                    session, members, pass_on=self.pass_on, now=bot.now(), complete=False
                )
        async with bot.work() as session:
            closed = await directory.close_listing(session, before=before, seen=seen, now=bot.now())
        total += directory.Mirrored(departed=closed.departed, doubted=closed.doubted)
        _report(total)
        return total

    async def sync_if_due(self, bot: Bot) -> None:
        """The sync runs once a night. The timetable checks more often, so that a restart misses none."""
        async with bot.read() as session:
            due = await directory.listing_is_due(session, now=bot.now())
        if due and not bot.removed.is_set():
            await self.sync(bot)


def _report(total: directory.Mirrored) -> None:
    counts = {"new": total.new, "changed": total.changed, "unchanged": total.unchanged}
    log.info("people.synced", extra=counts | {"departed": total.departed})
    if total.doubted:
        log.warning("people.listing_doubted", extra={"missing": total.doubted})
