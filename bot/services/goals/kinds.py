"""The kinds of messages about goals."""

from bot.models.notifications import Why
from bot.services.notifications import Kind, Rank

OF_REPORTS = Why(
    part_of="Goals",
    rule="I tell you once when somebody who reports to you sets a goal, says that it is at risk or off track, "
    "or closes it.",
    set_by="The directory says who reports to you; your HR admins keep it.",
)
ANSWERED_MEANWHILE = {"answered": "it was answered meanwhile"}
PROPOSED = Kind(name="goals.proposed", rank=Rank.WAITS, why=OF_REPORTS, reasons=ANSWERED_MEANWHILE)
ANSWERED = Kind(
    name="goals.answered",
    rank=Rank.WAITS,
    why=Why(
        part_of="Goals",
        rule="I tell you when the goal you proposed is answered.",
        set_by="You, when you proposed it.",
    ),
)
OFF_TRACK = Kind(
    name="goals.off_track",
    rank=Rank.WAITS,
    why=OF_REPORTS,
    reasons={"back_on_track": "the goal is on track again, or closed"},
)
CLOSED = Kind(name="goals.closed", rank=Rank.NEWS, why=OF_REPORTS, reasons=ANSWERED_MEANWHILE)
PERIOD_ENDED = Kind(
    name="goals.period_ended",
    rank=Rank.WAITS,
    why=Why(
        part_of="Goals",
        rule="When a period is over I ask once for each goal of yours that is still open, so that it gets an end.",
        set_by="You chose the period when you set the goal.",
    ),
    reasons={"all_closed": "no goal of that period is open any more"},
)
KINDS = (PROPOSED, ANSWERED, OFF_TRACK, CLOSED, PERIOD_ENDED)
