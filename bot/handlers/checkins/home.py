"""Home shows the person's own check-ins, those of the team that wait, and the team's week."""

from bot.handlers.home import Visit
from bot.services import checkins
from bot.views import checkins as views
from bot.views.home import HomePart

RECENT = 3


async def home_part(visit: Visit) -> HomePart:
    session, me, now = visit.session, visit.me, visit.now
    prefill = await checkins.prefill(session, me, packs=visit.packs, now=now)
    recent = await checkins.history(session, me, limit=RECENT)
    team = await checkins.team_week(session, me, now=now)
    return HomePart(
        waiting=views.waiting_lines(None if prefill.written else prefill.week, team),
        actions=views.quick_actions(),
        mine=views.mine_section(recent.entries.items),
        team=views.team_section(team),
        hr_buttons=[views.settings_button()],
    )
