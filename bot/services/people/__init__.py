"""People: names, reporting lines, the HR role. Every other service builds on them."""

from bot.services.people.active import ACTIVE, standing
from bot.services.people.departments import department_path
from bot.services.people.hr import grant_hr, hr_admins, is_hr, revoke_hr, whom_to_ask
from bot.services.people.lines import (
    chunked,
    line_above,
    lock_directory,
    reports_of,
    set_manager,
    set_managers,
    stands_above,
)
from bot.services.people.listing import Entry, Listing, everybody
from bot.services.people.lookup import by_email, by_id, by_slack_id, names_of, refuse_outsiders
from bot.services.people.mentions import mentioned
