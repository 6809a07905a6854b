"""App Home: what waits for me, quick actions, my check-ins, my team, HR, pause and preferences."""

import asyncio
import logging

from bot import clock
from bot.context import Bot
from bot.errors import BotError
from bot.handlers.routing import Call, Reply, Routes
from bot.services import anniversaries, awards, checkins, goals, kudos, nudges, pauses, people, rhythms
from bot.slack import SlackError
from bot.views import awards as award_views
from bot.views import goals as goal_views
from bot.views import home as views
from bot.views import preferences

log = logging.getLogger(__name__)

RECENT = 3
REFRESH_SECONDS = 0.8  # the answer to what was saved must still reach Slack within its 3 s


async def on_opened(bot: Bot, call: Call) -> Reply:
    """Slack sends this on every opening, of the Messages tab too."""
    if call.event.get("tab") == "home":
        await publish(bot, call.user_id)
    return None


async def show(bot: Bot, call: Call) -> Reply:
    await publish(bot, call.user_id)
    return views.refreshed()


async def refresh(bot: Bot, user_id: str) -> None:
    """After something was saved that Home shows. That it cannot be shown just now undoes nothing."""
    try:
        async with asyncio.timeout(REFRESH_SECONDS):
            await publish(bot, user_id)
    except (SlackError, TimeoutError) as error:
        log.warning("home.not_refreshed", extra={"error": type(error).__name__})


async def publish(bot: Bot, user_id: str) -> None:
    now = bot.now()
    try:
        async with bot.read() as session:
            me = await people.by_slack_id(session, user_id)
            draft = await checkins.prefill(session, me, packs=bot.packs, now=now)
            recent = await checkins.history(session, me, limit=RECENT)
            team = await checkins.team_week(session, me, now=now)
            thanks = await kudos.mine(session, me, now=now)
            mine = await goals.mine(session, me, now=now)
            top = await goals.top(session, me, now=now)
            team_goals = await goals.team(session, me, now=now)
            waits = await goals.waiting(session, me, now=now)
            rhythm = await rhythms.rhythm_of(session, me, bot.packs)
            pause = await pauses.current(session, me, now)
            is_hr = await people.is_hr(session, me)
            waiting = is_hr and await nudges.started_at(session) is None
            first = await nudges.first_round(session) if waiting else None
            nominations = await awards.waiting_for(session, me) if is_hr else 0
            mentioned = await anniversaries.is_mentioned(session, me)
    except BotError as error:
        await bot.slack.publish_home(user_id, views.closed(error.sentence))
        return
    view = views.home(
        me.name,
        None if draft.written else draft.week,
        recent.entries.items,
        team,
        thanks=thanks,
        waiting=[*goal_views.waiting_lines(waits, me.id), *award_views.waiting_lines(nominations)],
        goals=[
            *goal_views.mine_section(mine, clock.local(now, me.timezone).date()),
            *goal_views.company_section(top),
        ],
        team_goals=goal_views.team_section(team_goals),
        hr=preferences.hr_section((first.people, first.fastest, first.slowest) if first else None)
        if is_hr
        else (),
        preferences=preferences.mine_section(
            rhythm,
            pause,
            me.timezone,
            now=now,
            own=pause is not None and pause.set_by_id == me.id,
            anniversary=mentioned if me.start_date else None,
        ),
    )
    await bot.slack.publish_home(user_id, view)


ROUTES = Routes(events={"app_home_opened": on_opened})
