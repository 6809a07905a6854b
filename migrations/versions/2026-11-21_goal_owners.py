"""Since when somebody owns or shares a goal: what was said before was said to others."""

import sqlalchemy as sa
from alembic import op

revision = "goal_owners"
down_revision = "goal_proposals"
branch_labels = None
depends_on = None

COLUMNS = (("goals", "owned_since"), ("goal_co_owners", "since"))


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True)))


def downgrade() -> None:
    for table, column in COLUMNS:
        with op.batch_alter_table(table) as altered:
            altered.drop_column(column)
