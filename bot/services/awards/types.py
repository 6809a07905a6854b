"""The awards one can be nominated for. HR keeps the list."""

from bot.models import AwardType
from bot.services.catalogue import Catalogue

TYPES = Catalogue(
    rows=AwardType,
    noun="award",
    one="an award",
    only_hr="Only HR admins change the list of awards. Ask one of them.",
    too_many="There are {most} awards already, and nobody reads a longer list. Retire one first.",
    ask="Give the award a name, a few words.",
    name_limit=60,
)
