"""Kinds of messages that no capability has."""

from typing import Any

from bot.models.notifications import Why
from bot.services.notifications import Kind, Rank

WHY = Why(part_of="A test", rule="It comes when a test wants it.", set_by="The test.")


def a_kind(name: str = "test", rank: Rank | None = Rank.WAITS, **values: Any) -> Kind:
    return Kind(name=name, rank=rank, why=WHY, **values)
