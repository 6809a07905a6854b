"""This window explains an unasked message: what it belongs to, its rule, who set it and how to change it."""

from slack_sdk.models.views import View

from bot.models import RhythmInForce
from bot.models.notifications import Why
from bot.views import kit, pauses, rhythms

WINDOW = "notifications.why"
OTHER = Why(
    part_of="Rapport",
    rule="It answers something that you or a colleague did.",
    set_by="You or that colleague.",
)
"""Messages of a kind that this version no longer knows get this explanation."""


def why_window(why: Why, rhythm: RhythmInForce, whom_to_ask: str) -> View:
    """`rhythm` is the reader's, for messages that follow it. `whom_to_ask` is read after "please"."""
    words = {"rhythm": rhythms.words(rhythm), "whose": rhythms.whose_choice(rhythm)}
    lines = {
        "Part of": why.part_of,
        "Rule": why.rule.format(**words),
        "Who set it": why.set_by.format(**words),
        "Change it": _change(why, whom_to_ask),
    }
    return kit.modal(
        WINDOW,
        "Why did I get this?",
        [
            *(kit.section(f"*{title}*\n{kit.escape(text)}") for title, text in lines.items()),
            kit.buttons(
                kit.button(
                    "My day and rhythm" if why.follows_rhythm else "My preferences", rhythms.PREFERENCES
                ),
                kit.button("Pause me", pauses.PAUSE),
            ),
        ],
    )


def _change(why: Why, whom_to_ask: str) -> str:
    """Only what follows the reader's rhythm is offered another one."""
    if why.follows_rhythm:
        return (
            "Choose your own day and rhythm, or pause me. "
            f"For a whole department, please {whom_to_ask} to change it."
        )
    return f"See what you can choose in your preferences, or pause me. For the rest, please {whom_to_ask} to help."
