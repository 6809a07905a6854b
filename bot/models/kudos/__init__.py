"""The tables of kudos, and the values that services take and return."""

from bot.models.kudos.figures import KudosFigures, MonthOfKudos
from bot.models.kudos.shapes import CheckedThanks, GivenKudos, MyKudos, Thanks, ValueCount
from bot.models.kudos.tables import (
    CompanyValue,
    FormerValueName,
    Kudos,
    KudosAudience,
    KudosDigest,
    KudosDraft,
    KudosEcho,
    KudosEntry,
    KudosEvent,
    KudosReceiver,
    ThanksPreference,
)
