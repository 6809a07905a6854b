"""HR decides on a nomination and records that an award was paid."""

from bot.context import Bot
from bot.errors import AlreadyDone
from bot.handlers.answering import Harmless, writing
from bot.handlers.awards.reading import nomination_page, page
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.services import awards
from bot.views import awards as views


async def on_decide(bot: Bot, call: Call) -> Reply:
    """The page about awards is shown again. If two people decide, the second reads who was first."""
    answer = views.read_decision(call.view)
    news = "Saved. The nominator is told."
    try:
        async with writing(bot, call, once=call.key) as (session, me):
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
        news = error.sentence
    return Window(await page(bot, call, news=news))


async def on_paid(bot: Bot, call: Call) -> Reply:
    nomination_id = views.Ref.decode(call.value).nomination_id
    async with writing(bot, call, once=Harmless("an award that is paid stays paid")) as (session, me):
        await awards.mark_paid(session, me, nomination_id, now=bot.now())
    return Window(await nomination_page(bot, call, nomination_id), in_place=True)


ROUTES = Routes(submissions={views.NOMINATION: on_decide}, actions={views.PAID: on_paid})
