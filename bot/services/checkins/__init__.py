"""The weekly check-in: write it, read it, respond to it, look at a team's week.

`checkins.submit(…)`, `checkins.read(…)`, `checkins.comment(…)`: callers need only the names here.
"""

from bot.services.checkins.asking import questions_for
from bot.services.checkins.obstacles import call_for_help
from bot.services.checkins.reading import access, hand_over, history, own_weeks, read, written
from bot.services.checkins.responding import clear_obstacle, comment, react, take_obstacle_on
from bot.services.checkins.settings import choose_pack, open_to_line_above, settings
from bot.services.checkins.team import team_week
from bot.services.checkins.thanking import help_told, suggests_thanks
from bot.services.checkins.versions import all_of, versions
from bot.services.checkins.writing import prefill, shared, submit
