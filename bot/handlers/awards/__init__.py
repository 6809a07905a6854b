"""Each handler for awards reads the payload, calls one service and answers with a view."""

from bot.handlers.awards.home import home_part
from bot.handlers.awards.table import ROUTES, WORDS
