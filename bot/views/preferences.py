"""What App Home says about the rhythm: when I am asked, whether I am paused, and what HR sets for everybody."""

from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block

from bot.models import PauseInForce, RhythmInForce
from bot.views import absence, anniversaries, checkins, goals, kit, kudos, pauses, rhythms

START = "nudges.start"


def mine_section(
    rhythm: RhythmInForce,
    pause: PauseInForce | None,
    timezone: str | None,
    *,
    now: datetime,
    own: bool,
    anniversary: bool | None = None,
) -> list[Block]:
    """`own`: whoever is paused asked for it themselves. `anniversary`: whether theirs is mentioned, if one is known."""
    asked = f"I ask you for your check-in {rhythms.words(rhythm)}."
    said = pauses.state(pause, timezone, now=now, own=own) if pause else asked
    silence = kit.button("End the pause", pauses.RESUME) if pause else kit.button("Pause", pauses.PAUSE)
    return [
        kit.header("Pause and preferences"),
        kit.section(said),
        kit.buttons(silence, kit.button("My preferences", rhythms.PREFERENCES), block_id="preferences"),
        *([] if anniversary is None else anniversaries.choice(anniversary)),
    ]


def hr_section(waiting: tuple[int, timedelta, timedelta] | None) -> list[Block]:
    """`waiting`: while the weekly check-in has not begun, how many people it would reach and how long that takes,
    as fast and as slow as Slack may allow.
    """
    return [
        kit.header("HR"),
        *(_start(*waiting) if waiting else []),
        kit.section(
            "Choose which questions are asked, when, who reads along, and what counts as being away."
        ),
        kit.buttons(
            kit.button("Check-in settings", checkins.SETTINGS),
            kit.button("Department rhythms", rhythms.SETTINGS),
            kit.button("Absence signs", absence.SIGNS),
            kit.button("Values", kudos.VALUES),
            kit.button("Recognition", kudos.FIGURES),
        ),
        goals.hr_buttons(),
    ]


def _start(people: int, fastest: timedelta, slowest: timedelta) -> list[Block]:
    takes = f"{_duration(fastest)} to {_duration(slowest)}"
    sure = kit.sure(
        "Start asking?",
        f"Everybody is greeted once, then asked in their own rhythm. A round takes {takes}.",
        yes="Start",
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
