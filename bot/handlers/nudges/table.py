"""This table lists the routes and words of the check-in's rhythm."""

from bot.handlers.commands import Word
from bot.handlers.nudges import asking, preferences
from bot.handlers.routing import merged

ROUTES = merged(asking.ROUTES, preferences.ROUTES)
WORDS = (
    Word("rapport preferences", preferences.open_preferences, "The day and time I ask you, and how often"),
)
