"""After a check-in its author is offered to thank somebody with one press."""

from bot.views import kit
from bot.views.kudos.messages import GIVE
from bot.views.kudos.ref import Ref


def helped_step(checkin_id: int) -> kit.NextStep:
    """The check-in names helpers. The button carries the check-in, never its words."""
    return kit.NextStep(
        "Somebody helped you: do they know? Thank them in a minute.",
        kit.button("Give kudos", GIVE, Ref(checkin=checkin_id).encode(), primary=True),
        note="It opens a form with your words in it. Nothing is sent before you have read it through.",
    )


def thank_step() -> kit.NextStep:
    """The author has thanked nobody for a long time."""
    return kit.NextStep(
        "Did somebody make your week easier? A thank-you takes a minute.",
        kit.button("Thank somebody", GIVE),
    )
