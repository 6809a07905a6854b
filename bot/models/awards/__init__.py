"""Awards: their tables, and the shapes in which services take and hand them out."""

from bot.models.awards.shapes import (
    Announcing,
    AwardFigures,
    AwardsOverview,
    Decision,
    GivenAward,
    NewNomination,
    SeenNomination,
    Standing,
)
from bot.models.awards.tables import AwardAnnouncement, AwardDecision, AwardType, Nomination, Verdict
