"""Goals: set, agree, update, align, close; lists, a tree and counts of them.

`goals.create(…)`, `goals.read(…)`, `goals.update(…)`: everything a caller needs is named here. Shapes and words are
in `bot.models.goals`. Whatever changes a goal's content names the version it has seen, and may meet a `Conflict`.
"""

from bot.services.goals.agreeing import agree, suggest_change
from bot.services.goals.aligning import align, parents_on_offer
from bot.services.goals.calendar import periods, remove_period, set_period
from bot.services.goals.changing import add_key_result, drop_key_result, edit, hand_over, retarget
from bot.services.goals.closing import close, confirm
from bot.services.goals.coverage import coverage
from bot.services.goals.ending import plan_closings
from bot.services.goals.linking import add_evidence, serve, served
from bot.services.goals.listing import for_checkin, mine, past, team
from bot.services.goals.merging import pass_on
from bot.services.goals.naming import titles, to_name
from bot.services.goals.quiet import quiet_in_team
from bot.services.goals.reading import course, history, read
from bot.services.goals.setting import create, prefill
from bot.services.goals.tree import top, tree
from bot.services.goals.updating import leave_as_it_is, update
from bot.services.goals.waiting import left_to_close, trouble, waiting
