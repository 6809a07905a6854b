"""After a check-in that names helpers, its author is offered to thank them with one press."""

from slack_sdk.models.views import View

from bot.handlers.checkins import Part, Saved
from bot.services import checkins
from bot.views import kudos as views


async def _save(saved: Saved) -> View | None:
    suggests = await checkins.suggests_thanks(
        saved.session, saved.checkin_id, saved.answers, packs=saved.packs
    )
    return views.after_checkin_page(saved.checkin_id) if suggests else None


CHECKIN_PART = Part(save=_save)
