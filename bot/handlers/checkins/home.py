"""Home shows the check-ins that wait, the team's week and the person's own last one."""

from bot.handlers.home import Visit
from bot.services import checkins
from bot.views import checkins as views
from bot.views.home import HomePart


async def home_part(visit: Visit) -> HomePart:
    session, me, now = visit.session, visit.me, visit.now
    own = await checkins.own_weeks(session, me, now=now)
    team = await checkins.team_week(session, me, now=now)
    return HomePart(
        waiting=views.waiting_lines(own.unwritten, team),
        action=views.quick_action(own.open),
        team=views.team_on_home(team),
        hr=views.hr_entries(),
        mine=views.mine_lines(own),
    )
