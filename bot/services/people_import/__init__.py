"""Importing people from a CSV: read all of it, report every mistake, show the difference, then apply it whole.

The CSV leads for manager, department, title, start date and country, and gives names and addresses only to
people Slack does not know yet. A missing column leaves its field alone; an empty cell empties the field, except
for a name, an address or a zone, which stay.
"""

from bot.services.people_import.applying import apply
from bot.services.people_import.plan import Difference, ImportPlan, PersonPlan
from bot.services.people_import.planning import plan
