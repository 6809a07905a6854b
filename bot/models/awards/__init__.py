"""The tables of awards, and the values that services take and return."""

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
