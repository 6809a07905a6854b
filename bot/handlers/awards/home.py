"""Home shows the nominations that wait for HR, and a button to nominate somebody."""

from bot.handlers.home import Visit
from bot.services import awards
from bot.views import awards as views
from bot.views.home import HomePart


async def home_part(visit: Visit) -> HomePart:
    waiting = await awards.waiting_for(visit.session, visit.me) if visit.is_hr else 0
    return HomePart(
        waiting=views.waiting_lines(waiting), action=views.quick_action(), mine=views.mine_lines()
    )
