"""Home shows when the person is asked and whether they are paused. HR also sees the start of the weekly check-in, and
the rhythms.
"""

from bot.handlers.home import Visit
from bot.services import nudges, pauses, rhythms
from bot.views import nudges as views
from bot.views import rhythms as rhythm_views
from bot.views.home import HomePart


async def home_part(visit: Visit) -> HomePart:
    session, me, now = visit.session, visit.me, visit.now
    rhythm = await rhythms.rhythm_of(session, me, visit.packs)
    pause = await pauses.current(session, me, now)
    waits = visit.is_hr and await nudges.started_at(session) is None
    first = await nudges.first_round(session) if waits else None
    own = pause is not None and pause.set_by_id == me.id
    return HomePart(
        hr=views.start_blocks(first.people, first.fastest, first.slowest) if first else (),
        hr_buttons=[rhythm_views.settings_button()],
        preferences=views.preferences_blocks(rhythm, pause, me.timezone, now=now, own=own),
    )
