"""Importing goals from a CSV or XLSX: read it all, name every mistake, show what is new, then add it whole.

One line per key result; lines with the same owner, level, period and title are one goal. An import adds goals that
were agreed elsewhere, and tells nobody. What is there already it never changes: that is done in Slack, where the
history keeps why; a line that says something else is a mistake.
"""

from bot.services.goals_import.planning import plan
from bot.services.goals_import.stored import GoalPlan, ImportPlan, apply
