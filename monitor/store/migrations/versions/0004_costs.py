"""Some networks take money for reading: what an account may cost in a month, and what it has cost.
Posts of the person's own accounts are known as such, and so are the mentions they answer. A source may
be about one brand as a whole.

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


ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _costs()
    _own_posts()
    _own_places()


def _own_places() -> None:
    """A foreign key cannot be added in place on SQLite: the table, a row a source, is written anew."""
    with op.batch_alter_table("sources") as table:
        table.add_column(sa.Column("about", ID, nullable=True))
        table.create_foreign_key(
            "fk_sources_about", "brands", ["about"], ["id"], ondelete="SET NULL"
        )


def _costs() -> None:
    op.add_column(
        "accounts", sa.Column("monthly_cap", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.create_table(
        "spendings",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_spendings_account_id"),
        sa.PrimaryKeyConstraint("account_id", "month", name="pk_spendings"),
    )


def _own_posts() -> None:
    """The table of posts may be large: its column is added in place, which writes no row."""
    op.add_column("posts", sa.Column("own", sa.Boolean(), nullable=False, server_default="0"))
    threaded = sa.column("thread_id") != sa.literal_column("''")
    own = sa.column("own", sa.Boolean()) == sa.true()
    for name, column, where in (("thread", "thread_id", threaded), ("own", "parent_id", own)):
        op.create_index(
            f"ix_posts_{name}", "posts", [column], sqlite_where=where, postgresql_where=where
        )
    op.create_table(
        "own_answers",
        sa.Column("mention_id", ID, nullable=False),
        sa.Column("post_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mentions.id"], name="fk_own_answers_mention_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_own_answers_post_id"),
        sa.PrimaryKeyConstraint("mention_id", name="pk_own_answers"),
    )
