"""The directory as Slack tells it: user objects become people. The nightly sync and two events come here.

Slack leads for name, e-mail, active or not, and member, guest or app; a CSV leads for the rest
(`services/people_import`). A bot's, guest's or leaver's row is kept so that they can be refused by name.
"""

from bot.services.directory.listing import close_listing, listing_is_due, open_listing
from bot.services.directory.members import SlackMember, members_from_slack
from bot.services.directory.mirror import Mirrored, apply
from bot.services.directory.signs import away_signs, choose_signs, signs_for_hr
