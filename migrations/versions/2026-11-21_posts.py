"""A notice may be said in a channel instead of to the person whose post it is."""

import sqlalchemy as sa
from alembic import op

revision = "posts"
down_revision = "goals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notices", sa.Column("to_channel", sa.String(32)))
    in_channel = sa.text("to_channel IS NOT NULL")
    op.create_index(
        "ix_notices_posts",
        "notices",
        ["workspace_id", "slack_channel", "slack_ts"],
        sqlite_where=in_channel,
        postgresql_where=in_channel,
    )


def downgrade() -> None:
    op.drop_index("ix_notices_posts", "notices")
    op.drop_column("notices", "to_channel")
