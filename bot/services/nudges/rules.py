"""The rules behind planned messages, in words for an operator."""

from bot.models import RhythmInForce
from bot.services.notifications import Kind
from bot.services.nudges.kinds import DIGEST, NUDGE, REMINDER, WELCOME
from bot.services.rhythms.in_force import WEEKDAYS

EVERY = {1: "every", 2: "every second", 4: "every fourth"}


def rule(kind: Kind, rhythm: RhythmInForce) -> str:
    return {
        NUDGE.name: f"{_moment(rhythm)}: {_source(rhythm)}",
        REMINDER.name: "the working morning after the nudge, while the check-in is missing",
        DIGEST.name: "Monday at 09:00, for everybody with active reports",
        WELCOME.name: "once, at the next open hour",
    }[kind.name]


def _moment(rhythm: RhythmInForce) -> str:
    hour, minute = divmod(rhythm.minute, 60)
    return f"{EVERY[rhythm.every_weeks]} {WEEKDAYS[rhythm.weekday]} at {hour:02}:{minute:02}"


def _source(rhythm: RhythmInForce) -> str:
    by = f", chosen by {rhythm.chosen_by}" if rhythm.chosen_by else ", set by the operator"
    return {
        "person": "their own choice",
        "department": f"the rhythm of {rhythm.place}{by}",
        "company": f"the company's rhythm{by}",
        "pack": f"comes with the questions of {rhythm.place}",
        "default": "what ships with Rapport",
    }[rhythm.source]
