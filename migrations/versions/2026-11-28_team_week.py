"""A manager's messages about shared check-ins become one per week.

Of the rows of one manager and week, the one that stands in the conversation (or else the first) becomes the message of
the whole week. The others that still wait are not sent: it says what they would have said.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "team_week"
down_revision = "answers"
branch_labels = None
depends_on = None

SHARED, OBSTACLE = "checkins.shared", "checkins.obstacle"
STANDING = ("sent", "sending", "unknown")
rows = sa.table(
    "notifications",
    *(sa.column(name) for name in ("id", "workspace_id", "person_id", "kind", "key", "state", "reason")),
    sa.column("subject", sa.JSON),
)
checkins = sa.table("checkins", sa.column("id"), sa.column("week", sa.Date))


def upgrade() -> None:
    connection = op.get_bind()
    weeks = {
        one.id: one.week.isoformat() for one in connection.execute(sa.select(checkins.c.id, checkins.c.week))
    }
    shared = connection.execute(sa.select(rows).where(rows.c.kind == SHARED)).all()
    told = [(one, weeks[one.subject["checkin"]]) for one in shared if one.subject.get("checkin") in weeks]
    told.sort(key=_order)
    for (_, person_id, week), of_week in groupby(told, key=_manager_and_week):
        _merge(connection, person_id, week, [row for row, _ in of_week])


def _manager_and_week(told: tuple[Any, str]) -> tuple[str, int, str]:
    row, week = told
    return row.workspace_id, row.person_id, week


def _order(told: tuple[Any, str]) -> tuple[Any, ...]:
    row, _ = told
    return (*_manager_and_week(told), row.state not in STANDING, row.state != "planned", row.id)


def _merge(connection: sa.Connection, person_id: int, week: str, of_week: Iterable[Any]) -> None:
    for place, row in enumerate(of_week):
        values: dict[str, Any] = {"subject": {**row.subject, "week": week}}
        if place == 0:
            values["key"] = f"{SHARED}:{person_id}:{week}"
        elif row.state == "planned":
            values |= {"state": "skipped", "reason": "in_team_week"}
        connection.execute(rows.update().where(rows.c.id == row.id).values(**values))


def downgrade() -> None:
    """What the version before cannot write is not sent."""
    connection = op.get_bind()
    planned = sa.select(rows).where(rows.c.kind.in_((SHARED, OBSTACLE)), rows.c.state == "planned")
    for row in connection.execute(planned).all():
        if row.kind == OBSTACLE or "checkin" not in row.subject:
            connection.execute(
                rows.update().where(rows.c.id == row.id).values(state="skipped", reason="not_composed")
            )
