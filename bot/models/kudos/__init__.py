"""Kudos: their tables, and the shapes in which services take and hand them out."""

from bot.models.kudos.shapes import CheckedThanks, GivenKudos, MyKudos, Thanks, ValueCount
from bot.models.kudos.tables import (
    CompanyValue,
    FormerValueName,
    Kudos,
    KudosAudience,
    KudosDraft,
    KudosEcho,
    KudosEntry,
    KudosEvent,
    KudosReceiver,
    ThanksPreference,
)

__all__ = [
    "CheckedThanks",
    "CompanyValue",
    "FormerValueName",
    "GivenKudos",
    "Kudos",
    "KudosAudience",
    "KudosDraft",
    "KudosEcho",
    "KudosEntry",
    "KudosEvent",
    "KudosReceiver",
    "MyKudos",
    "Thanks",
    "ThanksPreference",
    "ValueCount",
]
