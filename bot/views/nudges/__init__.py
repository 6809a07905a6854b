"""What the rhythm says unasked, how it is put off, and why it came."""

from bot.views.nudges.afterwards import (
    closed_message,
    done_message,
    not_this_week_message,
    slower_message,
    snoozed_message,
)
from bot.views.nudges.home import START, preferences_blocks, start_blocks
from bot.views.nudges.menu import AFTERWARDS, MENU, menu
from bot.views.nudges.merged import SHOWN, merged_message
from bot.views.nudges.messages import (
    DIGEST,
    NUDGE,
    REMINDER,
    WELCOME,
    digest_message,
    nudge_message,
    reminder_message,
    welcome_message,
)
from bot.views.nudges.ref import MenuItem, Ref
from bot.views.nudges.too_often import EVERY_WEEKS
from bot.views.nudges.why import why_window
