"""App Home is built from the parts of all capabilities; `views.home` says where each of them stands."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.views import View

from bot.context import Bot
from bot.db import Session
from bot.errors import BotError
from bot.handlers.routing import Call, Reply, Routes
from bot.handlers.windows import REFRESH_SECONDS
from bot.models import Person
from bot.packs import Packs
from bot.services import people
from bot.slack import SlackError
from bot.views import home as views
from bot.views.home import HomePart

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's Home is about to be shown to them."""

    session: Session
    me: Person
    now: datetime
    packs: Packs
    is_hr: bool


Part = Callable[[Visit], Awaitable[HomePart]]
"""A capability reads its part of Home with the same number of queries for any number of people."""


@dataclass(frozen=True, slots=True)
class Home:
    """The company's Home tab shows these `parts`, one for each capability that has something on Home."""

    parts: Sequence[Part]

    async def publish(self, bot: Bot, user_id: str, *, only_waiting: bool = False) -> None:
        """The person's Home tab shows the current data. People without access read why it is empty."""
        try:
            view = await self._view(bot, user_id, only_waiting=only_waiting)
        except BotError as error:
            view = views.closed(error.sentence)
        await bot.slack.publish_home(user_id, view)

    async def _view(self, bot: Bot, user_id: str, *, only_waiting: bool) -> View:
        async with bot.read() as session:
            me = await people.by_slack_id(session, user_id)
            visit = Visit(session, me, bot.now(), bot.packs, await people.is_hr(session, me))
            parts = [await part(visit) for part in self.parts]
            return views.waiting(parts) if only_waiting else views.home(me.name, parts, is_hr=visit.is_hr)

    async def refresh(self, bot: Bot, user_id: str) -> None:
        """Home is updated after a change that it shows. If Slack refuses the update, the change stays saved."""
        try:
            async with asyncio.timeout(REFRESH_SECONDS):
                await self.publish(bot, user_id)
        except (SlackError, TimeoutError) as error:
            log.warning("home.not_refreshed", extra={"error": type(error).__name__})
        except Exception:
            log.exception("home.not_refreshed")

    async def show(self, bot: Bot, call: Call) -> Reply:
        """This answers `/rapport home`."""
        await self.publish(bot, call.user_id)
        return views.refreshed()

    async def show_waiting(self, bot: Bot, call: Call) -> Reply:
        """All that waits takes the place of Home until the person goes back, or has dealt with something."""
        await self.publish(bot, call.user_id, only_waiting=True)
        return None

    async def show_whole(self, bot: Bot, call: Call) -> Reply:
        await self.publish(bot, call.user_id)
        return None

    async def on_opened(self, bot: Bot, call: Call) -> Reply:
        """Slack sends this event on every opening, also of the Messages tab."""
        if call.event.get("tab") == "home":
            await self.publish(bot, call.user_id)
        return None

    def routes(self) -> Routes:
        return Routes(
            actions={views.SHOW_WAITING: self.show_waiting, views.SHOW_WHOLE: self.show_whole},
            events={"app_home_opened": self.on_opened},
        )
