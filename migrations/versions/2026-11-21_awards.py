"""Awards: the list a company keeps, nominations, what was decided, and how it is announced."""

import sqlalchemy as sa
from alembic import op

revision = "awards"
down_revision = "kudos_digests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _award_types()
    _nominations()
    _award_decisions()
    _award_announcements()


def _award_types() -> None:
    op.create_table(
        "award_types",
        *_row("award_types"),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("meaning", sa.Text()),
        sa.Column("added_at", _instant(), nullable=False),
        sa.Column("retired_at", _instant()),
        sa.UniqueConstraint("workspace_id", "id", name="uq_award_types_workspace_id_id"),
    )
    _unique_where("uq_award_types_name", "award_types", "name", "retired_at IS NULL")


def _nominations() -> None:
    op.create_table(
        "nominations",
        *_row("nominations"),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("nominator_id", sa.Integer(), nullable=False),
        sa.Column("nominee_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("value_id", sa.Integer()),
        sa.Column("evidence", sa.Text()),
        sa.Column("conflict", sa.Text()),
        sa.Column("nominated_at", _instant(), nullable=False),
        sa.UniqueConstraint("workspace_id", "id", name="uq_nominations_workspace_id_id"),
        _within("nominations", "type_id", "award_types"),
        _within("nominations", "nominator_id", "people"),
        _within("nominations", "nominee_id", "people"),
        _within("nominations", "value_id", "company_values"),
    )
    op.create_index(
        "ix_nominations_nominator", "nominations", ["workspace_id", "nominator_id", "nominated_at"]
    )
    op.create_index("ix_nominations_nominated", "nominations", ["workspace_id", "nominated_at"])


def _award_decisions() -> None:
    op.create_table(
        "award_decisions",
        *_row("award_decisions"),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", _instant(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("budget_code", sa.String(40)),
        sa.Column("paid_at", _instant()),
        sa.Column("paid_by_id", sa.Integer()),
        sa.UniqueConstraint(
            "workspace_id", "nomination_id", name="uq_award_decisions_workspace_id_nomination_id"
        ),
        _within("award_decisions", "nomination_id", "nominations"),
        _within("award_decisions", "by_id", "people"),
        _within("award_decisions", "paid_by_id", "people"),
    )
    op.create_index("ix_award_decisions_at", "award_decisions", ["workspace_id", "at"])


def _award_announcements() -> None:
    op.create_table(
        "award_announcements",
        *_row("award_announcements"),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("due_at", _instant()),
        sa.Column("drafted_at", _instant(), nullable=False),
        sa.Column("confirmed_at", _instant()),
        sa.Column("withdrawn_at", _instant()),
        sa.Column("withdrawn_by_id", sa.Integer()),
        _within("award_announcements", "nomination_id", "nominations"),
        _within("award_announcements", "by_id", "people"),
        _within("award_announcements", "withdrawn_by_id", "people"),
    )
    _unique_where(
        "uq_award_announcements_standing",
        "award_announcements",
        "nomination_id",
        "confirmed_at IS NOT NULL AND withdrawn_at IS NULL",
    )
    op.create_index(
        "ix_award_announcements_nomination",
        "award_announcements",
        ["workspace_id", "nomination_id", "drafted_at"],
    )
    op.create_index("ix_award_announcements_due", "award_announcements", ["workspace_id", "due_at"])


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _row(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id"),
    ]


def _within(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{target}.workspace_id", f"{target}.id"],
        name=f"fk_{table}_workspace_id_{column}",
    )


def _unique_where(name: str, table: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(
        name, table, ["workspace_id", column], unique=True, sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    for table in ("award_announcements", "award_decisions", "nominations", "award_types"):
        op.drop_table(table)
