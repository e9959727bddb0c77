"""The first schema.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

ABOUT_US = sa.column("about_us", sa.Boolean()) == sa.true()
NOT_US = sa.column("about_us", sa.Boolean()) == sa.false()
LISTED = sa.and_(ABOUT_US, sa.column("story_of").is_(None))
REST = ("at", "id", "brand_id", "tone", "intent", "language")
VIEW = (*REST, "source_id", "story_of")


def upgrade() -> None:
    _tables()
    _list_indexes()
    _view_indexes()
    _other_indexes()
    op.execute(sa.text("INSERT INTO meta (key, value) VALUES ('change_seq', 0)"))
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE mention_words USING fts5("
            "body, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2')"
        )


def _tables() -> None:
    op.create_table(
        "brands",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("must_near", sa.Text(), nullable=False),
        sa.Column("must_not_near", sa.Text(), nullable=False),
        sa.Column("excluded_authors", sa.Text(), nullable=False),
        sa.Column("excluded_sites", sa.Text(), nullable=False),
        sa.Column("excluded_languages", sa.Text(), nullable=False),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("rival", sa.Boolean(), nullable=False),
        sa.Column("color", sa.Integer(), nullable=False),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_brands"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "sources",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("last_attempt", sa.BigInteger(), nullable=True),
        sa.Column("last_success", sa.BigInteger(), nullable=True),
        sa.Column("next_due", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("hint", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("gap_since", sa.BigInteger(), nullable=True),
        sa.Column("gap_found", sa.BigInteger(), nullable=True),
        sa.Column("lease_owner", sa.String(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("kind", "address", name="uq_sources_kind"),
    )
    op.create_table(
        "posts",
        sa.Column("id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("native_id", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("author_handle", sa.Text(), nullable=False),
        sa.Column("author_url", sa.Text(), nullable=False),
        sa.Column("author_followers", sa.Integer(), nullable=True),
        sa.Column("published", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("edited_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_posts_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sa.UniqueConstraint("source_id", "native_id", name="uq_posts_source_id"),
    )
    op.create_table(
        "source_days",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_source_days_source_id"),
        sa.PrimaryKeyConstraint("source_id", "day", name="pk_source_days"),
    )
    op.create_table(
        "mentions",
        sa.Column("id", ID, nullable=False),
        sa.Column("post_id", ID, nullable=False),
        sa.Column("brand_id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("author_key", sa.Text(), nullable=False),
        sa.Column("story_key", sa.String(), nullable=False),
        sa.Column("story_of", ID, nullable=True),
        sa.Column("matches", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("tone", sa.String(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("needs_answer", sa.Boolean(), nullable=False),
        sa.Column("about_us", sa.Boolean(), nullable=False),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("correction", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("wake_at", sa.BigInteger(), nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("has_alert", sa.Boolean(), nullable=False),
        sa.Column("has_draft", sa.Boolean(), nullable=False),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["brand_id"], ["brands.id"], name="fk_mentions_brand_id"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_mentions_post_id"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_mentions_source_id"),
        sa.ForeignKeyConstraint(["story_of"], ["mentions.id"], name="fk_mentions_story_of"),
        sa.PrimaryKeyConstraint("id", name="pk_mentions"),
        sa.UniqueConstraint("post_id", "brand_id", name="uq_mentions_post_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "alerts",
        sa.Column("id", ID, nullable=False),
        sa.Column("mention_id", ID, nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("notified_at", sa.BigInteger(), nullable=True),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mentions.id"], name="fk_alerts_mention_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("mention_id", name="uq_alerts_mention_id"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", ID, nullable=False),
        sa.Column("mention_id", ID, nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mentions.id"], name="fk_drafts_mention_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("idempotency_key", name="uq_drafts_idempotency_key"),
        sa.UniqueConstraint("mention_id", name="uq_drafts_mention_id"),
    )
    op.create_table(
        "verdict_corrections",
        sa.Column("id", ID, nullable=False),
        sa.Column("post_id", ID, nullable=False),
        sa.Column("mention_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("correction", sa.String(), nullable=True),
        sa.Column("verdict_tone", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention_id"],
            ["mentions.id"],
            name="fk_verdict_corrections_mention_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_verdict_corrections_post_id"),
        sa.PrimaryKeyConstraint("id", name="pk_verdict_corrections"),
    )


def _list_indexes() -> None:
    _index("mentions", "listed", REST, LISTED)
    for lead in ("brand_id", "tone", "intent", "language"):
        _index("mentions", lead, (lead, *(name for name in REST if name != lead)), LISTED)
    _index("mentions", "brand_tone", ("brand_id", "tone", "at", "id", "intent", "language"), LISTED)
    _index("mentions", "source", ("source_id", *REST), ABOUT_US)
    _index("mentions", "not_us", VIEW, NOT_US)


def _view_indexes() -> None:
    state: sa.ColumnClause[str] = sa.column("state")
    done = sa.or_(state == sa.literal_column("'answered'"), state == sa.literal_column("'done'"))
    waiting = state == sa.literal_column("'waiting'")
    to_answer = sa.and_(
        ABOUT_US,
        sa.column("needs_answer", sa.Boolean()) == sa.true(),
        state == sa.literal_column("'open'"),
    )
    _index("mentions", "to_answer", VIEW, to_answer)
    _index("mentions", "waiting", VIEW, sa.and_(ABOUT_US, waiting))
    _index("mentions", "done", VIEW, sa.and_(ABOUT_US, done))
    for view, column in (("alerted", "has_alert"), ("drafted", "has_draft")):
        has = sa.column(column, sa.Boolean()) == sa.true()
        _index("mentions", view, VIEW, sa.and_(ABOUT_US, has))
    brand_first = ("brand_id", *(name for name in VIEW if name != "brand_id"))
    _index("mentions", "to_answer_brand", brand_first, to_answer)
    _index("mentions", "wake", ("wake_at",), waiting)


def _other_indexes() -> None:
    empty: sa.ColumnElement[str] = sa.literal_column("''")
    _index("mentions", "story", ("brand_id", "story_key"), sa.column("story_key") != empty)
    _index("mentions", "copies", ("story_of",), sa.column("story_of").is_not(None))
    _index("mentions", "author", ("author_key", "at", "id"), sa.column("author_key") != empty)
    _index("alerts", "unseen", ("mention_id",), sa.column("seen_at").is_(None))
    _index("alerts", "unnotified", ("mention_id",), sa.column("notified_at").is_(None))
    op.create_index("ix_verdict_corrections_mention_id", "verdict_corrections", ["mention_id"])


def _index(table: str, name: str, columns: tuple[str, ...], where: sa.ColumnElement[bool]) -> None:
    op.create_index(
        f"ix_{table}_{name}", table, list(columns), sqlite_where=where, postgresql_where=where
    )
