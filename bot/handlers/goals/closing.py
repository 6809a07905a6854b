"""The owner closes a goal, and the manager confirms it."""

from bot.context import Bot
from bot.errors import AlreadyDone, Conflict
from bot.handlers.answering import writing
from bot.handlers.goals.windows import ended, found_goal, page, refreshed
from bot.handlers.routing import Again, Call, Reply, Window
from bot.services import goals
from bot.views import goals as views
from bot.views.goals import Ref


async def open_close(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    _, found = await found_goal(bot, call, ref.goal_id)
    return Window(views.close_form(found, ref))


async def on_close(bot: Bot, call: Call) -> Reply:
    ref, closed = Ref.decode(call.view.get("private_metadata")), views.read_close(call.view)
    try:
        async with writing(bot, call, once=call.key) as (session, me):
            await goals.close(
                session,
                me,
                closed.goal_id,
                seen=closed.seen,
                outcome=closed.outcome,
                score=closed.score,
                sentence=closed.sentence,
                now=bot.now(),
            )
    except Conflict as error:
        _, found = await found_goal(bot, call, ref.goal_id)
        return Again(views.close_form(found, ref), error.sentence)
    return refreshed(call, ref, then=await ended(bot, call, ref, "Goal closed", views.CLOSED))


async def open_confirm(bot: Bot, call: Call) -> Reply:
    """If the goal is already confirmed, an old button shows how."""
    ref = Ref.decode(call.value)
    me, found = await found_goal(bot, call, ref.goal_id)
    if found.may_confirm:
        return Window(views.confirm_form(found, ref))
    return Window(views.page(found, me.timezone, now=bot.now()))


async def on_confirm(bot: Bot, call: Call) -> Reply:
    ref, said = Ref.decode(call.view.get("private_metadata")), views.read_confirm(call.view)
    try:
        async with writing(bot, call, once=call.key) as (session, me):
            await goals.confirm(
                session, me, said.goal_id, score=said.score, comment=said.comment, now=bot.now()
            )
    except AlreadyDone:
        return Window(await page(bot, call, ref.goal_id))
    return refreshed(call, ref, then=await ended(bot, call, ref, "Goal confirmed", views.CONFIRMED))
