"""The owner updates a goal from any Update button: in a list, on its page, in the check-in or on Home."""

from bot.context import Bot
from bot.errors import Conflict
from bot.handlers.answering import Harmless, writing
from bot.handlers.goals.windows import found_goal, refreshed, refreshed_window
from bot.handlers.routing import Call, HomeChanged, Reply, Window
from bot.models.goals import GoalReading, Update
from bot.services import goals
from bot.views import goals as views
from bot.views.goals import Ref


async def open_update(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    _, found = await found_goal(bot, call, ref.goal_id)
    return Window(views.update_form(found, ref))


async def on_update(bot: Bot, call: Call) -> Reply:
    """If two people update at once, the second sees the first update and keeps their own words."""
    ref = Ref.decode(call.view.get("private_metadata"))
    try:
        async with writing(bot, call, once=call.key) as (session, me):
            before = await goals.read(session, me, ref.goal_id, now=bot.now())
            is_in_trouble = await goals.update(session, me, _change(call, ref, before), now=bot.now())
    except Conflict as error:
        _, found = await found_goal(bot, call, ref.goal_id)
        return Window(views.update_form(found, ref, conflict=error.sentence, typed=call.view))
    then = Window(views.said_early(before)) if is_in_trouble else None
    return await refreshed(bot, call, ref, then=then)


def _change(call: Call, ref: Ref, now: GoalReading) -> Update:
    """Fields of an older version may differ, so its values are not read; the service only reports the conflict."""
    if now.summary.version != ref.version:
        return Update(ref.goal_id, ref.version)
    return views.read_update(call.view, now)


async def on_no_change(bot: Bot, call: Call) -> Reply:
    """One tap reports no change. If somebody has changed the goal meanwhile, the form shows that change."""
    ref = Ref.decode(call.value)
    try:
        async with writing(
            bot,
            call,
            once=Harmless("a repeat names an older version and is refused"),
        ) as (session, me):
            await goals.report_no_change(session, me, ref.goal_id, seen=ref.version, now=bot.now())
    except Conflict as error:
        _, found = await found_goal(bot, call, ref.goal_id)
        typed = call.view if _is_update(call) else None
        return Window(views.update_form(found, ref, conflict=error.sentence, typed=typed))
    return await _noted(bot, call, ref)


def _is_update(call: Call) -> bool:
    return call.view.get("callback_id") == views.UPDATE


async def _noted(bot: Bot, call: Call, ref: Ref) -> Reply:
    """The update window, the check-in or Home shows the result, depending on where the button was pressed."""
    if call.view.get("type") != "modal":
        return HomeChanged()
    if not _is_update(call):
        return await refreshed_window(bot, call, ref, str(call.view.get("id", "")), noted=ref.goal)
    _, found = await found_goal(bot, call, ref.goal_id)
    then = Window(views.noted(found), in_place=True)
    return await refreshed(bot, call, ref, noted=ref.goal, then=then)
