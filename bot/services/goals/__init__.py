"""Goals: set, agree, update, align, close; lists, a tree and counts of them.

`goals.create(…)`, `goals.read(…)`, `goals.update(…)`: everything a caller needs is named here. Shapes and words are
in `bot.models.goals`. Whatever changes a goal's content names the version it has seen, and may meet a `Conflict`.
"""

from bot.services.goals.agreement import agree, suggest_change
from bot.services.goals.alignment import align, parents_on_offer, top, tree
from bot.services.goals.calendar import periods, remove_period, set_period
from bot.services.goals.changing import add_key_result, drop_key_result, edit, hand_over, pass_on, retarget
from bot.services.goals.closing import close, confirm, left_to_close, plan_closings
from bot.services.goals.coverage import coverage
from bot.services.goals.lists import mine, past, team, titles, to_name, waiting
from bot.services.goals.reading import course, history, read
from bot.services.goals.setting import create, prefill
from bot.services.goals.summaries import quiet_in_team, quiet_of
from bot.services.goals.updating import (
    add_evidence,
    for_checkin,
    report_no_change,
    serve,
    served,
    trouble,
    update,
)
