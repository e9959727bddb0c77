"""What the networks tell beside the words, posts that were withdrawn, accounts and sendings.

Adds to the tables of posts and sources, and two tables; every row stays as it was. The table of
posts may be large: its columns are added in place, which reads no row.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _accounts()
    _posts()
    _sources()
    _sendings()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("server", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("daily_cap", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("network", "server", "handle", name="uq_accounts_network"),
    )


def _posts() -> None:
    for column in (
        sa.Column("parent_id", sa.Text(), server_default="", nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("likes", sa.Integer(), nullable=True),
        sa.Column("replies", sa.Integer(), nullable=True),
        sa.Column("shares", sa.Integer(), nullable=True),
        sa.Column("reply_to", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
    ):
        op.add_column("posts", column)


def _sources() -> None:
    """A foreign key cannot be added in place on SQLite: the table, a row a source, is written anew."""
    with op.batch_alter_table("sources") as table:
        table.add_column(sa.Column("note", sa.Text(), nullable=True))
        table.add_column(sa.Column("account_id", ID, nullable=True))
        table.create_foreign_key("fk_sources_account_id", "accounts", ["account_id"], ["id"])


def _sendings() -> None:
    op.create_table(
        "sendings",
        sa.Column("id", ID, nullable=False),
        sa.Column("mention_id", ID, nullable=True),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("attempted_at", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("native_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("hint", sa.Text(), nullable=True),
        sa.Column("clicked_by", sa.Text(), nullable=False),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mentions.id"], name="fk_sendings_mention_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sendings_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sendings"),
        sa.UniqueConstraint("idempotency_key", name="uq_sendings_idempotency_key"),
    )
    op.create_index("ix_sendings_mention_id", "sendings", ["mention_id"])
