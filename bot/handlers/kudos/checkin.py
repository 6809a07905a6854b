"""After a check-in its author is offered to thank those whom it names as helpers, or anybody after a long time."""

from bot.handlers.checkins import JustShared, Part
from bot.services import checkins, kudos
from bot.views import kit
from bot.views import kudos as views


async def _thank_helpers(said: JustShared) -> kit.NextStep | None:
    checkin = said.shared.checkin
    told = await checkins.suggests_thanks(said.session, checkin.id, checkin.answers, packs=said.packs)
    return views.helped_step(checkin.id) if told else None


async def _thank_somebody(said: JustShared) -> kit.NextStep | None:
    """Nothing is asked of somebody who has just said what is in their way."""
    if said.shared.has_obstacle or await kudos.gave_lately(said.session, said.me, now=said.now):
        return None
    return views.thank_step()


HELPED_PART = Part(next_step=_thank_helpers)
THANKS_PART = Part(next_step=_thank_somebody)
