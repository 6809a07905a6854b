"""Each handler for check-ins reads the payload, calls one service and answers with a view."""

from bot.handlers.checkins.form import CheckinForm, Opened, Part, Saved
from bot.handlers.checkins.home import home_part
from bot.handlers.checkins.table import routes, words
