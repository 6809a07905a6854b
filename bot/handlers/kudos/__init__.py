"""Each handler for kudos reads the payload, calls one service and answers with a view."""

from datetime import timedelta

from bot.handlers.catalogue import KeptList
from bot.handlers.commands import Word
from bot.handlers.kudos import afterwards, figures, giving, lines, picture
from bot.handlers.kudos.checkin import HELPED_PART, THANKS_PART
from bot.handlers.kudos.home import home_part
from bot.handlers.routing import merged
from bot.services import kudos
from bot.timetable import Job, in_one_transaction
from bot.views import kudos as views

ROUTES = merged(
    afterwards.ROUTES,
    figures.ROUTES,
    giving.ROUTES,
    lines.ROUTES,
    picture.ROUTES,
    KeptList(kudos.VALUES, views.COMPANY_VALUES).routes(),
)
WORDS = (
    Word(
        "kudos",
        giving.open_form,
        "Thank colleagues, in a form",
        button="Give kudos",
        with_words="Kudos with these words",
        plain=frozenset({"kudos", "thanks", "thank", "praise"}),
    ),
    Word(
        "kudos",
        lines.on_line,
        "Thank them in one line; you see it before it is sent",
        example="@ana @ben for … #craft",
    ),
    Word(
        "kudos mine",
        afterwards.open_mine,
        "The thanks you gave and received, and how you like to be thanked",
        button="My kudos",
    ),
)
JOBS = (
    Job("plan_kudos_digest", timedelta(hours=1), in_one_transaction(kudos.plan_digest)),
    Job("tidy_drafts", timedelta(hours=1), in_one_transaction(kudos.tidy_drafts)),
)
