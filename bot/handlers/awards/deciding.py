"""HR decides on a nomination, and notes that an award was paid."""

from bot.context import Bot
from bot.errors import AlreadyDone
from bot.handlers.awards.reading import nomination_page, page
from bot.handlers.routing import Call, Reply, Routes, ShowView
from bot.handlers.windows import update_window
from bot.services import awards, inbox, people
from bot.views import awards as views


async def on_decide(bot: Bot, call: Call) -> Reply:
    """Back to the page. Who comes second reads there who was first."""
    answer = views.read_decision(call.view)
    said = "Saved. The nominator is told."
    try:
        async with bot.work() as session:
            await inbox.accept(session, call.key, now=bot.now())
            me = await people.by_slack_id(session, call.user_id)
            await awards.decide(
                session,
                me,
                answer.nomination_id,
                verdict=answer.verdict,
                reason=answer.reason,
                budget_code=answer.budget_code,
                now=bot.now(),
            )
    except AlreadyDone as error:
        said = error.sentence
    return ShowView(await page(bot, call, said=said))


async def on_paid(bot: Bot, call: Call) -> Reply:
    nomination_id = views.Ref.decode(call.value).nomination_id
    async with bot.work() as session:
        me = await people.by_slack_id(session, call.user_id)
        await awards.mark_paid(session, me, nomination_id, now=bot.now())
    view = await nomination_page(bot, call, nomination_id)
    await update_window(bot, call, view)
    return None


ROUTES = Routes(submissions={views.NOMINATION: on_decide}, actions={views.PAID: on_paid})
