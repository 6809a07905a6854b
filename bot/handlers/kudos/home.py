"""Home shows the kudos a person has given and received lately."""

from bot.handlers.home import Visit
from bot.services import kudos
from bot.views import kudos as views
from bot.views.home import HomePart


async def home_part(visit: Visit) -> HomePart:
    mine = await kudos.mine(visit.session, visit.me, now=visit.now)
    return HomePart(
        mine=views.mine_section(mine),
        hr_buttons=views.hr_buttons(),
    )
