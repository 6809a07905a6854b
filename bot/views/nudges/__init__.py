"""The rhythm of the weekly check-in: a slower one on offer, and what Home says about it."""

from bot.views.nudges.home import START, preferences_blocks, start_blocks
from bot.views.nudges.too_often import EVERY_WEEKS, Ref, slower_message, too_often
