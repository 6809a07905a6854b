"""Weekly check-ins: the entries, their former versions, the responses, and which questions are asked where."""

import sqlalchemy as sa
from alembic import op

revision = "checkins"
down_revision = "notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _checkins()
    _revisions()
    _responses()
    _obstacles()
    _pack_choices()


def _workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id")


def _within(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{target}.workspace_id", f"{target}.id"],
        name=f"fk_{table}_workspace_id_{column}",
    )


def _checkins() -> None:
    op.create_table(
        "checkins",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("manager_id", sa.Integer()),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("energy", sa.Integer()),
        sa.Column("load", sa.String(16)),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True)),
        sa.Column("handed_over_at", sa.DateTime(timezone=True)),
        _workspace("checkins"),
        _within("checkins", "person_id", "people"),
        _within("checkins", "manager_id", "people"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_checkins_workspace_id_id"),
        sa.UniqueConstraint(
            "workspace_id", "person_id", "week", name="uq_checkins_workspace_id_person_id_week"
        ),
        sa.CheckConstraint("energy BETWEEN 1 AND 5", name="ck_checkins_energy"),
    )
    op.create_index(
        "ix_checkins_workspace_id_manager_id_week", "checkins", ["workspace_id", "manager_id", "week"]
    )


def _revisions() -> None:
    table = "checkin_revisions"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("checkin_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("energy", sa.Integer()),
        sa.Column("load", sa.String(16)),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        _workspace(table),
        _within(table, "checkin_id", "checkins"),
        sa.UniqueConstraint(
            "workspace_id",
            "checkin_id",
            "revision",
            name="uq_checkin_revisions_workspace_id_checkin_id_revision",
        ),
    )


def _responses() -> None:
    op.create_table(
        "checkin_comments",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("checkin_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        _workspace("checkin_comments"),
        _within("checkin_comments", "checkin_id", "checkins"),
        _within("checkin_comments", "author_id", "people"),
    )
    op.create_index(
        "ix_checkin_comments_workspace_id_checkin_id", "checkin_comments", ["workspace_id", "checkin_id"]
    )
    op.create_table(
        "checkin_reactions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("checkin_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("emoji", sa.String(64), nullable=False),
        sa.Column("reacted_at", sa.DateTime(timezone=True), nullable=False),
        _workspace("checkin_reactions"),
        _within("checkin_reactions", "checkin_id", "checkins"),
        _within("checkin_reactions", "person_id", "people"),
        sa.UniqueConstraint(
            "workspace_id",
            "checkin_id",
            "person_id",
            "emoji",
            name="uq_checkin_reactions_workspace_id_checkin_id_person_id_emoji",
        ),
    )


def _obstacles() -> None:
    table = "taken_obstacles"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("checkin_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        _workspace(table),
        _within(table, "checkin_id", "checkins"),
        _within(table, "person_id", "people"),
        sa.UniqueConstraint("workspace_id", "checkin_id", name="uq_taken_obstacles_workspace_id_checkin_id"),
    )


def _pack_choices() -> None:
    table = "pack_choices"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("team_manager_id", sa.Integer()),
        sa.Column("department_id", sa.Integer()),
        sa.Column("pack", sa.String(64), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        _workspace(table),
        _within(table, "person_id", "people"),
        _within(table, "team_manager_id", "people"),
        _within(table, "department_id", "departments"),
        sa.CheckConstraint(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN team_manager_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN department_id IS NULL THEN 0 ELSE 1 END) <= 1",
            name="ck_pack_choices_one_place",
        ),
    )
    for column in ("person_id", "team_manager_id", "department_id"):
        _once(f"uq_pack_choices_{column}", ["workspace_id", column], f"{column} IS NOT NULL")
    _once(
        "uq_pack_choices_company",
        ["workspace_id"],
        "person_id IS NULL AND team_manager_id IS NULL AND department_id IS NULL",
    )


def _once(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "pack_choices", columns, unique=True, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for table in (
        "pack_choices",
        "taken_obstacles",
        "checkin_reactions",
        "checkin_comments",
        "checkin_revisions",
        "checkins",
    ):
        op.drop_table(table)
