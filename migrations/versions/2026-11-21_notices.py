"""Notices, and the inbox that makes each request count once."""

import sqlalchemy as sa
from alembic import op

revision = "notices"
down_revision = "people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(64), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slack_channel", sa.String(32), nullable=True),
        sa.Column("slack_ts", sa.String(32), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("update_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_notices_workspace_id_id"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_notices_workspace_id_key"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_notices_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_notices_workspace_id_person_id",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "merged_into_id"],
            ["notices.workspace_id", "notices.id"],
            name="fk_notices_workspace_id_merged_into_id",
        ),
    )
    _partial_index("ix_notices_due", "due_at", "state = 'planned'")
    _partial_index("ix_notices_expiring", "expires_at", "state = 'planned'")
    _partial_index("ix_notices_open", "lease_until", "state IN ('sending', 'unknown')")
    _partial_index("ix_notices_update_due", "update_due_at", "update_due_at IS NOT NULL")
    _partial_index("ix_notices_merged", "merged_into_id", "merged_into_id IS NOT NULL")
    op.create_index("ix_notices_person_id_sent_at", "notices", ["workspace_id", "person_id", "sent_at"])
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_inbox_workspace_id_key"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_inbox_workspace_id"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])


def downgrade() -> None:
    op.drop_table("inbox")
    op.drop_table("notices")


def _partial_index(name: str, column: str, condition: str) -> None:
    """Small whatever the ledger grows to: only rows with something left to do are in it."""
    where = sa.text(condition)
    op.create_index(name, "notices", ["workspace_id", column], sqlite_where=where, postgresql_where=where)
