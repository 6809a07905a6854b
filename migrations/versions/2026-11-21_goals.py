"""Goals: themselves, who shares them, their key results, periods, history, closings and evidence."""

import sqlalchemy as sa
from alembic import op

revision = "goals"
down_revision = "absence_signs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _goals()
    _co_owners()
    _key_results()
    _periods()
    _events()
    _closings()
    _evidence()
    _checkin_goals()


def _workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id")


def _within(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{target}.workspace_id", f"{target}.id"],
        name=f"fk_{table}_workspace_id_{column}",
    )


def _own() -> tuple[sa.Column[int], sa.Column[str]]:
    return (
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
    )


def _index(table: str, *columns: str) -> None:
    names = ["workspace_id", *columns]
    op.create_index(f"ix_{table}_{'_'.join(names)}", table, names)


def _goals() -> None:
    op.create_table(
        "goals",
        *_own(),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer()),
        sa.Column("team_manager_id", sa.Integer()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text()),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("visibility", sa.String(16), nullable=False),
        sa.Column("period", sa.String(64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("is_local", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("carried_from_id", sa.Integer()),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("state_by_id", sa.Integer(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("confidence", sa.String(16)),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _workspace("goals"),
        _within("goals", "owner_id", "people"),
        _within("goals", "department_id", "departments"),
        _within("goals", "team_manager_id", "people"),
        _within("goals", "parent_id", "goals"),
        _within("goals", "carried_from_id", "goals"),
        _within("goals", "set_by_id", "people"),
        _within("goals", "state_by_id", "people"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_goals_workspace_id_id"),
        sa.CheckConstraint("progress BETWEEN 0 AND 1", name="ck_goals_progress"),
        sa.CheckConstraint("starts_on <= ends_on", name="ck_goals_order"),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name="ck_goals_own_parent"),
        sa.CheckConstraint(
            "(level = 'department') = (department_id IS NOT NULL)", name="ck_goals_department"
        ),
        sa.CheckConstraint("(level = 'team') = (team_manager_id IS NOT NULL)", name="ck_goals_team"),
    )
    _index("goals", "owner_id", "state")
    _index("goals", "parent_id")
    _index("goals", "state", "ends_on")
    _index("goals", "state", "touched_at")


def _co_owners() -> None:
    table = "goal_co_owners"
    op.create_table(
        table,
        *_own(),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _workspace(table),
        _within(table, "goal_id", "goals"),
        _within(table, "person_id", "people"),
        sa.UniqueConstraint(
            "workspace_id", "goal_id", "person_id", name="uq_goal_co_owners_workspace_id_goal_id_person_id"
        ),
    )
    _index(table, "person_id")


def _key_results() -> None:
    table = "key_results"
    op.create_table(
        table,
        *_own(),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("start", sa.Double(), nullable=False),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("current", sa.Double(), nullable=False),
        sa.Column("tolerance", sa.Double(), nullable=False),
        sa.Column("milestones", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True)),
        sa.Column("dropped_because", sa.Text()),
        _workspace(table),
        _within(table, "goal_id", "goals"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_key_results_workspace_id_id"),
        sa.CheckConstraint(
            "measure <> 'metric' OR start <> target", name="ck_key_results_start_is_not_target"
        ),
        sa.CheckConstraint("weight > 0", name="ck_key_results_weight"),
    )
    _index(table, "goal_id")


def _periods() -> None:
    table = "goal_periods"
    op.create_table(
        table,
        *_own(),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        _workspace(table),
        _within(table, "set_by_id", "people"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_goal_periods_workspace_id_name"),
        sa.CheckConstraint("starts_on < ends_on", name="ck_goal_periods_order"),
    )


def _events() -> None:
    table = "goal_events"
    op.create_table(
        table,
        *_own(),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("confidence", sa.String(16)),
        sa.Column("note", sa.Text()),
        sa.Column("change", sa.JSON(), nullable=False),
        _workspace(table),
        _within(table, "goal_id", "goals"),
        _within(table, "person_id", "people"),
    )
    _index(table, "goal_id", "id")


def _closings() -> None:
    table = "goal_closings"
    op.create_table(
        table,
        *_own(),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("carried_to_id", sa.Integer()),
        sa.Column("closed_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("manager_score", sa.Double()),
        sa.Column("manager_comment", sa.Text()),
        sa.Column("confirmed_by_id", sa.Integer()),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        _workspace(table),
        _within(table, "goal_id", "goals"),
        _within(table, "carried_to_id", "goals"),
        _within(table, "closed_by_id", "people"),
        _within(table, "confirmed_by_id", "people"),
        sa.UniqueConstraint("workspace_id", "goal_id", name="uq_goal_closings_workspace_id_goal_id"),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name="ck_goal_closings_score"),
        sa.CheckConstraint("manager_score BETWEEN 0 AND 1", name="ck_goal_closings_manager_score"),
    )


def _evidence() -> None:
    table = "goal_evidence"
    op.create_table(
        table,
        *_own(),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("permalink", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        _workspace(table),
        _within(table, "goal_id", "goals"),
        _within(table, "added_by_id", "people"),
        sa.UniqueConstraint(
            "workspace_id", "goal_id", "permalink", name="uq_goal_evidence_workspace_id_goal_id_permalink"
        ),
    )


def _checkin_goals() -> None:
    table = "checkin_goals"
    op.create_table(
        table,
        *_own(),
        sa.Column("checkin_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        _workspace(table),
        _within(table, "checkin_id", "checkins"),
        _within(table, "goal_id", "goals"),
        sa.UniqueConstraint("workspace_id", "checkin_id", name="uq_checkin_goals_workspace_id_checkin_id"),
    )
    _index(table, "goal_id")


def downgrade() -> None:
    for table in (
        "checkin_goals",
        "goal_evidence",
        "goal_closings",
        "goal_events",
        "goal_periods",
        "key_results",
        "goal_co_owners",
        "goals",
    ):
        op.drop_table(table)
