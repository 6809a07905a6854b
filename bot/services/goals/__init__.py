"""Goals: set, agree, update, align, close; lists, a tree and counts of them.

`goals.create(…)`, `goals.read(…)`, `goals.update(…)`: everything a caller needs is named here. Shapes and words are
in `bot.models.goals`. Whatever changes a goal's content names the version it has seen, and may meet a `Conflict`.
"""

from bot.services.goals.agreeing import agree, suggest_change
from bot.services.goals.aligning import align, parents_on_offer
from bot.services.goals.calendar import periods, remove_period, set_period
from bot.services.goals.listing import for_checkin, mine, past, team
from bot.services.goals.quiet import quiet_in_team
from bot.services.goals.reading import course, history, read
from bot.services.goals.setting import create, draft
from bot.services.goals.tree import tree
from bot.services.goals.updating import leave_as_it_is, update, update_from_checkin

__all__ = [
    "agree",
    "align",
    "course",
    "create",
    "draft",
    "for_checkin",
    "history",
    "leave_as_it_is",
    "mine",
    "parents_on_offer",
    "past",
    "periods",
    "quiet_in_team",
    "read",
    "remove_period",
    "set_period",
    "suggest_change",
    "team",
    "tree",
    "update",
    "update_from_checkin",
]
