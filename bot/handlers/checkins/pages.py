"""People read check-ins here, comment on them, take obstacles on, look at past ones and download them."""

from contextlib import suppress
from datetime import date

from slack_sdk.models.views import View

from bot.context import Bot
from bot.errors import AlreadyDone, Invalid
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.routing import Call, HomeChanged, Reply, Routes, Window
from bot.services import checkins
from bot.views import checkins as views
from bot.views.checkins import Ref
from bot.views.csv_file import csv_file


async def open_page(bot: Bot, call: Call) -> Reply:
    """From a message or Home a window opens. From a list the page opens on top of it."""
    return Window(await _page(bot, call, Ref.decode(call.value).checkin_id))


async def _page(bot: Bot, call: Call, checkin_id: int) -> View:
    async with reading(bot, call) as (session, me):
        found = await checkins.read(session, me, checkin_id)
    return views.page(found, me.timezone)


async def on_comment(bot: Bot, call: Call) -> Reply:
    checkin_id, field, text = views.read_comment(call.view)
    try:
        async with writing(bot, call, once=call.key) as (session, me):
            await checkins.comment(session, me, checkin_id, text=text, now=bot.now())
    except AlreadyDone:
        pass  # pressed twice: show the one comment it made
    except Invalid as error:
        raise Invalid(error.sentence, field=field) from None
    return HomeChanged(Window(await _page(bot, call, checkin_id)))


async def on_react(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    async with writing(bot, call, once=Harmless("a second reaction replaces the first")) as (
        session,
        me,
    ):
        await checkins.react(session, me, ref.checkin_id, emoji=ref.emoji or "", now=bot.now())
    return await _refreshed(bot, call, ref.checkin_id)


async def on_take_on(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    with suppress(AlreadyDone):  # the window was out of date; it now shows who took the obstacle on
        async with writing(bot, call, once=Harmless("an obstacle is taken on once")) as (session, me):
            await checkins.take_obstacle_on(session, me, ref.checkin_id, now=bot.now())
    return await _refreshed(bot, call, ref.checkin_id)


async def on_clear(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    with suppress(AlreadyDone):
        async with writing(bot, call, once=Harmless("an obstacle is cleared once")) as (session, me):
            await checkins.clear_obstacle(session, me, ref.checkin_id, now=bot.now())
    return await _refreshed(bot, call, ref.checkin_id)


async def _refreshed(bot: Bot, call: Call, checkin_id: int) -> Reply:
    """The window is built again from current data. Its fields keep their ids, so Slack keeps what was typed. Home no
    longer counts the check-in among what waits.
    """
    return HomeChanged(Window(await _page(bot, call, checkin_id), in_place=True))


async def open_versions(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        found = await checkins.versions(session, me, Ref.decode(call.value).checkin_id)
    return Window(views.versions_page(found, me.timezone))


async def open_history(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        page = await checkins.history(session, me)
    return Window(views.history_page(page))


async def show_older(bot: Bot, call: Call) -> Reply:
    """On Home the history button opens the list; in the list it shows the next page."""
    if call.view.get("type") != "modal":
        return await open_history(bot, call)
    async with reading(bot, call) as (session, me):
        page = await checkins.history(session, me, after=Ref.decode(call.value).checkin)
    return Window(views.history_page(page), in_place=True)


async def on_hand_over(bot: Bot, call: Call) -> Reply:
    async with writing(bot, call, once=Harmless("a second hand-over finds nothing to do")) as (
        session,
        me,
    ):
        await checkins.hand_over(session, me, now=bot.now())
        page = await checkins.history(session, me)
    return Window(views.history_page(page), in_place=True)


async def open_team(bot: Bot, call: Call) -> Reply:
    """A message opens its own week, a command or Home the one that is open."""
    return Window(await _team(bot, call, Ref.decode(call.value).week if call.value else None))


async def show_team_week(bot: Bot, call: Call) -> Reply:
    """On Home the team button opens the list; in the list it shows another week."""
    if call.view.get("type") != "modal":
        return await open_team(bot, call)
    return Window(await _team(bot, call, Ref.decode(call.value).week), in_place=True)


async def _team(bot: Bot, call: Call, week: date | None) -> View:
    async with reading(bot, call) as (session, me):
        return views.team_page(await checkins.team_week(session, me, now=bot.now(), week=week), bot.now())


async def send_export(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        mine = await checkins.all_of(session, me)
    if mine:
        header, rows = views.export_rows(mine)
        await bot.slack.send_file(
            call.user_id,
            "my-check-ins.csv",
            csv_file(header, rows),
            title=views.EXPORT_TITLE,
            comment=views.EXPORT_COMMENT,
        )
    return views.export_note(len({version.week for version in mine}))


ROUTES = Routes(
    submissions={views.COMMENT: on_comment},
    actions={
        views.OPEN: open_page,
        views.REACT: on_react,
        views.TAKE_ON: on_take_on,
        views.VERSIONS: open_versions,
        views.CLEAR: on_clear,
        views.HISTORY_PAGE: show_older,
        views.HAND_OVER: on_hand_over,
        views.TEAM_PAGE: show_team_week,
    },
)
