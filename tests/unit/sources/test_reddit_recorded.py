"""What Reddit itself once answered, read as the kinds with an account read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from monitor.infra.http import HttpResponse
from monitor.model.source import Source
from monitor.sources import reddit_inbox, reddit_search
from monitor.sources.base import AccountKind, FetchResult
from monitor.sources.reddit_account import things
from monitor.sources.reddit_things import is_gone, post_of
from tests.support.reddit_server import ME
from tests.unit.sources.samples import NOW

HOST = "/oauth.reddit.com"
SEARCH = reddit_search.KIND
INBOX = reddit_inbox.KIND


def recorded(shared: Path, *wanted: str) -> Iterator[tuple[str, bytes]]:
    """Name of the recording and body, of each answer to a question that holds one of the words."""
    for file in sorted((shared / "fixtures" / "reddit").rglob("*.json")):
        for one in json.loads(file.read_text("utf-8"))["interactions"]:
            uri, told = one["request"]["uri"], one["response"].get("json")
            lists = isinstance(told, dict) and told.get("kind") == "Listing"
            if lists and any(words in uri for words in wanted):
                yield file.name, json.dumps(told).encode()


def read_recorded(kind: AccountKind, name: str, body: bytes) -> FetchResult:
    address = kind.address_of({"words": "praw", "account": ME})
    path = "/message/mentions" if kind is INBOX else "/search"
    answer = HttpResponse(200, f"https://oauth.reddit.com{path}", "", {}, body)
    return kind.read(Source(1, kind.info.kind, address, ""), "", (answer,), NOW)


def test_recorded_searches_and_lists_of_posts(shared: Path) -> None:
    found = {
        name: read_recorded(SEARCH, name, body)
        for name, body in recorded(shared, "/search/?sort", "/new?", "/api/info", "duplicates")
        if "sr_names" not in name
    }
    search = found["TestSubreddit.test_search.json"]
    assert search.skipped == 0
    assert len(search.posts) == 6
    assert all(post.native_id.startswith("t3_") for post in search.posts)
    first = next(post for post in search.posts if "get_banned" in post.text)
    assert first.author.handle == "dClauzel"
    assert first.thread_id == f"r/redditdev/{first.native_id}"
    assert first.published is not None
    assert first.published.year == 2015
    deleted = found["TestComment.test_refresh__deleted_comment.json"]
    assert (deleted.posts, deleted.withdrawn) == ((), ("t1_d7ltvl0",))
    (answer,) = found["TestComment.test_attributes.json"].posts
    assert (answer.parent_id, answer.author.name) == ("t1_cklfmye", "bboe")
    assert answer.url == "https://www.reddit.com/comments/2gmzqe/_/cklhv0f/"
    assert answer.reply_to == ""  # archived


def test_recorded_inboxes(shared: Path) -> None:
    results = {
        name: read_recorded(INBOX, name, body)
        for name, body in recorded(shared, "/message/mentions", "/message/comments", "/selfreply")
    }
    mentions = results["TestInbox.test_mentions.json"]
    assert (len(mentions.posts), mentions.skipped) == (16, 0)
    first = mentions.posts[0]
    assert first.native_id.startswith("t1_ekf")
    assert first.url.startswith("https://www.reddit.com/r/RemovedByBotter/comments/")
    assert "?" not in first.url
    assert first.parent_id.startswith("t3_")
    assert first.thread_id == f"r/RemovedByBotter/{first.parent_id}"
    assert len(results["TestInbox.test_submission_replies.json"].posts) >= 60
    assert all(not result.skipped for result in results.values())


def test_private_messages_of_recorded_inboxes_are_no_posts(shared: Path) -> None:
    for _, body in recorded(shared, "/message/inbox", "/message/unread", "/message/messages"):
        result = read_recorded(INBOX, "", body)
        assert all(post.native_id.startswith("t1_") for post in result.posts)
        assert result.skipped == 0


def test_every_recorded_post_and_comment_can_be_read(shared: Path) -> None:
    seen = 0
    for _, body in recorded(shared, "oauth.reddit.com"):
        for thing in things(json.loads(body)):
            made = post_of(thing, NOW)
            seen += 1
            if is_gone(thing):
                continue
            assert made.full_text
            assert made.url.startswith("https://www.reddit.com/")
            assert made.published is not None
            assert made.author.handle
    assert seen > 1000
