"""Messages are sent here, and the result of each is written to the ledger."""

import logging
from datetime import datetime, timedelta

from bot.context import Bot
from bot.courier.letters import Amendment, Letter, Unsettled
from bot.courier.pace import Pace
from bot.models import Notification
from bot.services import notifications
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
CLOCK_DIFFERENCE = timedelta(hours=1)  # a search allows for this much between Slack's clock and ours

AGAIN_AFTER = (timedelta(), *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)))
GIVE_UP_AFTER = timedelta(days=1)
UNTIL_REPAIRED = timedelta(minutes=1)

log = logging.getLogger(__name__)


class Delivery:
    """Sends letters and finds out about uncertain ones. No transaction is open while Slack is asked."""

    def __init__(self, bot: Bot, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace

    async def send(self, letter: Letter) -> None:
        notification = letter.notification
        if self._lease_nearly_over(notification):
            return await self._postpone(notification, timedelta(), "lease_over")
        self._pace.spent(self._bot.now())
        try:
            posted = await self._bot.slack.post(letter.to, letter.message, nonce=notification.nonce)
        except SlackError as error:
            return await self._not_confirmed(notification, error)
        self._pace.went_well()
        return await self._arrived(notification, posted, "sent")

    async def amend(self, amendment: Amendment) -> None:
        """Updating a message twice does no harm, so this needs no lease and no search in the history."""
        carrier = amendment.notifications[0]
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
                await notifications.plan_again_by_itself(
                    session, amendment.notifications, due_at=amendment.otherwise_at
                )
            await notifications.updated(
                session, amendment.notifications, seen=amendment.seen, again_at=again_at
            )
        tell(self._bot, carrier, "updated" if again_at is None else "postponed")

    def _amend_again(self, error: SlackError) -> datetime | None:
        """The result is None if Slack refuses for good: the message was deleted, or may no longer be edited."""
        if isinstance(error, SlackBusy | NotAuthorized):
            return self._bot.now() + self._pause(error)
        return None if isinstance(error, SlackRefused) else self._bot.now() + SETTLE_AFTER

    async def settle(self, question: Unsettled) -> None:
        """The message is sent again only if Slack's history shows that it did not arrive."""
        notification = question.notification
        self._pace.spent(self._bot.now())
        try:
            posted = await self._found(notification, question.to)
        except SlackError as error:
            return await self._not_settled(notification, error)
        if posted:
            return await self._arrived(notification, posted, "settled_by_history")
        if self._bot.now() - _tried_since(notification) > GIVE_UP_AFTER:
            return await self._fail(notification, "gave_up", "failed")
        wait = AGAIN_AFTER[min(notification.attempts, len(AGAIN_AFTER)) - 1]
        return await self._postpone(notification, wait, "not_in_history")

    async def _found(self, notification: Notification, to: str | None) -> Posted | None:
        if to is None:
            raise SlackRefused("not_in_slack")
        channel = notification.to_channel or await self._bot.slack.open_dm(to)
        since = _tried_since(notification) - CLOCK_DIFFERENCE
        return await self._bot.slack.find_posted(channel, notification.nonce, since=since)

    def _lease_nearly_over(self, notification: Notification) -> bool:
        """After a suspended machine wakes up, another process may already handle this notification."""
        return notification.lease_until is None or self._bot.now() > notification.lease_until - SETTLE_AFTER

    async def _not_confirmed(self, notification: Notification, error: SlackError) -> None:
        if isinstance(error, SlackBusy | NotAuthorized):
            await self._postpone(notification, self._pause(error), error.code)
        elif isinstance(error, SlackRefused):
            await self._fail(notification, error.code, "failed")
        else:
            await self._ask_later(notification, SETTLE_AFTER, error.code)

    async def _not_settled(self, notification: Notification, error: SlackError) -> None:
        may_not_read = isinstance(error, SlackRefused) and not isinstance(error, NotAuthorized)
        if may_not_read or error.code == "missing_scope":
            await self._fail(notification, "unsettled", "unsettled")
        elif isinstance(error, SlackBusy | NotAuthorized):
            await self._ask_later(notification, self._pause(error), error.code)
        else:
            await self._ask_later(notification, SETTLE_AFTER, error.code)

    def _pause(self, error: SlackBusy | NotAuthorized) -> timedelta:
        """All sending stops for as long as Slack asks, or until somebody may have repaired our permissions."""
        if isinstance(error, SlackBusy):
            wait = timedelta(seconds=error.retry_after)
        else:
            wait = UNTIL_REPAIRED
            log.error("slack.not_authorized", extra={"code": error.code})
        if error.outcome == "busy":
            self._pace.slow_down()
        self._pace.pause(self._bot.now(), wait)
        return wait

    async def _arrived(self, notification: Notification, posted: Posted, outcome: str) -> None:
        async with self._bot.work() as session:
            await notifications.mark_sent(
                session, notification, channel=posted.channel, ts=posted.ts, now=self._bot.now()
            )
        tell(self._bot, notification, outcome)

    async def _postpone(self, notification: Notification, wait: timedelta, reason: str) -> None:
        async with self._bot.work() as session:
            await notifications.put_back(session, notification, due_at=self._bot.now() + wait, reason=reason)
        tell(self._bot, notification, "postponed", reason)

    async def _ask_later(self, notification: Notification, wait: timedelta, reason: str) -> None:
        async with self._bot.work() as session:
            await notifications.mark_unknown(
                session, notification, reason=reason, settle_at=self._bot.now() + wait
            )
        tell(self._bot, notification, "unknown", reason)

    async def _fail(self, notification: Notification, code: str, outcome: str) -> None:
        async with self._bot.work() as session:
            await notifications.give_up(session, notification, code, now=self._bot.now())
        tell(self._bot, notification, outcome, code)


def tell(bot: Bot, notification: Notification, outcome: str, reason: str | None = None) -> None:
    """The result goes into the log and the metrics."""
    bot.metrics.notifications.labels(outcome).inc()
    log.info(
        f"notification.{outcome}",
        extra={"notification": notification.id, "kind": notification.kind, "reason": reason},
    )


def _tried_since(notification: Notification) -> datetime:
    return notification.tried_since or notification.due_at
