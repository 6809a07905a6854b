"""What the rhythm of the weekly check-in says unasked."""

from bot.views.nudges.afterwards import closed_message, done_message, not_this_week_message, slower_message
from bot.views.nudges.home import START, preferences_blocks, start_blocks
from bot.views.nudges.messages import digest_message, nudge_message, reminder_message, welcome_message
from bot.views.nudges.too_often import EVERY_WEEKS, Ref
from bot.views.nudges.words import write_button
