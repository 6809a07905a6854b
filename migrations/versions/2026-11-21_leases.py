"""Leases: who leads what only one process may do."""

import sqlalchemy as sa
from alembic import op

revision = "leases"
down_revision = "programmes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("fencing", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_leases_workspace_id"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_leases_workspace_id_name"),
    )


def downgrade() -> None:
    op.drop_table("leases")
