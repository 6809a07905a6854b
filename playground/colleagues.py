"""The people of the sample company who live in its story: the members, from the company's CSV."""

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Colleague:
    id: str
    name: str
    department: str
    manager: str | None
    zone: ZoneInfo
    since: date
    away: bool

    def at(self, day: date, hour: float) -> datetime:
        """That hour of that day where they live."""
        local = datetime.combine(day, time(), tzinfo=self.zone) + timedelta(hours=hour)
        return local.astimezone(UTC)


def colleagues(company: Path) -> list[Colleague]:
    """Everybody in the company's CSV who checks in: members, no guests and no bots."""
    with company.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] == "member"]
    ids = {row["email"]: row["slack_user_id"] for row in rows}
    return [
        Colleague(
            id=row["slack_user_id"],
            name=row["display_name"] or row["name"],
            department=row["department"].partition(" / ")[0] or "core",
            manager=ids.get(row["manager_email"]),
            zone=ZoneInfo(row["timezone"]),
            since=date.fromisoformat(row["start_date"]),
            away=row["status_text"] == "Vacationing",
        )
        for row in rows
    ]
