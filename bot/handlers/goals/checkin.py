"""The check-in form shows how the author's goals stand and asks which of them next week's work serves."""

from slack_sdk.models.views import View

from bot.errors import Invalid, NotFound
from bot.handlers.checkins import Opened, Part, Saved
from bot.services import goals
from bot.views import goals as views
from bot.views import kit
from bot.views.checkins import FormPart


async def _show(opened: Opened) -> FormPart:
    mine = await goals.for_checkin(opened.session, opened.me, now=opened.now)
    written = opened.prefill.written
    serves = await goals.served(opened.session, written.id) if written and mine else None
    return FormPart(
        below_questions=views.serves_input(mine, serves),
        above_readers=views.checkin_blocks(mine, opened.prefill.week, opened.noted),
    )


async def _save(saved: Saved) -> View | None:
    """The form asks only people who have goals, so only their answer is saved."""
    if views.SERVES not in kit.input_fields(saved.view):
        return None
    goal_id = views.read_serves(kit.Values(saved.view))
    try:
        await goals.serve(saved.session, saved.me, checkin_id=saved.checkin_id, goal_id=goal_id)
    except (Invalid, NotFound) as error:
        raise Invalid(error.sentence, field=views.SERVES) from None
    return None


CHECKIN_PART = Part(fields=frozenset({views.SERVES}), show=_show, save=_save)
