"""Goals in Slack: payload in, one service, views out."""

from bot.handlers.goals.checkin import CHECKIN_PART
from bot.handlers.goals.home import home_part
from bot.handlers.goals.table import JOBS, ROUTES, WORDS
