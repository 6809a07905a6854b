"""When people are asked: their own rhythm, a department's, the company's; and whether "Too often?" was asked."""

import sqlalchemy as sa
from alembic import op

revision = "rhythms"
down_revision = "checkins"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rhythms",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("department_id", sa.Integer()),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer()),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_rhythms_workspace_id"),
        _within("rhythms", "person_id", "people"),
        _within("rhythms", "department_id", "departments"),
        _within("rhythms", "chosen_by_id", "people"),
        sa.CheckConstraint("person_id IS NULL OR department_id IS NULL", name="ck_rhythms_one_place"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="ck_rhythms_weekday"),
        sa.CheckConstraint("minute BETWEEN 240 AND 1439", name="ck_rhythms_minute"),
        sa.CheckConstraint("every_weeks IN (1, 2, 4)", name="ck_rhythms_every_weeks"),
    )
    _once("person", ["workspace_id", "person_id"], "person_id IS NOT NULL")
    _once("department", ["workspace_id", "department_id"], "department_id IS NOT NULL")
    _once("company", ["workspace_id"], "person_id IS NULL AND department_id IS NULL")
    op.create_table(
        "rhythm_questions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_rhythm_questions_workspace_id"),
        _within("rhythm_questions", "person_id", "people"),
    )
    op.create_index(
        "uq_rhythm_questions_person", "rhythm_questions", ["workspace_id", "person_id"], unique=True
    )


def _within(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{target}.workspace_id", f"{target}.id"],
        name=f"fk_{table}_workspace_id_{column}",
    )


def _once(place: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(
        f"uq_rhythms_{place}", "rhythms", columns, unique=True, sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    op.drop_table("rhythm_questions")
    op.drop_table("rhythms")
