"""Check-ins in Slack: payload in, one service, views out."""

from contextlib import suppress
from datetime import date

from slack_sdk.models.views import View

from bot.context import Bot
from bot.errors import AlreadyDone, Invalid, NotFound
from bot.handlers.routing import Call, Reply, Routes, ShowView
from bot.handlers.windows import show_on_top, update_window
from bot.services import checkins, goals, inbox, people
from bot.views import checkins as views
from bot.views.checkins import Ref
from bot.views.csv_file import csv_file


async def open_form(bot: Bot, call: Call) -> Reply:
    await _show_form(bot, call, week=None)
    return None


async def open_form_for_week(bot: Bot, call: Call) -> Reply:
    await _show_form(bot, call, week=Ref.decode(call.value).week)
    return None


async def _show_form(bot: Bot, call: Call, week: date | None) -> None:
    await bot.slack.open_view(call.trigger_id, await form_for(bot, call, week=week))


async def form_for(bot: Bot, call: Call, *, week: date | None, noted: int | None = None) -> View:
    """`noted`: the goal of which "no change" was said just now."""
    now = bot.now()
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        draft = await checkins.prefill(session, me, packs=bot.packs, now=now, week=week)
        mine = await goals.for_checkin(session, me, now=now)
        serves = await goals.served(session, draft.written.id) if draft.written and mine else None
    return views.form(draft, me.timezone, goals=mine, serves=serves, noted=noted)


async def on_submit(bot: Bot, call: Call) -> Reply:
    """Saved first, acknowledged after: once Slack closes the form, the entry is in the database."""
    form = views.read_form(call.view)
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        checkin_id = await checkins.submit(
            session,
            me,
            week=form.week,
            answers=form.answers,
            energy=form.energy,
            load=form.load,
            now=bot.now(),
        )
        if form.asks_for_goal:
            try:
                await goals.serve(session, me, checkin_id=checkin_id, goal_id=form.serves)
            except (Invalid, NotFound) as error:
                raise Invalid(error.sentence, field=views.SERVES) from None
        suggests = await checkins.suggests_thanks(session, checkin_id, form.answers, packs=bot.packs)
    return ShowView(views.saved_page(checkin_id)) if suggests else None


async def open_page(bot: Bot, call: Call) -> Reply:
    """From a message or Home: a window. From a list in a window: on top of it."""
    view = await _page(bot, call, Ref.decode(call.value).checkin_id)
    await show_on_top(bot, call, view)
    return None


async def _page(bot: Bot, call: Call, checkin_id: int) -> View:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        reading = await checkins.read(session, me, checkin_id)
    return views.page(reading, me.timezone)


async def on_comment(bot: Bot, call: Call) -> Reply:
    checkin_id, field, text = views.read_comment(call.view)
    try:
        async with bot.work() as session:
            await inbox.accept(session, call.key, now=bot.now())
            me = await people.by_slack_id(session, call.user_id)
            await checkins.comment(session, me, checkin_id, text=text, now=bot.now())
    except AlreadyDone:
        pass  # pressed twice: show the one comment it made
    except Invalid as error:
        raise Invalid(error.sentence, field=field) from None
    return ShowView(await _page(bot, call, checkin_id))


async def on_react(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    async with bot.work() as session:
        me = await people.by_slack_id(session, call.user_id)
        await checkins.react(session, me, ref.checkin_id, emoji=ref.emoji or "", now=bot.now())
    await _refresh(bot, call, ref.checkin_id)
    return None


async def on_take_on(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    with suppress(AlreadyDone):  # the window is from before: it shows now who took it on
        async with bot.work() as session:
            me = await people.by_slack_id(session, call.user_id)
            await checkins.take_obstacle_on(session, me, ref.checkin_id, now=bot.now())
    await _refresh(bot, call, ref.checkin_id)
    return None


async def on_clear(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    with suppress(AlreadyDone):
        async with bot.work() as session:
            me = await people.by_slack_id(session, call.user_id)
            await checkins.clear_obstacle(session, me, ref.checkin_id, now=bot.now())
    await _refresh(bot, call, ref.checkin_id)
    return None


async def _refresh(bot: Bot, call: Call, checkin_id: int) -> None:
    """Shows the window as it is now. What is typed in it stays: fields keep their ids."""
    view = await _page(bot, call, checkin_id)
    await update_window(bot, call, view)


async def open_versions(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        found = await checkins.versions(session, me, Ref.decode(call.value).checkin_id)
    await bot.slack.push_view(call.trigger_id, views.versions_page(found, me.timezone))
    return None


async def open_history(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        page = await checkins.history(session, me)
    await bot.slack.open_view(call.trigger_id, views.history_page(page))
    return None


async def show_older(bot: Bot, call: Call) -> Reply:
    """The history button: on Home it opens the list, in the list it turns the page."""
    if call.view.get("type") != "modal":
        return await open_history(bot, call)
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        page = await checkins.history(session, me, after=Ref.decode(call.value).checkin)
    await update_window(bot, call, views.history_page(page))
    return None


async def on_hand_over(bot: Bot, call: Call) -> Reply:
    async with bot.work() as session:
        me = await people.by_slack_id(session, call.user_id)
        await checkins.hand_over(session, me, now=bot.now())
        page = await checkins.history(session, me)
    await update_window(bot, call, views.history_page(page))
    return None


async def open_team(bot: Bot, call: Call) -> Reply:
    await bot.slack.open_view(call.trigger_id, await _team(bot, call, None))
    return None


async def show_team_week(bot: Bot, call: Call) -> Reply:
    """The team button: on Home it opens the list, in the list it turns to another week."""
    if call.view.get("type") != "modal":
        return await open_team(bot, call)
    view = await _team(bot, call, Ref.decode(call.value).week)
    await update_window(bot, call, view)
    return None


async def _team(bot: Bot, call: Call, week: date | None) -> View:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        return views.team_page(await checkins.team_week(session, me, now=bot.now(), week=week))


async def send_export(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
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
    shortcuts={views.FORM: open_form},
    submissions={views.FORM: on_submit, views.COMMENT: on_comment},
    actions={
        views.WRITE: open_form_for_week,
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
