"""The RSS of a hashtag or of a person on a Mastodon server -> posts. Pure and total.

The feed names no author and no identity but the page, so both are read from the page's address.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime

from monitor.infra.http import HttpResponse
from monitor.model.post import Author, Post
from monitor.sources.api_answers import refused
from monitor.sources.feed_parse import ParsedFeed, parse_feed

_PAGE = re.compile(r"^(https?://([^/?#]+))/@([\w.-]+)/(\w+)$")


def read(answer: HttpResponse, now: datetime) -> ParsedFeed | None:
    """None where there is no feed. Raises SourceError where the server asks to wait or has a fault."""
    if answer.status == 429 or answer.status >= 500:
        raise refused(answer, now)
    parsed = parse_feed(answer.body, answer.headers.get("content-type", ""), answer.url, now)
    if parsed is None:
        return None
    return replace(parsed, posts=tuple(map(_mended, parsed.posts)))


def _mended(post: Post) -> Post:
    found = _PAGE.match(post.url)
    if found is None:
        return post
    site, host, user, number = found.groups()
    # Servers find a post by its page as well as by its uri, which the feed does not tell.
    target = {
        "server": host,
        "id": number,
        "uri": post.url,
        "acct": f"{user}@{host}",
        "visibility": "public",
        "spoiler": "",
    }
    return replace(
        post,
        native_id=f"{site}/users/{user}/statuses/{number}",  # the uri of most posts
        author=Author(user, f"{user}@{host}", f"{site}/@{user}"),
        reply_to=json.dumps(target),
    )
