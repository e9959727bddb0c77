"""Some networks take money for reading: what an account may cost in a month, and what it has cost.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "accounts", sa.Column("monthly_cap", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.create_table(
        "spendings",
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_spendings_account_id"),
        sa.PrimaryKeyConstraint("account_id", "month", name="pk_spendings"),
    )
