"""The directory mirrors Slack: user objects become people, through the nightly sync and two events.

Slack leads for name, e-mail, active or not, and member, guest or app; a CSV leads for the rest
(`services/people_import`). Bots, guests and leavers keep a row, so that a refusal can name them.
"""

from bot.services.directory.listing import close_listing, listing_is_due, open_listing
from bot.services.directory.members import SlackMember, members_from_slack
from bot.services.directory.merging import PassOn
from bot.services.directory.mirror import Mirrored, apply
from bot.services.directory.signs import away_signs, choose_signs, signs_for_hr
