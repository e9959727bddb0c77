"""Posts of X's interface -> posts, and the times in their ids. Pure and total."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from monitor.model.post import Author, Post
from monitor.sources.api_answers import Json, moment, number, objects, string
from monitor.sources.markup import html_to_text, one_line, plain_to_text, safe_link
from monitor.sources.posts import language_code

_EPOCH = 1_288_834_974_657  # ms since 1970: when X's ids begin to count
_LONGEST_ID = 19
_OWN_PICTURE = re.compile(r"/status/\d{1,19}/(?:photo|video)/\d{1,3}$", re.ASCII)


def usable_id(name: str) -> str:
    """ "" for what is no id."""
    return name if name.isascii() and name.isdigit() and len(name) <= _LONGEST_ID else ""


def time_of(name: str) -> datetime:
    """When the post of this id was made, by X's clock."""
    return datetime.fromtimestamp(((int(name) >> 22) + _EPOCH) / 1000, UTC)


def identity(tweet: Json) -> str:
    """Its first id: an edit has one of its own. "" without one."""
    history = tweet.get("edit_history_tweet_ids")
    first = history[0] if isinstance(history, list) and history else ""
    return usable_id(first if isinstance(first, str) else "") or usable_id(string(tweet, "id"))


def is_repost(tweet: Json) -> bool:
    return bool(_referenced(tweet, "retweeted"))


def post_of(tweet: Json, authors: Mapping[str, Json], now: datetime) -> Post:
    """`authors` are the people of the answer by id."""
    author = _author(authors.get(string(tweet, "author_id"), {}))
    id_ = usable_id(string(tweet, "id")) or identity(tweet)
    shares = [number(tweet, "public_metrics", key) for key in ("retweet_count", "quote_count")]
    told = [count for count in shares if count is not None]
    return Post(
        native_id=identity(tweet),
        url=f"https://x.com/{author.handle or 'i'}/status/{id_}",
        title="",
        text=_words(tweet),
        author=author,
        published=moment(tweet, "created_at", now=now),
        language=language_code(string(tweet, "lang")),
        thread_id=usable_id(string(tweet, "conversation_id")),
        parent_id=_referenced(tweet, "replied_to"),
        likes=number(tweet, "public_metrics", "like_count"),
        replies=number(tweet, "public_metrics", "reply_count"),
        shares=sum(told) if told else None,
    )


def _author(user: Json) -> Author:
    handle = string(user, "username")
    if not handle.isascii() or not handle.replace("_", "").isalnum():
        return Author()
    name = one_line(plain_to_text(string(user, "name"))) or handle
    followers = number(user, "public_metrics", "followers_count")
    return Author(name, handle, f"https://x.com/{handle}", followers)


def _words(tweet: Json) -> str:
    """Whole where it is long, links as they were written. X escapes &, < and > and nothing else."""
    long = tweet.get("note_tweet")
    of: Any = long if string(long, "text") else tweet
    words = string(of, "text")
    for link in objects(of, "entities", "urls"):
        short, real = string(link, "url"), string(link, "expanded_url")
        if not short.startswith("https://t.co/"):
            continue
        shown = "" if _OWN_PICTURE.search(real) else safe_link(real) or short
        words = words.replace(short, html.escape(shown, quote=False))
    return html_to_text(words.replace("\n", "<br>"))


def _referenced(tweet: Json, how: str) -> str:
    found = (one for one in objects(tweet, "referenced_tweets") if string(one, "type") == how)
    return usable_id(string(next(found, {}), "id"))
