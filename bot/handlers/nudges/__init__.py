"""People choose when they are asked for their check-in, and HR chooses for a department."""

from bot.handlers.commands import Word
from bot.handlers.nudges import asking, preferences
from bot.handlers.nudges.home import home_part
from bot.handlers.nudges.jobs import JOBS
from bot.handlers.routing import merged

ROUTES = merged(asking.ROUTES, preferences.ROUTES)
WORDS = (
    Word(
        "rapport preferences",
        preferences.open_preferences,
        "The day and time I ask you, and how often",
        button="Preferences",
        plain=frozenset({"preferences", "settings"}),
    ),
)
