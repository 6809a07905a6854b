"""Home shows the kudos a person received last."""

from bot.handlers.home import Visit
from bot.services import kudos
from bot.views import kudos as views
from bot.views.home import HomePart


async def home_part(visit: Visit) -> HomePart:
    newest = await kudos.newest_received(visit.session, visit.me)
    return HomePart(action=views.quick_action(), hr=views.hr_entries(), mine=views.mine_lines(newest))
