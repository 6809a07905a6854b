"""Each handler for kudos reads the payload, calls one service and answers with a view."""

from bot.handlers.kudos.checkin import CHECKIN_PART
from bot.handlers.kudos.home import home_part
from bot.handlers.kudos.table import JOBS, ROUTES, WORDS
