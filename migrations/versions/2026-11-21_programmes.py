"""Since when the weekly check-in asks people by itself, and how far ahead it has been planned."""

import sqlalchemy as sa
from alembic import op

revision = "programmes"
down_revision = "pauses"
branch_labels = None
depends_on = None

COLUMNS = ("checkins_started_at", "checkins_planned_until")


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("workspaces", sa.Column(column, sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("workspaces") as workspaces:
        for column in COLUMNS:
            workspaces.drop_column(column)
