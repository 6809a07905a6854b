"""What the bot owes somebody is called a notification: in HR a notice is a resignation."""

import sqlalchemy as sa
from alembic import op

revision = "notifications"
down_revision = "kudos_goals"
branch_labels = None
depends_on = None

PLAIN_INDEXES = {"person_id_sent_at": ["workspace_id", "person_id", "sent_at"]}
PARTIAL_INDEXES = {
    "due": (["workspace_id", "due_at"], "state = 'planned'"),
    "expiring": (["workspace_id", "expires_at"], "state = 'planned'"),
    "open": (["workspace_id", "lease_until"], "state IN ('sending', 'unknown')"),
    "update_due": (["workspace_id", "update_due_at"], "update_due_at IS NOT NULL"),
    "merged": (["workspace_id", "merged_into_id"], "merged_into_id IS NOT NULL"),
    "posts": (["workspace_id", "slack_channel", "slack_ts"], "to_channel IS NOT NULL"),
}
UNIQUE = {"workspace_id_id": ["workspace_id", "id"], "workspace_id_key": ["workspace_id", "key"]}
FOREIGN = {
    "workspace_id": ("workspaces", ["workspace_id"], ["id"]),
    "workspace_id_person_id": ("people", ["workspace_id", "person_id"], ["workspace_id", "id"]),
    "workspace_id_merged_into_id": (None, ["workspace_id", "merged_into_id"], ["workspace_id", "id"]),
}


def upgrade() -> None:
    _rename("notices", "notifications")
    _rename_in_subjects("notifications", "notice", "post")
    op.execute("UPDATE notifications SET reason = 'rollout_off' WHERE reason = 'programme_off'")


def downgrade() -> None:
    op.execute("UPDATE notifications SET reason = 'programme_off' WHERE reason = 'rollout_off'")
    _rename_in_subjects("notifications", "post", "notice")
    _rename("notifications", "notices")


def _rename(old: str, new: str) -> None:
    """The table, and what is named after it: its constraints and indexes."""
    if op.get_bind().dialect.name == "postgresql":
        _rename_in_place(old, new)
    else:
        _rename_by_building_anew(old, new)


def _rename_in_place(old: str, new: str) -> None:
    op.rename_table(old, new)
    op.execute(f"ALTER SEQUENCE {old}_id_seq RENAME TO {new}_id_seq")
    for name in ("pk_{}", *(f"uq_{{}}_{name}" for name in UNIQUE), *(f"fk_{{}}_{name}" for name in FOREIGN)):
        op.execute(f"ALTER TABLE {new} RENAME CONSTRAINT {name.format(old)} TO {name.format(new)}")
    for name in (*PLAIN_INDEXES, *PARTIAL_INDEXES):
        op.execute(f"ALTER INDEX ix_{old}_{name} RENAME TO ix_{new}_{name}")


def _rename_by_building_anew(old: str, new: str) -> None:
    """SQLite knows no other way to rename a constraint. The primary key keeps its old name there."""
    for name in (*PLAIN_INDEXES, *PARTIAL_INDEXES):
        op.drop_index(f"ix_{old}_{name}", old)
    op.rename_table(old, new)
    with op.batch_alter_table(new, recreate="always") as table:
        for name in FOREIGN:
            table.drop_constraint(f"fk_{old}_{name}", type_="foreignkey")
        for name in UNIQUE:
            table.drop_constraint(f"uq_{old}_{name}", type_="unique")
        for name, columns in UNIQUE.items():
            table.create_unique_constraint(f"uq_{new}_{name}", columns)
        for name, (target, columns, remote) in FOREIGN.items():
            table.create_foreign_key(f"fk_{new}_{name}", target or new, columns, remote)
    for name, columns in PLAIN_INDEXES.items():
        op.create_index(f"ix_{new}_{name}", new, columns)
    for name, (columns, condition) in PARTIAL_INDEXES.items():
        op.create_index(f"ix_{new}_{name}", new, columns, sqlite_where=sa.text(condition))


def _rename_in_subjects(table: str, old: str, new: str) -> None:
    """Of those who are told that Slack refused their post: under which word its id stands."""
    text = f"replace(CAST(subject AS TEXT), '\"{old}\"', '\"{new}\"')"
    changed = f"CAST({text} AS JSON)" if op.get_bind().dialect.name == "postgresql" else text
    op.execute(f"UPDATE {table} SET subject = {changed} WHERE kind = 'posts.refused'")  # noqa: S608
