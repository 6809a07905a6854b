"""Awards in Slack: payload in, one service, views out."""

from bot.handlers.awards import announcing, deciding, nominating, reading, types
from bot.handlers.awards.nominating import open_form
from bot.handlers.awards.reading import open_page
from bot.handlers.routing import merged

ROUTES = merged(announcing.ROUTES, deciding.ROUTES, nominating.ROUTES, reading.ROUTES, types.ROUTES)
