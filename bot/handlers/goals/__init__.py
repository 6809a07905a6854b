"""Each handler for goals reads the payload, calls one service and answers with a view."""

from bot.handlers.goals.checkin import CHECKIN_PART
from bot.handlers.goals.home import home_part
from bot.handlers.goals.table import JOBS, ROUTES, WORDS
