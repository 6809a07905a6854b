"""The check-in form is opened and submitted here. Other capabilities hand in their parts, so check-ins import none of
them.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slack_sdk.models.views import View

from bot.context import Bot
from bot.db import Session
from bot.errors import AlreadyDone
from bot.handlers.answering import reading, writing
from bot.handlers.commands import words_of
from bot.handlers.routing import Call, HomeChanged, Reply, Routes, Window
from bot.models import Person
from bot.models.checkins import Prefill, Shared
from bot.packs import Packs
from bot.services import checkins
from bot.views import checkins as views
from bot.views import kit
from bot.views.checkins import Filled, FormPart, Ref


@dataclass(frozen=True, slots=True)
class Opened:
    """A check-in form is about to be shown to its author. `more` says that it shows all questions. `noted` is the goal
    that they have just confirmed as unchanged.
    """

    session: Session
    me: Person
    prefill: Prefill
    now: datetime
    more: bool
    noted: int | None


@dataclass(frozen=True, slots=True)
class Saved:
    """A check-in has just been saved, in a transaction that is still open. `view` is the submitted form."""

    session: Session
    me: Person
    checkin_id: int
    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JustShared:
    """A check-in has been shared; a page is about to say so."""

    session: Session
    me: Person
    shared: Shared
    packs: Packs
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Another capability adds this to the check-in form. `fields` are the block ids of its inputs; `save` keeps what
    was chosen in them. `next_step` may suggest something to do once the check-in is shared.
    """

    fields: frozenset[str] = frozenset()
    show: Callable[[Opened], Awaitable[FormPart]] | None = None
    save: Callable[[Saved], Awaitable[None]] | None = None
    next_step: Callable[[JustShared], Awaitable[kit.NextStep | None]] | None = None


@dataclass(frozen=True, slots=True)
class CheckinForm:
    """The form of this company holds all parts that were handed in. The first part that has a next step suggests it."""

    parts: Sequence[Part]

    async def view(
        self,
        bot: Bot,
        call: Call,
        *,
        week: date | None,
        more: bool = False,
        noted: int | None = None,
        filled: Filled | None = None,
        prefill: str = "",
    ) -> View:
        """`filled` is what is typed in the form already. `prefill` starts or goes on with the first answer."""
        now = bot.now()
        async with reading(bot, call) as (session, me):
            found = await checkins.prefill(session, me, packs=bot.packs, now=now, week=week)
            opened = Opened(session, me, found, now, more, noted)
            parts = [await part.show(opened) for part in self.parts if part.show]
        if prefill:
            filled = (filled or views.filled_before(found.written)).begun_with(
                found.questions[0].key, prefill
            )
        home = _is_from_home(call)
        return views.form(found, me.timezone, parts=parts, filled=filled, more=more, home=home)

    async def open(self, bot: Bot, call: Call) -> Reply:
        """`/checkin I fixed the importer` starts the first answer with these words."""
        return Window(await self.view(bot, call, week=None, prefill=await words_of(bot, call)))

    async def open_for_week(self, bot: Bot, call: Call) -> Reply:
        """*Edit* on the page that ends a check-in is followed by the form in its place."""
        return Window(await self.view(bot, call, week=Ref.decode(call.value).week), in_place=True)

    async def on_more(self, bot: Bot, call: Call) -> Reply:
        week, filled = Ref.decode(call.value).week, views.filled_now(call.view)
        return Window(await self.view(bot, call, week=week, more=True, filled=filled), in_place=True)

    async def anew(self, bot: Bot, call: Call, value: str) -> View:
        """The form is built again from current data. Its fields keep their ids, so Slack keeps what was typed."""
        ref = Ref.decode(value)
        return await self.view(bot, call, week=ref.week, more=ref.more, noted=ref.noted)

    async def on_submit(self, bot: Bot, call: Call) -> Reply:
        """The entry is saved before Slack shows the page that says so. A second press ends in the same page."""
        form = views.read_form(call.view, besides=frozenset().union(*(part.fields for part in self.parts)))
        with suppress(AlreadyDone):
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
                saved = Saved(session, me, checkin_id, call.view)
                for save in filter(None, (part.save for part in self.parts)):
                    await save(saved)
        reply = Window(await self._ending(bot, call, form.week))
        return HomeChanged(reply) if _is_from_home(call) else reply

    async def _ending(self, bot: Bot, call: Call, week: date) -> View:
        now = bot.now()
        async with reading(bot, call) as (session, me):
            shared = await checkins.shared(session, me, week)
            step = await self._next_step(JustShared(session, me, shared, bot.packs, now))
        return views.shared_page(shared, me.timezone, now=now, next_step=step)

    async def _next_step(self, said: JustShared) -> kit.NextStep | None:
        for suggest in filter(None, (part.next_step for part in self.parts)):
            if step := await suggest(said):
                return step
        return None

    def routes(self) -> Routes:
        return Routes(
            shortcuts={views.FORM: self.open},
            submissions={views.FORM: self.on_submit},
            actions={
                views.WRITE: self.open_for_week,
                views.MORE: self.on_more,
                views.LOCKED: _keep_lock,
            },
            windows={views.FORM: self.anew},
        )


def _is_from_home(call: Call) -> bool:
    """Most check-ins are written from a message, all at the same hour: only those from Home cost a new Home."""
    if call.view.get("callback_id") == views.FORM:
        return Ref.decode(call.view.get("private_metadata")).home
    return call.view.get("type") == "home"


async def _keep_lock(bot: Bot, call: Call) -> Reply:
    """A lock is saved with the form; until then Slack keeps it."""
    return None
