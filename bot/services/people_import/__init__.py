"""Importing people from a CSV: read it all, name every mistake, show the difference, then apply it whole.

The CSV leads for manager, department, title, start date and country, and gives names and addresses only to
people Slack does not know yet. A column that is missing leaves its field alone; an empty cell in a column that
is there empties it (for a name, an address or a zone there is nothing to empty: those stay).
"""

from bot.services.people_import.applying import apply
from bot.services.people_import.plan import Difference, ImportPlan, PersonPlan
from bot.services.people_import.planning import plan
