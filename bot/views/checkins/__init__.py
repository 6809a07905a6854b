"""These views show check-ins in Slack: the form, the check-in as a page, the team's week, the history and Home."""

from bot.views.checkins.afterwards import closed_message, done_message, not_this_week_message
from bot.views.checkins.asking import digest_message, nudge_message, reminder_message, welcome_message
from bot.views.checkins.export import EXPORT_COMMENT, EXPORT_TITLE, export_note, export_rows
from bot.views.checkins.filled import Filled, filled_before, filled_now
from bot.views.checkins.form import FORM, LOCKED, MORE, FormPart, form
from bot.views.checkins.lists import HAND_OVER, HISTORY_PAGE, TEAM_PAGE, history_page, team_page
from bot.views.checkins.messages import (
    answered_message,
    obstacle_message,
    obstacle_over_message,
    team_message,
)
from bot.views.checkins.page import (
    CLEAR,
    COMMENT,
    OPEN,
    REACT,
    TAKE_ON,
    VERSIONS,
    page,
    read_comment,
    versions_page,
)
from bot.views.checkins.ref import Ref
from bot.views.checkins.sections import (
    WRITE,
    hr_entries,
    mine_lines,
    quick_action,
    team_on_home,
    waiting_lines,
)
from bot.views.checkins.settings import (
    PERSON,
    SETTINGS,
    TEAM,
    read_settings,
    settings_form,
    settings_saved_page,
)
from bot.views.checkins.shared import shared_page
from bot.views.checkins.submitted import read_form
from bot.views.checkins.words import names, write_button
