"""Awards in Slack: payload in, one service, views out."""

from bot.handlers.awards.home import home_part
from bot.handlers.awards.table import ROUTES, WORDS
