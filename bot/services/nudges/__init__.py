"""The planned half of the bot: who is asked, reminded and told what, and when. Rows in the ledger, never a call.

`nudges.plan(…)` writes what is due soon, any number of times, from any process; `nudges.preview(…)` says what it
would write, and why or why not; `nudges.cancel_answered(…)` takes back what a check-in has made needless.
"""

from bot.services.nudges.answered import asks_at, cancel_answered, needless
from bot.services.nudges.kinds import DIGEST, NUDGE, REMINDER, UNASKED, WELCOME
from bot.services.nudges.planning import Planned, begin, finish, plan, plan_batch, replan
from bot.services.nudges.preview import PlannedNudge, Preview, preview
from bot.services.nudges.putting_off import PutOff, asks_for, later
from bot.services.nudges.resending import Resent, resend
from bot.services.nudges.rollout import FirstRound, first_round, start, started_at
