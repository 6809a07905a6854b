"""The call and the part after it: what came of a notice is written down, whatever it was."""

import logging
from datetime import datetime, timedelta

from bot.context import Bot
from bot.courier.letters import Amendment, Letter, Question
from bot.courier.pace import Pace
from bot.models import Notice
from bot.services import notices
from bot.slack import (
    TIMEOUT_SECONDS,
    NotAuthorized,
    Posted,
    SlackBusy,
    SlackError,
    SlackRefused,
)

# Look for a message only when no request that carries it can be under way any more. Slack names no bound for how
# late its history shows a message; that this is long enough is our assumption.
SETTLE_AFTER = timedelta(seconds=2 * TIMEOUT_SECONDS)
LEASE = timedelta(seconds=6 * TIMEOUT_SECONDS)
CLOCK_DIFFERENCE = timedelta(hours=1)  # as far may Slack's clock be from ours before its history misleads us

AGAIN_AFTER = (timedelta(), *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)))
GIVE_UP_AFTER = timedelta(days=1)
UNTIL_REPAIRED = timedelta(minutes=1)

log = logging.getLogger(__name__)


class Delivery:
    """Sends letters and settles questions. No transaction is open while Slack is asked."""

    def __init__(self, bot: Bot, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace

    async def send(self, letter: Letter) -> None:
        notice = letter.notice
        if self._lease_nearly_over(notice):
            return await self._postpone(notice, timedelta(), "lease_over")
        self._pace.spent(self._bot.now())
        try:
            posted = await self._bot.slack.post(letter.to, letter.message, nonce=notice.nonce)
        except SlackError as error:
            return await self._not_confirmed(notice, error)
        self._pace.went_well()
        return await self._arrived(notice, posted, "sent")

    async def amend(self, amendment: Amendment) -> None:
        """Updating twice does no harm, so this needs neither lease nor settling."""
        carrier = amendment.said[0]
        self._pace.spent(self._bot.now())
        again_at, refused = None, False
        try:
            channel, ts = carrier.slack_channel or "", carrier.slack_ts or ""
            await self._bot.slack.update(channel, ts, amendment.message)
        except SlackError as error:
            again_at = self._amend_again(error)
            refused = again_at is None
        async with self._bot.work() as session:
            if refused:
                await notices.leave(session, amendment.said, due_at=amendment.otherwise_at)
            await notices.updated(session, amendment.said, seen=amendment.seen, again_at=again_at)
        tell(self._bot, carrier, "updated" if again_at is None else "postponed")

    def _amend_again(self, error: SlackError) -> datetime | None:
        """None where Slack refuses for good: the message was deleted, or may no longer be edited."""
        if isinstance(error, SlackBusy | NotAuthorized):
            return self._bot.now() + self._pause(error)
        return None if isinstance(error, SlackRefused) else self._bot.now() + SETTLE_AFTER

    async def settle(self, question: Question) -> None:
        """Never sent again unless Slack has shown that it did not arrive."""
        notice = question.notice
        self._pace.spent(self._bot.now())
        try:
            posted = await self._found(notice, question.to)
        except SlackError as error:
            return await self._not_settled(notice, error)
        if posted:
            return await self._arrived(notice, posted, "settled_by_history")
        if self._bot.now() - _tried_since(notice) > GIVE_UP_AFTER:
            return await self._fail(notice, "gave_up", "failed")
        wait = AGAIN_AFTER[min(notice.attempts, len(AGAIN_AFTER)) - 1]
        return await self._postpone(notice, wait, "not_in_history")

    async def _found(self, notice: Notice, to: str | None) -> Posted | None:
        if to is None:
            raise SlackRefused("not_in_slack")
        channel = notice.to_channel or await self._bot.slack.open_dm(to)
        since = _tried_since(notice) - CLOCK_DIFFERENCE
        return await self._bot.slack.find_posted(channel, notice.nonce, since=since)

    def _lease_nearly_over(self, notice: Notice) -> bool:
        """As after a suspended machine wakes: somebody else may be settling this notice by now."""
        return notice.lease_until is None or self._bot.now() > notice.lease_until - SETTLE_AFTER

    async def _not_confirmed(self, notice: Notice, error: SlackError) -> None:
        if isinstance(error, SlackBusy | NotAuthorized):
            await self._postpone(notice, self._pause(error), error.code)
        elif isinstance(error, SlackRefused):
            await self._fail(notice, error.code, "failed")
        else:
            await self._ask_later(notice, SETTLE_AFTER, error.code)

    async def _not_settled(self, notice: Notice, error: SlackError) -> None:
        may_not_read = isinstance(error, SlackRefused) and not isinstance(error, NotAuthorized)
        if may_not_read or error.code == "missing_scope":
            await self._fail(notice, "unsettled", "unsettled")
        elif isinstance(error, SlackBusy | NotAuthorized):
            await self._ask_later(notice, self._pause(error), error.code)
        else:
            await self._ask_later(notice, SETTLE_AFTER, error.code)

    def _pause(self, error: SlackBusy | NotAuthorized) -> timedelta:
        """Stops all sending for as long as Slack wants, or until somebody may have repaired our rights."""
        if isinstance(error, SlackBusy):
            wait = timedelta(seconds=error.retry_after)
        else:
            wait = UNTIL_REPAIRED
            log.error("slack.not_authorized", extra={"code": error.code})
        if error.outcome == "busy":
            self._pace.slow_down()
        self._pace.pause(self._bot.now(), wait)
        return wait

    async def _arrived(self, notice: Notice, posted: Posted, outcome: str) -> None:
        async with self._bot.work() as session:
            await notices.mark_sent(
                session, notice, channel=posted.channel, ts=posted.ts, now=self._bot.now()
            )
        tell(self._bot, notice, outcome)

    async def _postpone(self, notice: Notice, wait: timedelta, reason: str) -> None:
        async with self._bot.work() as session:
            await notices.put_back(session, notice, due_at=self._bot.now() + wait, reason=reason)
        tell(self._bot, notice, "postponed", reason)

    async def _ask_later(self, notice: Notice, wait: timedelta, reason: str) -> None:
        async with self._bot.work() as session:
            await notices.mark_unknown(session, notice, reason=reason, settle_at=self._bot.now() + wait)
        tell(self._bot, notice, "unknown", reason)

    async def _fail(self, notice: Notice, code: str, outcome: str) -> None:
        async with self._bot.work() as session:
            await notices.give_up(session, notice, code, now=self._bot.now())
        tell(self._bot, notice, outcome, code)


def tell(bot: Bot, notice: Notice, outcome: str, reason: str | None = None) -> None:
    """What became of a notice, for whoever watches the bot."""
    bot.metrics.notices.labels(outcome).inc()
    log.info(f"notice.{outcome}", extra={"notice": notice.id, "kind": notice.kind, "reason": reason})


def _tried_since(notice: Notice) -> datetime:
    return notice.tried_since or notice.due_at
