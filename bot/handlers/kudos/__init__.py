"""Kudos in Slack: payload in, one service, views out."""

from bot.handlers.kudos import afterwards, figures, giving, lines, picture, values
from bot.handlers.kudos.afterwards import open_mine
from bot.handlers.kudos.giving import open_form
from bot.handlers.kudos.lines import on_line
from bot.handlers.routing import merged

ROUTES = merged(afterwards.ROUTES, figures.ROUTES, giving.ROUTES, lines.ROUTES, picture.ROUTES, values.ROUTES)
