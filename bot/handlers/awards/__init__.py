"""Each handler for awards reads the payload, calls one service and answers with a view."""

from bot.handlers.awards import announcing, deciding, nominating, reading
from bot.handlers.awards.home import home_part
from bot.handlers.catalogue import KeptList
from bot.handlers.commands import Word
from bot.handlers.routing import merged
from bot.services import awards
from bot.views import awards as views

ROUTES = merged(
    announcing.ROUTES,
    deciding.ROUTES,
    nominating.ROUTES,
    reading.ROUTES,
    KeptList(awards.TYPES, views.AWARDS).routes(),
)
WORDS = (
    Word(
        "kudos nominate",
        nominating.open_form,
        "Nominate a colleague for an award, in confidence",
        plain=frozenset({"nominate"}),
        button="Nominate",
    ),
    Word(
        "kudos awards",
        reading.open_page,
        "Awards given, your nominations; for HR: decide and announce",
        button="Awards",
        plain=frozenset({"award", "awards"}),
    ),
)
