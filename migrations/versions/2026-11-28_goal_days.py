"""The day from which a goal counts, and for how long its numbers to hold have held."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "goal_days"
down_revision = "ranks"
branch_labels = None
depends_on = None

OPEN = ("proposed", "change_suggested", "agreed")
PRECISION = 1e-9
UNKNOWN = sa.text("'2000-01-01'")  # SQLite adds no column without a value for the rows that are there

GOALS = sa.table(
    "goals",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("state", sa.String),
    sa.column("starts_on", sa.Date),
    sa.column("ends_on", sa.Date),
    sa.column("set_at", sa.DateTime(timezone=True)),
    sa.column("begins_on", sa.Date),
    sa.column("scored_on", sa.Date),
    sa.column("progress", sa.Double),
    sa.column("daily_gain", sa.Double),
)
RESULTS = sa.table(
    "key_results",
    sa.column("id", sa.Integer),
    sa.column("goal_id", sa.Integer),
    sa.column("measure", sa.String),
    sa.column("target", sa.Double),
    sa.column("current", sa.Double),
    sa.column("tolerance", sa.Double),
    sa.column("weight", sa.Double),
    sa.column("dropped_at", sa.DateTime(timezone=True)),
    sa.column("held_from", sa.Date),
    sa.column("read_on", sa.Date),
)


def upgrade() -> None:
    for name in ("begins_on", "scored_on"):
        op.add_column("goals", sa.Column(name, sa.Date(), nullable=False, server_default=UNKNOWN))
    op.add_column("goals", sa.Column("daily_gain", sa.Double(), nullable=False, server_default=sa.text("0")))
    op.add_column("key_results", sa.Column("held_from", sa.Date()))
    op.add_column("key_results", sa.Column("read_on", sa.Date()))
    op.add_column(
        "key_results", sa.Column("held_days", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    _fill()


def _fill() -> None:
    """A goal that is there counts from the day it was set. How a number to hold was read last counts from then on,
    since earlier readings are not kept by day.
    """
    database = op.get_bind()
    results: dict[int, list[Any]] = {}
    for result in database.execute(sa.select(RESULTS).where(RESULTS.c.dropped_at.is_(None))):
        results.setdefault(result.goal_id, []).append(result)
    for goal in database.execute(sa.select(GOALS)).all():
        day = _begins_on(goal)
        gain = _fill_holds(goal, day, results.get(goal.id, ()))
        values = {"begins_on": day, "scored_on": day, **gain}
        database.execute(GOALS.update().where(GOALS.c.id == goal.id).values(**values))


def _begins_on(goal: Any) -> date:
    set_at: datetime = goal.set_at
    day: date = min(goal.ends_on, max(goal.starts_on, set_at.date()))
    return day


def _fill_holds(goal: Any, day: date, results: Sequence[Any]) -> dict[str, float]:
    """A number that held counted in full until now; from now on it gains a share each day."""
    holds = [one for one in results if one.measure == "hold"]
    if not holds:
        return {}
    ids = [one.id for one in holds]
    op.get_bind().execute(RESULTS.update().where(RESULTS.c.id.in_(ids)).values(held_from=day, read_on=day))
    if goal.kind == "learning" or goal.state not in OPEN:
        return {}
    held = sum(one.weight for one in holds if abs(one.current - one.target) <= one.tolerance + PRECISION)
    share = held / sum(one.weight for one in results)
    days = (goal.ends_on - day).days + 1
    return {"progress": max(0.0, goal.progress - share), "daily_gain": share / days}


def downgrade() -> None:
    """Progress stays as it was counted last; the next update of a goal counts it anew."""
    for column in ("held_days", "read_on", "held_from"):
        op.drop_column("key_results", column)
    for column in ("daily_gain", "scored_on", "begins_on"):
        op.drop_column("goals", column)
