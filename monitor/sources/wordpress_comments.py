"""One item of a comment feed -> the comment: its thread, what it answers, its words alone. Pure and total."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from monitor.infra.http import HttpResponse
from monitor.model.post import Post
from monitor.sources.addresses import parts_of
from monitor.sources.item_parts import item_parts
from monitor.sources.markup import html_to_text
from monitor.sources.posts import MAX_ID
from monitor.sources.xml_parts import text_of

_NUMBER = re.compile(rb"<(?:guid|id)\b[^>]{0,200}>[^<]{0,2000}?#comment-(\d{1,15})\b")
_OWN_NUMBER = re.compile(r"#comment-\d+$")
# "In reply to <a>Léa</a>." stands in the site's language as a paragraph before the comment's own words.
_IN_REPLY = re.compile(
    r"\s*(?:<p>)?[^<>]{0,100}<a\b[^>]{0,500}#comment-(\d{1,15})\"[^>]{0,200}>[^<>]{0,200}</a>"
    r"[^<>\n]{0,50}(?:</p>|<br|\n)"
)
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")


@dataclass(frozen=True, slots=True)
class Reply:
    """`to` is the number of the comment answered; `told` are the words with which WordPress says so."""

    to: str
    told: str


def numbers(feed: bytes) -> set[int]:
    """The numbers of the comments in a feed; later ones are greater."""
    return {int(found) for found in _NUMBER.findall(feed)}


def replies(answer: HttpResponse) -> Mapping[str, Reply]:
    """The id of each comment that answers another -> which."""
    found = {}
    for parts in item_parts(answer):
        own = next((parts[name] for name in ("guid", "id") if name in parts), None)
        body = next((parts[n] for n in ("encoded", "content", "description") if n in parts), None)
        if own is None or body is None:
            continue
        if reply := _IN_REPLY.match(text_of(body)[:2000]):
            found[text_of(own)] = Reply(reply[1], html_to_text(reply[0]))
    return found


def comment_of(post: Post, reply: Reply | None) -> Post:
    """The post with its thread; without the title that WordPress made of the author's name."""
    made = bool(post.author.name) and post.title.endswith(post.author.name)
    words, parent = post.text, ""
    if reply and _OWN_NUMBER.search(post.native_id):
        parent = _OWN_NUMBER.sub(f"#comment-{reply.to}", post.native_id)
        words = words.removeprefix(reply.told).lstrip() or words
    return dataclasses.replace(
        post,
        title="" if made else post.title,
        text=words,
        thread_id=_below(post.url)[:MAX_ID],
        parent_id=parent,
    )


def _below(link: str) -> str:
    """The address of the post below which the comment stands."""
    parts = parts_of(link)
    asked = [pair for pair in parse_qsl(parts.query) if pair[0] != "cpage"]
    path = _COMMENT_PAGE.sub("/", parts.path)
    return parts._replace(path=path, query=urlencode(asked), fragment="").geturl()
