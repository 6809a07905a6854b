"""The check-in form is opened and submitted here. Other capabilities hand in their parts, so check-ins import none of
them.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slack_sdk.models.views import View

from bot.context import Bot
from bot.db import Session
from bot.handlers.answering import reading, writing
from bot.handlers.commands import words_of
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.models import Answer, Person
from bot.models.checkins import Prefill
from bot.packs import Packs
from bot.services import checkins
from bot.views import checkins as views
from bot.views import kit
from bot.views.checkins import FormPart, Ref


@dataclass(frozen=True, slots=True)
class Opened:
    """A check-in form is about to be shown to its author. `noted` is the goal that they have just confirmed as
    unchanged.
    """

    session: Session
    me: Person
    prefill: Prefill
    now: datetime
    noted: int | None


@dataclass(frozen=True, slots=True)
class Saved:
    """A check-in has just been saved, in a transaction that is still open. `view` is the submitted form."""

    session: Session
    me: Person
    checkin_id: int
    answers: Sequence[Answer]
    view: Mapping[str, Any]
    packs: Packs


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Another capability adds this to the check-in form. `fields` are the block ids of its inputs; `save` keeps what
    was chosen in them and may return a page to show next.
    """

    fields: frozenset[str] = frozenset()
    show: Callable[[Opened], Awaitable[FormPart]] | None = None
    save: Callable[[Saved], Awaitable[View | None]] | None = None


@dataclass(frozen=True, slots=True)
class CheckinForm:
    """The form of this company holds all parts that were handed in."""

    parts: Sequence[Part]

    async def view(self, bot: Bot, call: Call, *, week: date | None, noted: int | None = None) -> View:
        now = bot.now()
        async with reading(bot, call) as (session, me):
            prefill = await checkins.prefill(session, me, packs=bot.packs, now=now, week=week)
            opened = Opened(session, me, prefill, now, noted)
            parts = [await part.show(opened) for part in self.parts if part.show]
        return views.form(prefill, me.timezone, parts=parts)

    async def open(self, bot: Bot, call: Call) -> Reply:
        """`/checkin I fixed the importer` starts the first answer with these words."""
        form = await self.view(bot, call, week=None)
        return Window(kit.begun_with(form, await words_of(bot, call)))

    async def open_for_week(self, bot: Bot, call: Call) -> Reply:
        return Window(await self.view(bot, call, week=Ref.decode(call.value).week))

    async def anew(self, bot: Bot, call: Call, value: str) -> View:
        """The form is built again from current data. Its fields keep their ids, so Slack keeps what was typed."""
        ref = Ref.decode(value)
        return await self.view(bot, call, week=ref.week, noted=ref.noted)

    async def on_submit(self, bot: Bot, call: Call) -> Reply:
        """The entry is saved before Slack is told to close the form."""
        form = views.read_form(call.view, besides=frozenset().union(*(part.fields for part in self.parts)))
        async with writing(bot, call, once=call.key) as (session, me):
            checkin_id = await checkins.submit(
                session,
                me,
                week=form.week,
                answers=form.answers,
                energy=form.energy,
                load=form.load,
                now=bot.now(),
            )
            saved = Saved(session, me, checkin_id, form.answers, call.view, bot.packs)
            pages = [await part.save(saved) for part in self.parts if part.save]
        page = next(filter(None, pages), None)
        return Window(page) if page else None

    def routes(self) -> Routes:
        return Routes(
            shortcuts={views.FORM: self.open},
            submissions={views.FORM: self.on_submit},
            actions={views.WRITE: self.open_for_week},
            windows={views.FORM: self.anew},
        )
