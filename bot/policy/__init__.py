"""Who may see or do what: pure questions, which services ask.

The visibility matrix is law: nothing here opens a row to more people than could read it when it was written.
"""

from bot.policy.anniversaries import may_choose_anniversary, may_read_anniversary
from bot.policy.awards import (
    may_decide_nomination,
    may_handle_nomination,
    may_nominate,
    may_read_award,
    may_read_nomination,
)
from bot.policy.checkins import (
    may_comment_on_checkin,
    may_read_answer,
    may_read_checkin,
    may_read_energy,
    may_read_remark,
    may_respond_to_checkin,
    may_thank_from_checkin,
    may_write_checkin,
)
from bot.policy.common import require
from bot.policy.goals import (
    agrees_to_goal,
    may_agree_to_goal,
    may_change_goal,
    may_close_goal,
    may_confirm_closing,
    may_edit_goal,
    may_hand_over_goal,
    may_read_goal,
    may_read_goal_talk,
    may_set_goal,
)
from bot.policy.kudos import (
    may_choose_thanks,
    may_learn_of_receiver,
    may_read_kudos,
    may_remove_kudos,
    may_take_kudos_back,
)
from bot.policy.pauses import may_pause
from bot.policy.rhythms import may_choose_rhythm
