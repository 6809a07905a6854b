"""The weekly check-in: write it, read it, respond to it, look at a team's week.

`checkins.submit(…)`, `checkins.read(…)`, `checkins.comment(…)`: everything a caller needs is named here.
"""

from bot.services.checkins.asking import choose_pack, questions_for
from bot.services.checkins.reading import access, all_of, hand_over, history, read
from bot.services.checkins.responding import clear_obstacle, comment, react, take_obstacle_on
from bot.services.checkins.team import team_week
from bot.services.checkins.writing import Saved, draft, submit

__all__ = [
    "Saved",
    "access",
    "all_of",
    "choose_pack",
    "clear_obstacle",
    "comment",
    "draft",
    "hand_over",
    "history",
    "questions_for",
    "react",
    "read",
    "submit",
    "take_obstacle_on",
    "team_week",
]
