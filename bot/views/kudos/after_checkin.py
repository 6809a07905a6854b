"""After a check-in that names helpers, its author is offered to thank them with one press."""

from slack_sdk.models.views import View

from bot.views import kit
from bot.views.kudos.messages import GIVE
from bot.views.kudos.ref import Ref

SAVED = "checkins.saved"


def after_checkin_page(checkin_id: int) -> View:
    """The button carries the check-in, never its words."""
    return kit.modal(
        SAVED,
        "Check-in saved",
        [
            kit.section(
                "*Your check-in is saved.*\nSomebody helped you: do they know? Thank them in a minute."
            ),
            kit.buttons(
                kit.button("Give kudos", GIVE, Ref(checkin=checkin_id).encode(), primary=True),
            ),
            kit.small(
                "It opens a form with your words in it. Nothing is sent before you have read it through."
            ),
        ],
        close="Not now",
    )
