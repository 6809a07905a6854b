"""Home shows when the person is asked. HR also sees the rhythms, and starts the weekly check-in."""

from bot.handlers.home import Visit
from bot.services import nudges, rhythms
from bot.views import nudges as views
from bot.views import rhythms as rhythm_views
from bot.views.home import HomePart


async def home_part(visit: Visit) -> HomePart:
    session, me = visit.session, visit.me
    rhythm = await rhythms.rhythm_of(session, me, visit.packs)
    waits = visit.is_hr and await nudges.started_at(session) is None
    first = await nudges.first_round(session) if waits else None
    return HomePart(
        waiting=[views.start_line(first.people, first.fastest, first.slowest)] if first else (),
        hr=[rhythm_views.hr_entry()],
        preference=views.preference(rhythm),
    )
