"""The rhythm of the weekly check-in: who is asked, reminded and told what, and when. It writes rows in the
ledger and calls nobody.

`nudges.plan(…)` writes everything due soon, any number of times, from any process. `nudges.preview(…)` says
what would be written, and why or why not. `nudges.cancel_answered(…)` takes back what a check-in has made
needless.
"""

from bot.services.nudges.answered import cancel_answered
from bot.services.nudges.kinds import DIGEST, NUDGE, REMINDER, WELCOME, needless
from bot.services.nudges.planning import Planned, begin, finish, plan, plan_batch, replan
from bot.services.nudges.preview import PlannedNudge, Preview, preview
from bot.services.nudges.rollout import FirstRound, first_round, start, started_at
