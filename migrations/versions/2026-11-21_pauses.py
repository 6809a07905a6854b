"""Pauses: silence that somebody asked for."""

import sqlalchemy as sa
from alembic import op

revision = "pauses"
down_revision = "rhythms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pauses",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_pauses_workspace_id"),
        _within("person_id"),
        _within("set_by_id"),
        sa.CheckConstraint("since < until", name="ck_pauses_order"),
    )
    op.create_index(
        "ix_pauses_workspace_id_person_id_until", "pauses", ["workspace_id", "person_id", "until"]
    )


def _within(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        ["people.workspace_id", "people.id"],
        name=f"fk_pauses_workspace_id_{column}",
    )


def downgrade() -> None:
    op.drop_table("pauses")
