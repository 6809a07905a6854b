"""Recognition between colleagues: give thanks, take them back, read one's own; and the company's values.

`kudos.give(…)`, `kudos.take_back(…)`, `kudos.mine(…)`: callers need only the names here.
"""

from bot.services.kudos.checking import checked, colleagues_among
from bot.services.kudos.counting import counts
from bot.services.kudos.digest import (
    choose_digest_channel,
    digest_channel,
    month_of_kudos,
    plan_digest,
    recognition_channel,
)
from bot.services.kudos.drafts import (
    change_draft,
    discard_draft,
    draft_of,
    keep_draft,
    take_draft,
    tidy_drafts,
)
from bot.services.kudos.echoes import posted_as, react
from bot.services.kudos.figures import figures
from bot.services.kudos.giving import give, to_say_anew, usual_channel
from bot.services.kudos.last import gave_lately, last_in_public
from bot.services.kudos.preferences import (
    WANTS_PRIVATE,
    in_private,
    prefer_private,
    prefers_private,
    respect_wishes,
)
from bot.services.kudos.reading import mine, newest_received, older, posted, read, received, removal_reason
from bot.services.kudos.taking_back import remove, require_own, require_removable, take_back
from bot.services.kudos.team import unthanked
from bot.services.kudos.values import VALUES, value_called, value_names
