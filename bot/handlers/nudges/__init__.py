"""People choose when they are asked for their check-in, and HR chooses for a department."""

from bot.handlers.nudges.home import home_part
from bot.handlers.nudges.jobs import JOBS
from bot.handlers.nudges.table import ROUTES, WORDS
