"""A button of a message whose moment is over answers with the sentence that stands below that message."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.context import Bot
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.routing import Call
from bot.services import notifications
from bot.services.notifications import Kind
from bot.views import notifications as views

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Moments:
    """Looks at presses in messages that the courier sent; every other call passes."""

    kinds: Mapping[str, Kind]

    async def sentence(self, bot: Bot, call: Call) -> str | None:
        """What became of the message whose button was pressed; None if the press still counts."""
        notification_id = views.signed_by(call.block_id)
        if notification_id is None:
            return None
        async with reading(bot, call) as (session, me):
            ended = await notifications.pressed_in(session, me, notification_id, self.kinds, now=bot.now())
        if ended is None or ended.may_open or not ended.says:
            return None
        await self._look_again(bot, call, notification_id, opened=False)
        return views.ended_words(ended.says, by=ended.by, at=ended.at, reader=me, now=bot.now())

    async def pressed(self, bot: Bot, call: Call) -> None:
        """The button has done its work, which stands whatever goes wrong here. The menu leaves its message as it is."""
        notification_id = views.signed_by(call.block_id)
        if notification_id is None or call.name == views.MENU:
            return
        try:
            await self._look_again(bot, call, notification_id, opened=True)
        except Exception:
            log.exception("press.not_noted")

    async def _look_again(self, bot: Bot, call: Call, notification_id: int, *, opened: bool) -> None:
        async with writing(bot, call, once=Harmless("the first press counts")) as (session, me):
            await notifications.look_again(session, me, notification_id, opened=opened, now=bot.now())
