"""Each handler for check-ins reads the payload, calls one service and answers with a view."""

from bot.handlers.checkins import pages, settings
from bot.handlers.checkins.form import CheckinForm, JustShared, Opened, Part, Saved
from bot.handlers.checkins.home import home_part
from bot.handlers.commands import Word
from bot.handlers.routing import Routes, merged


def routes(form: CheckinForm) -> Routes:
    return merged(form.routes(), pages.ROUTES, settings.ROUTES)


def words(form: CheckinForm) -> tuple[Word, ...]:
    return (
        Word(
            "checkin",
            form.open,
            "Write this week's check-in, or edit it until the week closes",
            button="Check in",
            with_words="Check-in with these words",
            plain=frozenset({"checkin", "check-in", "week", "finished", "fixed", "shipped", "built", "done"}),
        ),
        Word("checkin", form.open, "The same, begun with these words", example="I fixed …"),
        Word(
            "checkin history",
            pages.open_history,
            "Your earlier check-ins and what was said to them",
            button="My check-ins",
            plain=frozenset({"history"}),
        ),
        Word(
            "checkin team",
            pages.open_team,
            "For managers: your team's week, obstacles first",
            button="My team's week",
            plain=frozenset({"team"}),
            for_managers=True,
        ),
        Word("checkin export", pages.send_export, "All your check-ins as a CSV file, sent to you only"),
    )
