"""What a person published, as a source delivered it. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

MAX_TEXT = 20_000
"""Longest text kept of one post, in code points. Sources cut; nothing downstream must."""

_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Author:
    """Empty strings where the source does not say. `handle` is without a leading @."""

    name: str = ""
    handle: str = ""
    url: str = ""
    followers: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One published text: plain text only, no markup, no control or bidi-override characters.

    `native_id` is unique and stable within its source. `published` is UTC, None when the source
    gives no believable date. `language` is the source's declaration (ISO 639-1), "" when none.
    `parent_id` is the native id of the post it answers. `rating` is 1 to 5 stars. `likes`, `replies`
    and `shares` are as the network counted them, None where it does not say. `reply_to` is JSON of
    the network's own: what it must be told to answer this post, "" where nobody can by a program.
    """

    native_id: str
    url: str
    title: str
    text: str
    author: Author = field(default_factory=Author)
    published: datetime | None = None
    language: str = ""
    thread_id: str = ""
    parent_id: str = ""
    rating: int | None = None
    likes: int | None = None
    replies: int | None = None
    shares: int | None = None
    reply_to: str = ""

    @property
    def full_text(self) -> str:
        """Title and text as they are matched, scored and shown; every position counts in this string."""
        return join_title(self.title, self.text)

    def excerpt(self, longest: int) -> str:
        """On one line, a dot between title and text; beyond `longest` code points cut, with an “…”."""
        whole, title = self.full_text, len(self.title)
        if title and whole.startswith(_BREAK, title):
            whole = f"{whole[:title]} · {whole[title:]}"
        line = " ".join(whole.split())
        return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"

    @property
    def content_hash(self) -> str:
        """Changes when a person changed something: words, title, author, address or stars; never with
        dates, nor with likes, replies and shares, which others change all day."""
        parts = [self.title, self.text, self.author.name, self.author.handle, self.url]
        if self.rating is not None:
            parts.append(str(self.rating))
        whole = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(whole, digest_size=16).hexdigest()


def join_title(title: str, text: str) -> str:
    """Title, blank line, text; the title alone or the text alone when the other adds nothing."""
    if not title or text.startswith(title):
        return text or title
    if not text:
        return title
    return f"{title}{_BREAK}{text}"
