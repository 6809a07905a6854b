"""How goals look in Slack: lists and the tree, one goal's page, forms and what comes back from them, messages, Home."""

from bot.views.goals.changing import (
    ADD,
    ALIGN,
    EDIT,
    HAND_OVER,
    OWNER,
    SUGGEST,
    add_form,
    align_form,
    edit_form,
    hand_over_form,
    read_add,
    read_align,
    read_edit,
    read_hand_over,
    read_text,
    suggest_form,
)
from bot.views.goals.checkin import SERVES, checkin_blocks, read_serves, serves_input
from bot.views.goals.closing import (
    CLOSE,
    COMMENT_ON,
    CONFIRM,
    close_form,
    confirm_form,
    read_close,
    read_confirm,
)
from bot.views.goals.evidence import SHORTCUT, evidence_form, read_evidence
from bot.views.goals.files import (
    CHART,
    CSV,
    EXPORT,
    TEAM_CHART,
    XLSX,
    chart_comment,
    chart_title,
    export_comment,
    team_comment,
)
from bot.views.goals.form import CO_OWNERS, FORM, MORE, PARENT, Form, form, parent_choices, read_form
from bot.views.goals.history import HISTORY, history_page
from bot.views.goals.hr import (
    COVERAGE,
    PERIODS,
    REMOVE_PERIOD,
    coverage_page,
    hr_buttons,
    periods_form,
    read_period,
)
from bot.views.goals.key_results import in_line
from bot.views.goals.lists import MINE, OPEN, PAST, TEAM, TREE, mine_page, past_page, team_page, tree_page
from bot.views.goals.messages import (
    answered_message,
    closed_message,
    ended_message,
    off_track_message,
    proposed_message,
    quiet_sentence,
)
from bot.views.goals.page import AGREE, CHANGE, page
from bot.views.goals.ref import Below, GoalChange, Ref
from bot.views.goals.retargeting import RETARGET, read_retarget, retarget_field, retarget_form
from bot.views.goals.sections import company_section, mine_section, team_section, waiting_lines
from bot.views.goals.update import NO_CHANGE, UPDATE, noted, said_early
from bot.views.goals.update import form as update_form
from bot.views.goals.update import read as read_update
