"""The tables and their indexes. No SQLite-only types: the same schema can live in PostgreSQL.

What people published (`posts`) and what we think and did about it (`mentions` and the tables that
hang on it) live apart: a post that leaves its feed and comes back is not new. What we send
(`sendings`, through `accounts`) outlives the mention it answered: it is the audit list. Times are
integers (see `times`), lists and verdicts JSON text. `change_seq` grows with every write, so that a
second program on the same data can ask for what changed.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    false,
    literal_column,
    or_,
    true,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

AnyRow: TypeAlias = Row[*tuple[Any, ...]]

# SQLite numbers rows by itself only in a column that is called INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")
Time = BigInteger()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

brands = Table(
    "brands",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("aliases", Text, nullable=False),
    Column("must_near", Text, nullable=False),
    Column("must_not_near", Text, nullable=False),
    Column("excluded_authors", Text, nullable=False),
    Column("excluded_sites", Text, nullable=False),
    Column("excluded_languages", Text, nullable=False),
    Column("exact", Boolean, nullable=False),
    Column("rival", Boolean, nullable=False),
    Column("color", Integer, nullable=False),
    Column("change_seq", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

# The person's own places on the networks, to read with and to answer from. No secret is ever here:
# passwords and tokens live in the keyring, under the account's id. A removed account keeps its row,
# because what was sent from it names it; added again, the same row comes back.
accounts = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network", String, nullable=False),  # the kind of network: "mastodon", "bluesky"
    Column("server", Text, nullable=False),  # its host, "" where there is only one
    Column("handle", Text, nullable=False),  # as the network writes it, without a leading @
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),  # the account's public page, "" without one
    Column("scopes", Text, nullable=False),  # JSON list: what the network allowed us, in its words
    Column("state", String, nullable=False),
    Column("expires_at", Time),  # when what we hold ends; null: never, or the network does not say
    Column("daily_cap", Integer, nullable=False),  # most replies sent from it in a day
    # Most that reading may cost in a calendar month, in millionths of a US dollar.
    Column("monthly_cap", BigInteger, nullable=False, server_default="0"),
    Column("added_at", Time, nullable=False),
    Column("removed_at", Time),
    Column("change_seq", BigInteger, nullable=False),
    UniqueConstraint("network", "server", "handle"),
)

sources = Table(
    "sources",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String, nullable=False),
    Column("address", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("interval", Integer, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("fields", Text, nullable=False),
    Column("removed_at", Time),  # its posts stay, and so does its row
    Column("state", String, nullable=False),
    Column("cursor", Text, nullable=False),
    Column("last_attempt", Time),
    Column("last_success", Time),
    Column("next_due", Time),
    Column("error", Text),
    Column("hint", Text),
    Column("failures", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("items", Integer, nullable=False),
    Column("gap_since", Time),
    Column("gap_found", Time),
    Column("lease_owner", String),
    Column("lease_until", Time),
    Column("change_seq", BigInteger, nullable=False),
    Column("note", Text),  # what the person should know of a source that works
    Column("account_id", ForeignKey("accounts.id")),  # whose eyes it reads with; null: a stranger's
    # The brand that everything there is about, named or not; null: only what names a brand.
    Column("about", ForeignKey("brands.id", ondelete="SET NULL")),
    UniqueConstraint("kind", "address"),
)

# Written before a request that costs money leaves, so that no crash can make the sum too small.
spendings = Table(
    "spendings",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("month", Integer, primary_key=True),  # 202611 is November 2026, UTC
    Column("amount", BigInteger, nullable=False),  # millionths of a US dollar
)

source_days = Table(
    "source_days",
    metadata,
    Column("source_id", ForeignKey("sources.id"), primary_key=True),
    Column("day", Integer, primary_key=True),  # days since 1970, UTC
    Column("posts", Integer, nullable=False),
)

posts = Table(
    "posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source_id", ForeignKey("sources.id"), nullable=False),
    Column("native_id", Text, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("author_handle", Text, nullable=False),
    Column("author_url", Text, nullable=False),
    Column("author_followers", Integer),
    Column("published", Time),
    Column("language", String, nullable=False),
    Column("thread_id", Text, nullable=False),
    Column("first_seen", Time, nullable=False),
    Column("edited_at", Time),
    Column("parent_id", Text, nullable=False, server_default=""),  # native id of what it answers
    Column("rating", Integer),  # 1 to 5 stars
    Column("likes", Integer),
    Column("replies", Integer),
    Column("shares", Integer),
    Column("reply_to", Text, nullable=False, server_default=""),  # JSON of the network's own
    Column("withdrawn_at", Time),  # deleted where it was published: its words are no longer kept
    # Written from one of the person's accounts: never a mention. Stays when the account is removed.
    Column("own", Boolean, nullable=False, server_default="0"),
    UniqueConstraint("source_id", "native_id"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("post_id", ForeignKey("posts.id"), nullable=False),
    Column("brand_id", ForeignKey("brands.id"), nullable=False),
    Column("source_id", ForeignKey("sources.id"), nullable=False),
    Column("at", Time, nullable=False),
    Column("author_key", Text, nullable=False),
    Column("story_key", String, nullable=False),
    Column("story_of", ForeignKey("mentions.id")),  # the first mention with the same text
    Column("matches", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    # What is shown: the person's word where there is one, else the verdict's.
    Column("tone", String, nullable=False),
    Column("flagged", Boolean, nullable=False),
    Column("needs_answer", Boolean, nullable=False),
    Column("about_us", Boolean, nullable=False),
    Column("intent", String, nullable=False),
    Column("language", String, nullable=False),
    Column("correction", String),
    Column("state", String, nullable=False),
    Column("wake_at", Time),
    Column("seen", Boolean, nullable=False),
    Column("has_alert", Boolean, nullable=False),
    Column("has_draft", Boolean, nullable=False),
    Column("change_seq", BigInteger, nullable=False),
    UniqueConstraint("post_id", "brand_id"),
    sqlite_autoincrement=True,  # an id is never given twice: windows remember ids
)

verdict_corrections = Table(
    "verdict_corrections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("post_id", ForeignKey("posts.id"), nullable=False),
    Column("mention_id", ForeignKey("mentions.id", ondelete="SET NULL"), index=True),
    Column("version", Integer, nullable=False),  # 1 for the first word on a mention
    Column("correction", String),  # null: taken back
    Column("verdict_tone", String, nullable=False),
    Column("at", Time, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "mention_id", ForeignKey("mentions.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("idempotency_key", String, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("template", String, nullable=False),
    Column("updated_at", Time, nullable=False),
    Column("answered_at", Time),
    Column("change_seq", BigInteger, nullable=False),
)

# How a mention was answered when nobody told us: by a post of the person's own that a source brought.
own_answers = Table(
    "own_answers",
    metadata,
    Column("mention_id", ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
    Column("post_id", ForeignKey("posts.id"), nullable=False),
    Column("at", Time, nullable=False),  # when it was published, or first seen
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "mention_id", ForeignKey("mentions.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("raised_at", Time, nullable=False),
    Column("notified_at", Time),
    Column("seen_at", Time),
)

# The outbox, and for ever after the list of what was sent, when, and by whose click. A row is
# committed as "sending" before the network hears of it, so a kill leaves no reply that nobody knows
# of. "unknown" (it went out, the answer never came back) is never sent again by itself.
# waiting -> sending -> sent | failed | unknown; waiting -> cancelled (the undo of the first seconds).
sendings = Table(
    "sendings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("mention_id", ForeignKey("mentions.id", ondelete="SET NULL"), index=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    # Made once with the row and told to networks that know such a thing: twice told, once published.
    Column("idempotency_key", String, nullable=False, unique=True),
    Column("text", Text, nullable=False),  # as it was sent, not as the draft reads by now
    Column("language", String, nullable=False),
    Column("reply_to", Text, nullable=False),  # the post's own, as it was at the click
    Column("state", String, nullable=False),
    Column("due_at", Time, nullable=False),  # the click and the time to take it back
    Column("created_at", Time, nullable=False),
    Column("attempted_at", Time),  # the last attempt
    Column("sent_at", Time),
    Column("native_id", Text, nullable=False),  # of our reply; "" until it is chosen or told
    Column("url", Text, nullable=False),  # of our reply, "" until it is known
    Column("error", Text),  # the network's refusal, in its own words
    Column("hint", Text),
    Column("clicked_by", Text, nullable=False),
    Column("change_seq", BigInteger, nullable=False),
)
Index(
    "ix_sendings_waiting",
    sendings.c.due_at,
    sendings.c.id,
    sqlite_where=sendings.c.state == literal_column("'waiting'"),
    postgresql_where=sendings.c.state == literal_column("'waiting'"),
)
Index("ix_sendings_account_id", sendings.c.account_id, sendings.c.created_at)

# -- what the views show --------------------------------------------------------------------
# Each condition is written once: a partial index serves a query only when both say the same words,
# constants included, hence literal_column and not a bound value.
_state = mentions.c.state

ABOUT_US: ColumnElement[bool] = mentions.c.about_us == true()
LISTED: ColumnElement[bool] = and_(ABOUT_US, mentions.c.story_of.is_(None))
NOT_US: ColumnElement[bool] = mentions.c.about_us == false()
OPEN: ColumnElement[bool] = and_(
    mentions.c.needs_answer == true(), _state == literal_column("'open'")
)
WAITING: ColumnElement[bool] = _state == literal_column("'waiting'")
DONE: ColumnElement[bool] = or_(
    _state == literal_column("'answered'"), _state == literal_column("'done'")
)
ALERTED: ColumnElement[bool] = mentions.c.has_alert == true()
DRAFTED: ColumnElement[bool] = mentions.c.has_draft == true()
HAS_STORY: ColumnElement[bool] = mentions.c.story_key != literal_column("''")
HAS_AUTHOR: ColumnElement[bool] = mentions.c.author_key != literal_column("''")
HAS_THREAD: ColumnElement[bool] = posts.c.thread_id != literal_column("''")
OWN: ColumnElement[bool] = posts.c.own == true()


def _mention_index(name: str, *columns: str, where: ColumnElement[bool] | None = None) -> None:
    Index(
        f"ix_mentions_{name}",
        *(mentions.c[column] for column in columns),
        sqlite_where=where,
        postgresql_where=where,
    )


# Behind the column that leads and the order stand the columns of the other filters: a row that
# fails them is left out in the index, without a look into the table.
_ORDER = ("at", "id")
_REST = (*_ORDER, "brand_id", "tone", "intent", "language")
_mention_index("listed", *_REST, where=LISTED)
for _lead in ("brand_id", "tone", "intent", "language"):
    _mention_index(_lead, _lead, *(name for name in _REST if name != _lead), where=LISTED)
_mention_index("brand_tone", "brand_id", "tone", *_ORDER, "intent", "language", where=LISTED)
_mention_index("source", "source_id", *_REST, where=ABOUT_US)
_mention_index("not_us", *_REST, "source_id", "story_of", where=NOT_US)
for _view, _where in (
    ("to_answer", OPEN),
    ("waiting", WAITING),
    ("done", DONE),
    ("alerted", ALERTED),
    ("drafted", DRAFTED),
):
    _mention_index(_view, *_REST, "source_id", "story_of", where=and_(ABOUT_US, _where))
_mention_index(
    "to_answer_brand",
    *("brand_id", *_ORDER, "tone", "intent", "language", "source_id", "story_of"),
    where=and_(ABOUT_US, OPEN),
)
_mention_index("wake", "wake_at", where=WAITING)
_mention_index("story", "brand_id", "story_key", where=HAS_STORY)
_mention_index("copies", "story_of", where=mentions.c.story_of.is_not(None))
_mention_index("author", "author_key", "at", "id", where=HAS_AUTHOR)
Index("ix_posts_thread", posts.c.thread_id, sqlite_where=HAS_THREAD, postgresql_where=HAS_THREAD)
Index("ix_posts_own", posts.c.parent_id, sqlite_where=OWN, postgresql_where=OWN)
Index(
    "ix_alerts_unseen",
    alerts.c.mention_id,
    sqlite_where=alerts.c.seen_at.is_(None),
    postgresql_where=alerts.c.seen_at.is_(None),
)
Index(
    "ix_alerts_unnotified",
    alerts.c.mention_id,
    sqlite_where=alerts.c.notified_at.is_(None),
    postgresql_where=alerts.c.notified_at.is_(None),
)
