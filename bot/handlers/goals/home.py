"""Home shows goals that wait for the person, their own, the company's and the team's."""

from bot import clock
from bot.handlers.home import Visit
from bot.services import goals
from bot.views import goals as views
from bot.views.home import HomePart


async def home_part(visit: Visit) -> HomePart:
    session, me, now = visit.session, visit.me, visit.now
    mine = await goals.mine(session, me, now=now)
    top = await goals.top(session, me, now=now)
    team = await goals.team(session, me, now=now)
    waits = await goals.waiting(session, me, now=now)
    return HomePart(
        waiting=views.waiting_lines(waits, me.id),
        mine=[
            *views.mine_section(mine, clock.local(now, me.timezone).date()),
            *views.company_section(top),
        ],
        team=views.team_section(team),
        hr_buttons=views.hr_buttons(),
    )
