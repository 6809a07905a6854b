"""A direct answer remembers when its reader did what it answers, and every message to a person has a rank."""

import sqlalchemy as sa
from alembic import op

revision = "answers"
down_revision = "typed_numbers"
branch_labels = None
depends_on = None

RANKS = {
    1: ("checkins.digest",),
    2: ("checkins.answered", "goals.answered", "awards.received", "posts.refused", "welcome"),
    3: ("awards.decided",),
}
BEFORE = {None: RANKS[2][:-1] + RANKS[3], 3: ("checkins.digest", "welcome")}


def upgrade() -> None:
    op.add_column("notifications", sa.Column("answers_at", sa.DateTime(timezone=True), nullable=True))
    _rank(RANKS)


def downgrade() -> None:
    _rank(BEFORE)
    op.drop_column("notifications", "answers_at")


def _rank(ranks: dict[int, tuple[str, ...]] | dict[int | None, tuple[str, ...]]) -> None:
    rows = sa.table("notifications", sa.column("rank", sa.SmallInteger), sa.column("kind", sa.String))
    for rank, kinds in ranks.items():
        op.execute(rows.update().where(rows.c.kind.in_(kinds)).values(rank=rank))
