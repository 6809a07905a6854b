"""The values a company thanks for, and what they were called before."""

import sqlalchemy as sa
from alembic import op

revision = "company_values"
down_revision = "posts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company_values",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("meaning", sa.Text()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_company_values_workspace_id"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_company_values_workspace_id_id"),
    )
    in_force = sa.text("retired_at IS NULL")
    op.create_index(
        "uq_company_values_name",
        "company_values",
        ["workspace_id", "name"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    op.create_table(
        "former_value_names",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("value_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_former_value_names_workspace_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "value_id"],
            ["company_values.workspace_id", "company_values.id"],
            name="fk_former_value_names_workspace_id_value_id",
        ),
    )
    op.create_index("ix_former_value_names_value", "former_value_names", ["workspace_id", "value_id"])


def downgrade() -> None:
    op.drop_table("former_value_names")
    op.drop_table("company_values")
