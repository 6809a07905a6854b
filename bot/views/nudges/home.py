"""Home says when the person is asked, and asks HR to start the weekly check-in."""

from datetime import timedelta

from bot.models import RhythmInForce
from bot.views import kit, rhythms
from bot.views.home import Line, Urgency, WaitingLine

START = "nudges.start"


def preference(rhythm: RhythmInForce) -> Line:
    asked = f"I ask you for your check-in {rhythms.words(rhythm)}."
    return Line(asked, kit.button("My preferences", rhythms.PREFERENCES))


def start_line(people: int, fastest: timedelta, slowest: timedelta) -> WaitingLine:
    """HR reads how many people the check-in would reach, and the shortest and longest time that takes within Slack's
    limits.
    """
    takes = " to ".join(dict.fromkeys((_duration(fastest), _duration(slowest))))
    sure = kit.sure(
        "Start asking?",
        f"Everybody is greeted once, then asked in their own rhythm. A round takes {takes}.",
        yes="Start asking",
        no="Ask nobody yet",
    )
    said = (
        "*The weekly check-in has not started: I ask nobody yet.*\n"
        f"Slack limits how fast I may write. To reach {people:,} people takes {takes}."
    )
    start = kit.button("Start the weekly check-in", START, primary=True, sure=sure)
    return WaitingLine(said, start, urgency=Urgency.OWN)


def _duration(time: timedelta) -> str:
    minutes = max(1, round(time / timedelta(minutes=1)))
    if minutes < 100:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{minutes / 60:.1f} hours"
