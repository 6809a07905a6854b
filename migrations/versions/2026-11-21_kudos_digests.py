"""Where HR wants the month's look back at kudos posted."""

import sqlalchemy as sa
from alembic import op

revision = "kudos_digests"
down_revision = "goal_owners"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kudos_digests",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32)),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_kudos_digests_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "chosen_by_id"],
            ["people.workspace_id", "people.id"],
            name="fk_kudos_digests_workspace_id_chosen_by_id",
        ),
        sa.UniqueConstraint("workspace_id", name="uq_kudos_digests_workspace_id"),
    )


def downgrade() -> None:
    op.drop_table("kudos_digests")
