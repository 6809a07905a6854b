"""Slack tells who has Do Not Disturb on. Many people are asked for at once, and the answer is cached; a failure delays
nothing.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.context import Bot
from bot.services import notifications
from bot.slack import MOST_PEOPLE, SlackError

REMEMBERED = timedelta(minutes=5)

log = logging.getLogger(__name__)


class Undisturbed:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._asked_at: dict[int, datetime] = {}
        self._until: dict[int, datetime] = {}

    async def of_those_due(self) -> Mapping[int, datetime]:
        """Maps a person's id to the end of their Do Not Disturb. If Slack never answered, the person is missing."""
        now = self._bot.now()
        async with self._bot.read() as session:
            due = await notifications.recipients_due(session, now=now, limit=MOST_PEOPLE)
        if due and not self._knows(next(iter(due)), now):  # else each person added at the end costs a call
            await self._ask({slack_id: person_id for person_id, slack_id in due.items()}, now)
        return self._until

    def _knows(self, person_id: int, now: datetime) -> bool:
        asked_at = self._asked_at.get(person_id)
        return asked_at is not None and asked_at <= now < asked_at + REMEMBERED

    async def _ask(self, people: Mapping[str, int], now: datetime) -> None:
        try:
            until = await self._bot.slack.undisturbed(list(people), now=now)
        except SlackError as error:
            log.info("courier.undisturbed_unknown", extra={"code": error.code})
            until = {}
        for slack_id, person_id in people.items():
            self._asked_at[person_id] = now
            self._until.pop(person_id, None)
            if slack_id in until:
                self._until[person_id] = until[slack_id]
