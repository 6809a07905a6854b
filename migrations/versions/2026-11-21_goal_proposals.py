"""Which version of a goal its owner asked agreement for, so that progress made since does not stand in the way."""

import sqlalchemy as sa
from alembic import op

revision = "goal_proposals"
down_revision = "kudos"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "goals", sa.Column("proposed_version", sa.Integer(), nullable=False, server_default=sa.text("1"))
    )


def downgrade() -> None:
    with op.batch_alter_table("goals") as goals:
        goals.drop_column("proposed_version")
