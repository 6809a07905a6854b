"""Absence signs: which Slack status counts as being away, where a company chose its own."""

import sqlalchemy as sa
from alembic import op

revision = "absence_signs"
down_revision = "leases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence_signs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("sign", sa.String(64), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_absence_signs_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "chosen_by_id"],
            ["people.workspace_id", "people.id"],
            name="fk_absence_signs_workspace_id_chosen_by_id",
        ),
        sa.UniqueConstraint("workspace_id", "sign", name="uq_absence_signs_workspace_id_sign"),
    )


def downgrade() -> None:
    op.drop_table("absence_signs")
