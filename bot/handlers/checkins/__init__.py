"""Check-ins in Slack: payload in, one service, views out."""

from bot.handlers.checkins.form import CheckinForm, Opened, Part, Saved
from bot.handlers.checkins.home import home_part
from bot.handlers.checkins.table import routes, words
