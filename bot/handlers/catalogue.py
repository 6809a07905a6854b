"""A list that HR keeps: opened, an entry added, changed or retired. One row for each list gives its routes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.context import Bot
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.services.catalogue import Catalogue
from bot.views import catalogue as views


@dataclass(frozen=True, slots=True)
class KeptList:
    """`kept` says what the list holds, `shown` how it looks. The form stands in place of the list, so that saving
    leads back to it.
    """

    kept: Catalogue[Any]
    shown: views.Catalogue

    async def open(self, bot: Bot, call: Call) -> Reply:
        async with reading(bot, call) as (session, me):
            entries = await self.kept.for_hr(session, me)
        return Window(self.shown.page_of(entries), in_place=True)

    async def open_form(self, bot: Bot, call: Call) -> Reply:
        wanted = self.shown.carried(call.value)
        async with reading(bot, call) as (session, me):
            entries = await self.kept.for_hr(session, me)
        entry = next((one for one in entries if one.id == wanted), None)
        return Window(self.shown.filled(entry), in_place=True)

    async def on_save(self, bot: Bot, call: Call) -> Reply:
        entry_id, typed = self._read(call.view)
        async with writing(bot, call, once=call.key) as (session, me):
            if entry_id is None:
                await self.kept.add(session, me, **typed, now=bot.now())
            else:
                await self.kept.rename(session, me, entry_id, **typed, now=bot.now())
            entries = await self.kept.for_hr(session, me)
        return Window(self.shown.page_of(entries))

    def _read(self, view: Mapping[str, Any]) -> tuple[int | None, dict[str, str]]:
        name, meaning = views.read_entry(view)
        return self.shown.carried(view.get("private_metadata")), {"name": name, "meaning": meaning}

    async def on_retire(self, bot: Bot, call: Call) -> Reply:
        entry_id = self.shown.carried(call.value) or 0
        async with writing(bot, call, once=Harmless("what is retired stays retired")) as (session, me):
            await self.kept.retire(session, me, entry_id, now=bot.now())
            entries = await self.kept.for_hr(session, me)
        return Window(self.shown.page_of(entries), in_place=True)

    def routes(self) -> Routes:
        return Routes(
            submissions={self.shown.form: self.on_save},
            actions={
                self.shown.page: self.open,
                self.shown.form: self.open_form,
                self.shown.retire: self.on_retire,
            },
        )
