"""The end of a goal: its owner closes it, the manager confirms."""

from bot.context import Bot
from bot.errors import AlreadyDone, Conflict
from bot.handlers.goals.windows import page, reading, refresh, show
from bot.handlers.routing import Call, Reply, ShowView
from bot.services import goals, inbox, people
from bot.views import goals as views
from bot.views.goals import Ref


async def open_close(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    _, found = await reading(bot, call, ref.goal_id)
    await show(bot, call, views.close_form(found, ref))
    return None


async def on_close(bot: Bot, call: Call) -> Reply:
    ref, closed = Ref.decode(call.view.get("private_metadata")), views.read_close(call.view)
    try:
        async with bot.work() as session:
            await inbox.accept(session, call.key, now=bot.now())
            me = await people.by_slack_id(session, call.user_id)
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
        _, found = await reading(bot, call, ref.goal_id)
        return ShowView(views.meanwhile(views.close_form(found, ref), error.sentence))
    await refresh(bot, call, ref)
    return None


async def open_confirm(bot: Bot, call: Call) -> Reply:
    """An old button shows how it was confirmed."""
    ref = Ref.decode(call.value)
    me, found = await reading(bot, call, ref.goal_id)
    await show(
        bot, call, views.confirm_form(found, ref) if found.may_confirm else views.page(found, me.timezone)
    )
    return None


async def on_confirm(bot: Bot, call: Call) -> Reply:
    ref, said = Ref.decode(call.view.get("private_metadata")), views.read_confirm(call.view)
    try:
        async with bot.work() as session:
            await inbox.accept(session, call.key, now=bot.now())
            me = await people.by_slack_id(session, call.user_id)
            await goals.confirm(
                session, me, said.goal_id, score=said.score, comment=said.comment, now=bot.now()
            )
    except AlreadyDone:
        return ShowView(await page(bot, call, ref.goal_id))
    await refresh(bot, call, ref)
    return None
