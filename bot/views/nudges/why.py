"""Why did I get this? The programme, its rule, who set it, and how to change it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from slack_sdk.models.views import View

from bot.models import RhythmInForce
from bot.views import kit, pauses, rhythms
from bot.views.nudges.messages import DIGEST, NUDGE, REMINDER, WELCOME

WINDOW = "nudges.why"


@dataclass(frozen=True, slots=True)
class Why:
    programme: str
    rule: str
    set_by: str


def why_window(kind: str, rhythm: RhythmInForce, whom_to_ask: str) -> View:
    """`whom_to_ask`: to be read after "please"."""
    why = WHYS.get(kind, _other)(rhythm)
    lines = {
        "Programme": why.programme,
        "Rule": why.rule,
        "Who set it": why.set_by,
        "Change it": "Choose your own day and rhythm, or pause me. "
        f"For a whole department, please {whom_to_ask} to change it.",
    }
    return kit.modal(
        WINDOW,
        "Why did I get this?",
        [
            *(kit.line(f"*{title}*\n{kit.escape(text)}") for title, text in lines.items()),
            kit.buttons(
                kit.button("My day and rhythm", rhythms.PREFERENCES), kit.button("Pause me", pauses.PAUSE)
            ),
        ],
    )


def _nudge(rhythm: RhythmInForce) -> Why:
    rule = (
        f"I ask you {rhythms.words(rhythm)}, on a working day when you are not away, and only while that week's "
        "check-in is missing."
    )
    return Why("Weekly check-in", rule, rhythms.whose_choice(rhythm))


def _reminder(rhythm: RhythmInForce) -> Why:
    rule = (
        "I remind you once, on the working morning after I asked, while the week is open and your check-in is "
        f"missing. I ask you {rhythms.words(rhythm)}."
    )
    return Why("Weekly check-in", rule, rhythms.whose_choice(rhythm))


def _digest(rhythm: RhythmInForce) -> Why:
    rule = "On Monday at 09:00 your time I sum up the week of the people who report to you."
    return Why("Team digest", rule, "The directory says who reports to you; your HR admins keep it.")


def _shared(rhythm: RhythmInForce) -> Why:
    rule = "I tell you once when somebody who reports to you has shared a check-in."
    return Why("Weekly check-in", rule, "The directory says who reports to you; your HR admins keep it.")


def _thanked(rhythm: RhythmInForce) -> Why:
    rule = "I tell you when a colleague thanks you, together with what else there is to say that day."
    return Why("Kudos", rule, "Your colleague. With /kudos mine you choose to be thanked in private.")


def _nominated(rhythm: RhythmInForce) -> Why:
    rule = "I tell HR admins, once a day at most, when a colleague was nominated and nobody has decided yet."
    return Why("Awards", rule, "Whoever installed Rapport says who is an HR admin.")


def _anniversary(rhythm: RhythmInForce) -> Why:
    rule = "Two weeks before somebody who reports to you has a work anniversary, unless they do not want it."
    return Why("Work anniversaries", rule, "The directory says when they began and who reports to you.")


def _removed(rhythm: RhythmInForce) -> Why:
    rule = "I tell you when HR removes thanks you gave in a channel, and the reason they gave."
    return Why("Kudos", rule, "The HR admin who removed them.")


def _welcome(rhythm: RhythmInForce) -> Why:
    rule = f"Everybody is greeted once, before the first question. I ask you {rhythms.words(rhythm)}."
    return Why("Weekly check-in", rule, rhythms.whose_choice(rhythm))


def _goal(rhythm: RhythmInForce) -> Why:
    rule = (
        "I tell you once when somebody who reports to you sets a goal, says that it is at risk or off track, or "
        "closes it."
    )
    return Why("Goals", rule, "The directory says who reports to you; your HR admins keep it.")


def _goals_ended(rhythm: RhythmInForce) -> Why:
    rule = (
        "When a period is over I ask once for each goal of yours that is still open, so that it gets an end."
    )
    return Why("Goals", rule, "You chose the period when you set the goal.")


def _other(rhythm: RhythmInForce) -> Why:
    return Why("Rapport", "It answers something that you or a colleague did.", "You or that colleague.")


WHYS: Mapping[str, Callable[[RhythmInForce], Why]] = {
    NUDGE: _nudge,
    REMINDER: _reminder,
    DIGEST: _digest,
    "checkins.shared": _shared,
    "kudos.received": _thanked,
    "awards.waiting": _nominated,
    "anniversaries.coming": _anniversary,
    "kudos.removed": _removed,
    WELCOME: _welcome,
    "goals.proposed": _goal,
    "goals.off_track": _goal,
    "goals.closed": _goal,
    "goals.period_ended": _goals_ended,
}
