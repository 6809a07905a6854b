"""This table lists the routes of awards. Their words are typed after /kudos."""

from bot.handlers.awards import announcing, deciding, nominating, reading, types
from bot.handlers.commands import Word
from bot.handlers.routing import merged

ROUTES = merged(announcing.ROUTES, deciding.ROUTES, nominating.ROUTES, reading.ROUTES, types.ROUTES)
WORDS = (
    Word("kudos nominate", nominating.open_form, "Nominate a colleague for an award, in confidence"),
    Word("kudos awards", reading.open_page, "Awards given, your nominations; for HR: decide and announce"),
)
