"""Workspaces, departments, people, who reports to whom since when, and who is an HR admin."""

import sqlalchemy as sa
from alembic import op

revision = "people"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _workspaces()
    _departments()
    _people()
    _reporting_lines()
    _hr_grants()


def downgrade() -> None:
    for table in ("hr_grants", "reporting_lines", "people", "departments", "workspaces"):
        op.drop_table(table)


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_synced_at", sa.DateTime(timezone=True)),
        sa.Column("line_above_reads_checkins", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
    )


def _departments() -> None:
    op.create_table(
        "departments",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("parent_id", sa.Integer),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_departments"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_departments_workspace_id_id"),
        sa.UniqueConstraint("workspace_id", "path", name="uq_departments_workspace_id_path"),
        _in_a_workspace("departments"),
        _same_workspace("departments", "parent_id", "departments"),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("slack_user_id", sa.String(32)),
        sa.Column("email", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("title_from_csv", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("department_id", sa.Integer),
        sa.Column("manager_id", sa.Integer),
        sa.Column("start_date", sa.Date),
        sa.Column("country", sa.String(2)),
        sa.Column("timezone", sa.Text),
        sa.Column("slack_timezone", sa.Text),
        sa.Column("csv_timezone", sa.Text),
        sa.Column("slack_updated_at", sa.DateTime(timezone=True)),
        sa.Column("away_since", sa.DateTime(timezone=True)),
        sa.Column("away_until", sa.DateTime(timezone=True)),
        sa.Column("deactivated_at", sa.DateTime(timezone=True)),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_people_workspace_id_id"),
        sa.UniqueConstraint("workspace_id", "slack_user_id", name="uq_people_workspace_id_slack_user_id"),
        sa.UniqueConstraint("workspace_id", "email", name="uq_people_workspace_id_email"),
        _in_a_workspace("people"),
        _same_workspace("people", "department_id", "departments"),
        _same_workspace("people", "manager_id", "people"),
    )
    op.create_index("ix_people_workspace_id_manager_id", "people", ["workspace_id", "manager_id"])


def _reporting_lines() -> None:
    op.create_table(
        "reporting_lines",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("manager_id", sa.Integer, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reporting_lines"),
        _in_a_workspace("reporting_lines"),
        _same_workspace("reporting_lines", "person_id", "people"),
        _same_workspace("reporting_lines", "manager_id", "people"),
    )
    op.create_index(
        "ix_reporting_lines_workspace_id_manager_id", "reporting_lines", ["workspace_id", "manager_id"]
    )
    _one_open("reporting_lines", "until")


def _hr_grants() -> None:
    op.create_table(
        "hr_grants",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hr_grants"),
        _in_a_workspace("hr_grants"),
        _same_workspace("hr_grants", "person_id", "people"),
    )
    _one_open("hr_grants", "revoked_at")


def _in_a_workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id")


def _same_workspace(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{target}.workspace_id", f"{target}.id"],
        name=f"fk_{table}_workspace_id_{column}",
    )


def _one_open(table: str, ended: str) -> None:
    """At most one row per person that has not ended."""
    op.create_index(
        f"uq_{table}_open",
        table,
        ["workspace_id", "person_id"],
        unique=True,
        sqlite_where=sa.text(f"{ended} IS NULL"),
        postgresql_where=sa.text(f"{ended} IS NULL"),
    )
