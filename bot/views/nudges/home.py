"""Home says when the person is asked, whether they are paused, and whether the check-in has started."""

from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block

from bot.models import PauseInForce, RhythmInForce
from bot.views import kit, pauses, rhythms

START = "nudges.start"


def preferences_blocks(
    rhythm: RhythmInForce,
    pause: PauseInForce | None,
    timezone: str | None,
    *,
    now: datetime,
    own: bool,
) -> list[Block]:
    """`own` says that the paused person asked for the pause themselves."""
    asked = f"I ask you for your check-in {rhythms.words(rhythm)}."
    said = pauses.state(pause, timezone, now=now, own=own) if pause else asked
    silence = kit.button("End the pause", pauses.RESUME) if pause else kit.button("Pause", pauses.PAUSE)
    return [
        kit.section(said),
        kit.buttons(silence, kit.button("My preferences", rhythms.PREFERENCES), block_id="preferences"),
    ]


def start_blocks(people: int, fastest: timedelta, slowest: timedelta) -> list[Block]:
    """HR reads how many people the check-in would reach, and the shortest and longest time that takes within Slack's
    limits.
    """
    takes = f"{_duration(fastest)} to {_duration(slowest)}"
    sure = kit.sure(
        "Start asking?",
        f"Everybody is greeted once, then asked in their own rhythm. A round takes {takes}.",
        yes="Start asking",
        no="Ask nobody yet",
    )
    return [
        kit.section(
            "*The weekly check-in has not started: I ask nobody yet.*\n"
            f"Slack limits how fast I may write. To reach {people:,} people takes {takes}."
        ),
        kit.buttons(kit.button("Start the weekly check-in", START, primary=True, sure=sure)),
    ]


def _duration(time: timedelta) -> str:
    minutes = max(1, round(time / timedelta(minutes=1)))
    if minutes < 100:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{minutes / 60:.1f} hours"
