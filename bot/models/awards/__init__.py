"""Awards: their tables, and the shapes in which services take and hand them out."""

from bot.models.awards.shapes import (
    Announcing,
    AwardFigures,
    AwardsOverview,
    Decision,
    GivenAward,
    SeenNomination,
    Standing,
    Wish,
)
from bot.models.awards.tables import AwardAnnouncement, AwardDecision, AwardType, Nomination, Verdict

__all__ = [
    "Announcing",
    "AwardAnnouncement",
    "AwardDecision",
    "AwardFigures",
    "AwardType",
    "AwardsOverview",
    "Decision",
    "GivenAward",
    "Nomination",
    "SeenNomination",
    "Standing",
    "Verdict",
    "Wish",
]
