"""All unasked messages share these parts: the menu, the reason why they came, and several merged into one."""

from bot.views.notifications.afterwards import not_this_week_message, snoozed_message
from bot.views.notifications.ended import (
    NOTHING_WAITS,
    ended_message,
    ended_words,
    has_buttons,
    signed,
    signed_by,
    without_buttons,
)
from bot.views.notifications.menu import AFTERWARDS, MENU, WEEKLY, menu
from bot.views.notifications.merged import SHOWN, merged_message
from bot.views.notifications.ref import MenuItem, Ref
from bot.views.notifications.rehearsal import rehearsal_message
from bot.views.notifications.why import OTHER, why_window
from bot.views.notifications.words import saying
