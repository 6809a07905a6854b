"""When people are asked for their check-in: asked at all, later, less often; what HR sets for a department."""

from bot.handlers.nudges.home import home_part
from bot.handlers.nudges.jobs import JOBS
from bot.handlers.nudges.table import ROUTES, WORDS
