"""App Home: what a capability shows there, and where on the tab it stands."""

from bot.views.home.parts import Fit, HomePart, HrEntry, HrGroup, Line, QuickAction, Urgency, WaitingLine
from bot.views.home.tab import MOST_BLOCKS, SHOW_WAITING, SHOW_WHOLE, closed, home, refreshed, waiting
