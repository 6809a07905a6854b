"""Saying how a goal stands, from wherever its Update button is: a list, its page, the check-in, Home."""

from bot.context import Bot
from bot.errors import Conflict
from bot.handlers import home
from bot.handlers.goals.windows import reading, refresh, refresh_window, show
from bot.handlers.routing import Call, Reply, ShowView
from bot.handlers.windows import update_window
from bot.models.goals import GoalReading, Update
from bot.services import goals, inbox, people
from bot.views import goals as views
from bot.views.goals import Ref


async def open_update(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    _, found = await reading(bot, call, ref.goal_id)
    await show(bot, call, views.update_form(found, ref))
    return None


async def on_update(bot: Bot, call: Call) -> Reply:
    """Of two at once the second sees what the first has said, with their own words still there, and decides."""
    ref = Ref.decode(call.view.get("private_metadata"))
    try:
        async with bot.work() as session:
            await inbox.accept(session, call.key, now=bot.now())
            me = await people.by_slack_id(session, call.user_id)
            before = await goals.read(session, me, ref.goal_id, now=bot.now())
            is_in_trouble = await goals.update(session, me, _change(call, ref, before), now=bot.now())
    except Conflict as error:
        _, found = await reading(bot, call, ref.goal_id)
        return ShowView(views.update_form(found, ref, conflict=error.sentence, typed=call.view))
    await refresh(bot, call, ref)
    return ShowView(views.said_early(before)) if is_in_trouble else None


def _change(call: Call, ref: Ref, now: GoalReading) -> Update:
    """What was typed for another version is not read: its fields may be others. It only asks for the conflict."""
    if now.summary.version != ref.version:
        return Update(ref.goal_id, ref.version)
    return views.read_update(call.view, now)


async def on_no_change(bot: Bot, call: Call) -> Reply:
    """One tap. Where somebody was faster, there is a change, and the form shows it."""
    ref = Ref.decode(call.value)
    try:
        async with bot.work() as session:
            me = await people.by_slack_id(session, call.user_id)
            await goals.report_no_change(session, me, ref.goal_id, seen=ref.version, now=bot.now())
    except Conflict as error:
        _, found = await reading(bot, call, ref.goal_id)
        typed = call.view if _is_update(call) else None
        await show(bot, call, views.update_form(found, ref, conflict=error.sentence, typed=typed))
        return None
    await _show_noted(bot, call, ref)
    return None


def _is_update(call: Call) -> bool:
    return call.view.get("callback_id") == views.UPDATE


async def _show_noted(bot: Bot, call: Call, ref: Ref) -> None:
    """In the update window, in the check-in, or on Home: wherever it was pressed."""
    if call.view.get("type") != "modal":
        await home.refresh(bot, call.user_id)
        return
    if not _is_update(call):
        await refresh_window(bot, call, ref, str(call.view.get("id", "")), noted=ref.goal)
        return
    _, found = await reading(bot, call, ref.goal_id)
    await update_window(bot, call, views.noted(found))
    await refresh(bot, call, ref, noted=ref.goal)
