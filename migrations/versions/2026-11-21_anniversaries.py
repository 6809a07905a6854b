"""Who does not want their work anniversary mentioned."""

import sqlalchemy as sa
from alembic import op

revision = "anniversaries"
down_revision = "awards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "anniversary_preferences",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mentioned", sa.Boolean(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_anniversary_preferences_workspace_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_anniversary_preferences_workspace_id_person_id",
        ),
        sa.UniqueConstraint(
            "workspace_id", "person_id", name="uq_anniversary_preferences_workspace_id_person_id"
        ),
    )


def downgrade() -> None:
    op.drop_table("anniversary_preferences")
