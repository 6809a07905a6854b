"""Kudos in Slack: payload in, one service, views out."""

from bot.handlers.kudos.checkin import CHECKIN_PART
from bot.handlers.kudos.home import home_part
from bot.handlers.kudos.table import JOBS, ROUTES, WORDS
