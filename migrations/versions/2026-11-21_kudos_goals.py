"""The goal a thank-you served."""

import sqlalchemy as sa
from alembic import op

revision = "kudos_goals"
down_revision = "anniversaries"
branch_labels = None
depends_on = None

GOAL = "fk_kudos_workspace_id_goal_id"


def upgrade() -> None:
    with op.batch_alter_table("kudos") as altered:
        altered.add_column(sa.Column("goal_id", sa.Integer()))
        altered.create_foreign_key(GOAL, "goals", ["workspace_id", "goal_id"], ["workspace_id", "id"])


def downgrade() -> None:
    with op.batch_alter_table("kudos") as altered:
        altered.drop_constraint(GOAL, type_="foreignkey")
        altered.drop_column("goal_id")
