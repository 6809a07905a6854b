"""These views show the rhythm of the weekly check-in: the offer of a slower one, and its part of Home."""

from bot.views.nudges.home import START, preference, start_line
from bot.views.nudges.too_often import EVERY_WEEKS, Ref, slower_message, too_often
