"""Fills a workspace with people: from a CSV file, or as many thousands as a test wants."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from playground.workspace.members import Member

KINDS: Mapping[str, Mapping[str, Any]] = {
    "member": {},
    "guest": {"is_restricted": True},
    "single_channel_guest": {"is_restricted": True, "is_ultra_restricted": True},
    "bot": {"is_bot": True},
    "deactivated": {"deleted": True},
}
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo")


def read_people(path: Path, team_id: str) -> Iterator[Member]:
    """The people of a CSV file. Columns that Slack knows nothing of (department, manager, …) are skipped."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Member(
                id=row["slack_user_id"],
                team_id=team_id,
                name=row["email"].partition("@")[0] or row["slack_user_id"].lower(),
                real_name=row["name"],
                display_name=row.get("display_name") or "",
                email=row["email"] or None,
                title=row.get("title") or "",
                tz=row.get("timezone") or "UTC",
                start_date=row.get("start_date") or "",
                status_emoji=row.get("status_emoji") or "",
                status_text=row.get("status_text") or "",
                **KINDS[row.get("kind") or "member"],
            )


def invent_people(count: int, team_id: str) -> Iterator[Member]:
    """Plausible people in bulk, spread over five zones; the same ones every time."""
    for number in range(count):
        yield Member(
            id=f"U{number:010d}",
            team_id=team_id,
            name=f"person{number}",
            real_name=f"Person {number}",
            email=f"person{number}@example.com",
            tz=ZONES[number % len(ZONES)],
        )
