"""How goals look in Slack: lists and the tree, one goal's page, forms and what comes back from them, messages, Home."""

from bot.views.goals.agreement import (
    AGREE,
    SUGGEST,
    answered_message,
    proposed_message,
    read_text,
    suggest_form,
)
from bot.views.goals.changing import (
    ADD,
    ALIGN,
    EDIT,
    HAND_OVER,
    OWNER,
    RETARGET,
    add_form,
    align_form,
    edit_form,
    hand_over_form,
    read_add,
    read_align,
    read_edit,
    read_hand_over,
    read_retarget,
    retarget_form,
)
from bot.views.goals.closing import (
    CLOSE,
    COMMENT_ON,
    CONFIRM,
    close_form,
    closed_message,
    confirm_form,
    ended_message,
    read_close,
    read_confirm,
)
from bot.views.goals.home import company_line, mine_lines, quick_action, team_lines, waiting_lines
from bot.views.goals.hr import (
    COVERAGE,
    CSV,
    EXPORT,
    PERIODS,
    REMOVE_PERIOD,
    XLSX,
    coverage_page,
    export_comment,
    hr_entries,
    period_saved_page,
    periods_form,
    read_period,
)
from bot.views.goals.key_results import ADD_RESULT, in_place
from bot.views.goals.lists import TEAM_CHART, mine_page, past_page, team_comment, team_page, tree_page
from bot.views.goals.page import CHANGE, CHART, HISTORY, PAGE, chart_comment, chart_title, history_page, page
from bot.views.goals.parts import (
    CLOSED,
    CONFIRMED,
    MINE,
    OPEN,
    PAST,
    SUGGESTED,
    TEAM,
    TREE,
    Below,
    GoalChange,
    Ref,
    ended_page,
)
from bot.views.goals.setting import CO_OWNERS, FORM, MORE, PARENT, Form, form, parent_choices, read_form
from bot.views.goals.updating import (
    NO_CHANGE,
    SERVES,
    SHORTCUT,
    UPDATE,
    checkin_blocks,
    evidence_form,
    evidence_saved_page,
    noted,
    off_track_message,
    quiet_sentence,
    quiet_step,
    read_evidence,
    read_serves,
    read_update,
    said_early,
    serves_input,
    update_form,
)
