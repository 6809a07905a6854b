"""Each row of the ledger says how much it matters when its reader's day or week is full."""

import sqlalchemy as sa
from alembic import op

revision = "ranks"
down_revision = "notifications"
branch_labels = None
depends_on = None

RANKS = {
    1: ("checkins.nudge", "checkins.reminder"),
    2: ("goals.proposed", "goals.off_track", "goals.period_ended", "awards.waiting"),
    3: (
        "checkins.digest",
        "checkins.shared",
        "welcome",
        "goals.closed",
        "kudos.removed",
        "anniversaries.coming",
    ),
    4: ("kudos.received",),
}


def upgrade() -> None:
    op.add_column("notifications", sa.Column("rank", sa.SmallInteger(), nullable=True))
    rows = sa.table("notifications", sa.column("rank", sa.SmallInteger), sa.column("kind", sa.String))
    for rank, kinds in RANKS.items():
        op.execute(rows.update().where(rows.c.kind.in_(kinds)).values(rank=rank))


def downgrade() -> None:
    op.drop_column("notifications", "rank")
