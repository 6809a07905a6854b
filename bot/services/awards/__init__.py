"""Awards: anybody nominates, in confidence; HR decides, then announces; everybody sees the awards given.

`awards.nominate(…)`, `awards.decide(…)`, `awards.confirm(…)`: callers need only the names here.
"""

from bot.services.awards.announcing import (
    MOST_CHANNELS,
    confirm,
    draft_announcement,
    so_far,
    withdraw,
)
from bot.services.awards.deciding import decide, mark_paid
from bot.services.awards.figures import figures
from bot.services.awards.nominating import nominate
from bot.services.awards.reading import nomination, overview, posted, preview, received, waiting_for
from bot.services.awards.types import TYPES
