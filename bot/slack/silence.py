"""Slack's Do Not Disturb, as `dnd.teamInfo` reports it."""

from collections.abc import Mapping
from datetime import UTC, datetime

MOST_PEOPLE = 50  # in one call


def undisturbed_until(answer: object, now: datetime) -> dict[str, datetime]:
    """Slack user id → end of Do Not Disturb, for people who have it on at `now`."""
    found: dict[str, datetime] = {}
    for user_id, said in answer.items() if isinstance(answer, Mapping) else ():
        start, end = said.get("next_dnd_start_ts") or 0, said.get("next_dnd_end_ts") or 0
        if said.get("dnd_enabled") and start <= now.timestamp() < end:
            found[str(user_id)] = datetime.fromtimestamp(end, UTC)
    return found
