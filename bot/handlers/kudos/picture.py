"""People get a picture of their own kudos; nobody else can ask for it."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from bot import clock, pictures
from bot.context import Bot
from bot.handlers.answering import reading
from bot.handlers.files import send_file
from bot.handlers.kudos.afterwards import open_mine
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.models.kudos import ValueCount
from bot.services import kudos
from bot.views import kudos as views
from bot.views.files import on_its_way


async def send_picture(bot: Bot, call: Call) -> Reply:
    now = bot.now()
    async with reading(bot, call) as (session, me):
        counts = await kudos.counts(session, me, now=now)
    if not counts:  # the button is older than an undo
        return await open_mine(bot, call)
    thanks = _thanks(counts, clock.local(now, me.timezone).date())
    bot.start(_send(bot, call.user_id, thanks))
    return Window(on_its_way("The picture of your kudos"))


def _thanks(counts: Sequence[ValueCount], today: date) -> pictures.Thanks:
    """The picture starts with the first month that has kudos and includes months without any. `counts` begins with the
    newest.
    """
    said = {month: list(of_month) for month, of_month in groupby(counts, key=lambda one: one.month)}
    months = list(_months(counts[-1].month, today))
    return pictures.Thanks(
        views.picture_title(months[0], months[-1]),
        tuple(
            pictures.Month(
                first,
                given={one.value or "": one.given for one in said.get(first, [])},
                received={one.value or "": one.received for one in said.get(first, [])},
            )
            for first in months
        ),
    )


def _months(first: date, until: date) -> Iterator[date]:
    month = first
    while month <= until:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


async def _send(bot: Bot, to: str, thanks: pictures.Thanks) -> None:
    picture = await asyncio.to_thread(pictures.draw_thanks, thanks)
    await send_file(
        bot,
        to,
        "kudos.png",
        picture.png,
        title=thanks.title,
        comment=views.COMMENT,
        alt_text=picture.alt,
    )


ROUTES = Routes(actions={views.PICTURE: send_picture})
