"""What a brand would find before it is stored: in texts at hand, or in everything stored. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from monitor.analysis.matcher import Matcher
from monitor.analysis.near import relevant
from monitor.engine.store_threads import StoreThreads
from monitor.infra.cancel import CancelToken
from monitor.model.brand import Brand
from monitor.model.post import Post
from monitor.store.reader import Reader
from monitor.store.records import StoredPost

PAGE = 500
"""Posts read at a time, so that the list's own reads come in between."""


def naming(brand: Brand, texts: Sequence[str]) -> tuple[int, ...]:
    """The indexes of the texts that are about the brand. Raises BadInput for a name nobody can find."""
    matcher = Matcher([brand])
    posts = [Post(native_id="", url="", title="", text=words) for words in texts]
    return tuple(i for i, post in enumerate(posts) if _is_about(brand, matcher, post))


def count_stored(brand: Brand, store: StoreThreads, cancel: CancelToken) -> int:
    """How many stored posts are about the brand. Blocking; not in the reader's thread."""
    matcher = Matcher([brand])
    found = 0
    last = 0
    while True:
        cancel.check()
        page = store.read(partial(_page, last)).result()
        found += sum(
            _is_about(brand, matcher, one.post, own_place=0 < brand.id == one.about) for one in page
        )
        if len(page) < PAGE:
            return found
        last = page[-1].id


def _page(after: int, reader: Reader) -> tuple[StoredPost, ...]:
    return reader.posts_after(after, PAGE)


def _is_about(brand: Brand, matcher: Matcher, post: Post, *, own_place: bool = False) -> bool:
    matches = matcher.find(post.full_text).get(brand.id, ())
    return relevant(brand, post, matches, post.language, own_place=own_place)
