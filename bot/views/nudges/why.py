"""Why did I get this? What it is part of, its rule, who set it, and how to change it."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.models.views import View

from bot.models import RhythmInForce
from bot.views import kit, pauses, rhythms
from bot.views.nudges.messages import DIGEST, NUDGE, REMINDER, WELCOME

WINDOW = "nudges.why"


@dataclass(frozen=True, slots=True)
class Why:
    part_of: str
    rule: str
    set_by: str


RULES: Mapping[str, str] = {
    NUDGE: "I ask you {rhythm}, on a working day when you are not away, and only while that week's check-in is "
    "missing.",
    REMINDER: "I remind you once, on the working morning after I asked, while the week is open and your check-in is "
    "missing. I ask you {rhythm}.",
    WELCOME: "Everybody is greeted once, before the first question. I ask you {rhythm}.",
}
DIRECTORY = "The directory says who reports to you; your HR admins keep it."
OTHER = Why("Rapport", "It answers something that you or a colleague did.", "You or that colleague.")
WHYS: Mapping[str, Why] = {
    DIGEST: Why(
        "Team digest",
        "On Monday at 09:00 your time I sum up the week of the people who report to you.",
        DIRECTORY,
    ),
    "checkins.shared": Why(
        "Weekly check-in",
        "I tell you once when somebody who reports to you has shared a check-in.",
        DIRECTORY,
    ),
    "kudos.received": Why(
        "Kudos",
        "I tell you when a colleague thanks you, together with what else there is to say that day.",
        "Your colleague. With /kudos mine you choose to be thanked in private.",
    ),
    "kudos.removed": Why(
        "Kudos",
        "I tell you when HR removes thanks you gave in a channel, and the reason they gave.",
        "The HR admin who removed them.",
    ),
    "awards.waiting": Why(
        "Awards",
        "I tell HR admins, once a day at most, when a colleague was nominated and nobody has decided yet.",
        "Whoever installed Rapport says who is an HR admin.",
    ),
    "anniversaries.coming": Why(
        "Work anniversaries",
        "Two weeks before somebody who reports to you has a work anniversary, unless they do not want it.",
        "The directory says when they began and who reports to you.",
    ),
    **dict.fromkeys(
        ("goals.proposed", "goals.off_track", "goals.closed"),
        Why(
            "Goals",
            "I tell you once when somebody who reports to you sets a goal, says that it is at risk or off track, "
            "or closes it.",
            DIRECTORY,
        ),
    ),
    "goals.period_ended": Why(
        "Goals",
        "When a period is over I ask once for each goal of yours that is still open, so that it gets an end.",
        "You chose the period when you set the goal.",
    ),
}


def why_window(kind: str, rhythm: RhythmInForce, whom_to_ask: str) -> View:
    """`whom_to_ask`: to be read after "please"."""
    why = _why(kind, rhythm)
    lines = {
        "Part of": why.part_of,
        "Rule": why.rule,
        "Who set it": why.set_by,
        "Change it": "Choose your own day and rhythm, or pause me. "
        f"For a whole department, please {whom_to_ask} to change it.",
    }
    return kit.modal(
        WINDOW,
        "Why did I get this?",
        [
            *(kit.section(f"*{title}*\n{kit.escape(text)}") for title, text in lines.items()),
            kit.buttons(
                kit.button("My day and rhythm", rhythms.PREFERENCES), kit.button("Pause me", pauses.PAUSE)
            ),
        ],
    )


def _why(kind: str, rhythm: RhythmInForce) -> Why:
    """What follows somebody's rhythm says which that is."""
    if kind not in RULES:
        return WHYS.get(kind, OTHER)
    rule = RULES[kind].format(rhythm=rhythms.words(rhythm))
    return Why("Weekly check-in", rule, rhythms.whose_choice(rhythm))
