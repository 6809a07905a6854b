"""The ledger remembers when a message was opened from, and when its moment was over."""

import sqlalchemy as sa
from alembic import op

revision = "moments"
down_revision = "team_week"
branch_labels = None
depends_on = None

STANDING = "slack_ts IS NOT NULL AND ended_at IS NULL"


def upgrade() -> None:
    op.add_column("notifications", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("notifications", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_notifications_standing",
        "notifications",
        ["workspace_id", "id"],
        sqlite_where=sa.text(STANDING),
        postgresql_where=sa.text(STANDING),
    )


def downgrade() -> None:
    op.drop_index("ix_notifications_standing", table_name="notifications")
    op.drop_column("notifications", "ended_at")
    op.drop_column("notifications", "opened_at")
