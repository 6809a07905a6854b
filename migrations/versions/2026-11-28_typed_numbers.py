"""The numbers of a key result as they were typed."""

import sqlalchemy as sa
from alembic import op

revision = "typed_numbers"
down_revision = "goal_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("key_results", sa.Column("typed", sa.JSON()))


def downgrade() -> None:
    op.drop_column("key_results", "typed")
