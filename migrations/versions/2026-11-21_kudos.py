"""Kudos: who thanked whom for what, what became of it, who said "me too", and how people wish to be thanked."""

import sqlalchemy as sa
from alembic import op

revision = "kudos"
down_revision = "company_values"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kudos",
        *_row("kudos"),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("value_id", sa.Integer()),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(32)),
        sa.Column("link", sa.Text()),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("workspace_id", "id", name="uq_kudos_workspace_id_id"),
        _within("kudos", "giver_id", "people"),
        _within("kudos", "value_id", "company_values"),
    )
    op.create_index("ix_kudos_giver", "kudos", ["workspace_id", "giver_id", "given_at"])
    op.create_index("ix_kudos_given", "kudos", ["workspace_id", "given_at"])
    op.create_table(
        "kudos_receivers",
        *_row("kudos_receivers"),
        sa.Column("kudos_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("in_public", sa.Boolean(), nullable=False),
        _once("kudos_receivers", "kudos_id", "person_id"),
        _within("kudos_receivers", "kudos_id", "kudos"),
        _within("kudos_receivers", "person_id", "people"),
    )
    op.create_index("ix_kudos_receivers_person", "kudos_receivers", ["workspace_id", "person_id", "kudos_id"])
    op.create_table(
        "kudos_entries",
        *_row("kudos_entries"),
        sa.Column("kudos_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(16), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text()),
        _once("kudos_entries", "kudos_id", "event"),
        _within("kudos_entries", "kudos_id", "kudos"),
        _within("kudos_entries", "by_id", "people"),
    )
    taken_back = sa.text("event <> 'given'")
    op.create_index(
        "uq_kudos_entries_taken_back",
        "kudos_entries",
        ["workspace_id", "kudos_id"],
        unique=True,
        sqlite_where=taken_back,
        postgresql_where=taken_back,
    )
    op.create_table(
        "kudos_echoes",
        *_row("kudos_echoes"),
        sa.Column("kudos_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("emoji", sa.String(128), nullable=False),
        _once("kudos_echoes", "kudos_id", "person_id", "emoji"),
        _within("kudos_echoes", "kudos_id", "kudos"),
        _within("kudos_echoes", "person_id", "people"),
    )
    op.create_table(
        "thanks_preferences",
        *_row("thanks_preferences"),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("in_private", sa.Boolean(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        _once("thanks_preferences", "person_id"),
        _within("thanks_preferences", "person_id", "people"),
    )
    op.create_table(
        "kudos_drafts",
        *_row("kudos_drafts"),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        _within("kudos_drafts", "giver_id", "people"),
    )
    op.create_index("ix_kudos_drafts_begun", "kudos_drafts", ["workspace_id", "begun_at"])


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


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("workspace_id", *columns, name=f"uq_{table}_workspace_id_{'_'.join(columns)}")


def downgrade() -> None:
    for table in (
        "kudos_drafts",
        "thanks_preferences",
        "kudos_echoes",
        "kudos_entries",
        "kudos_receivers",
        "kudos",
    ):
        op.drop_table(table)
