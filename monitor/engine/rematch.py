"""Looks for brands in everything already stored, in small steps, in its own thread. Alerts nobody.

Each step is one read and one short write, so that polls and the window pass in between. It may be
cut short at any moment (quit, kill): the next start begins it again, and finding twice stores once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait

from monitor.engine.finder import Finder
from monitor.engine.store_threads import StoreThreads
from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken
from monitor.model.poll import Applied
from monitor.store.records import FoundMention, StoredPost

CHUNK = 50

BREATH = 0.002
"""Seconds after each post that names the brand, in which the window gets the interpreter: without
them a jump in the list took 44 ms while 100,000 posts were searched, with them 19."""

_log = logging.getLogger(__name__)


class Rematch:
    """One at a time for the whole profile; a later one waits for the earlier.

    `start` is called from one thread only (the writer's). `last` is the newest search.
    """

    def __init__(
        self,
        store: StoreThreads,
        cancel: CancelToken,
        on_found: Callable[[Applied], None],
    ) -> None:
        self._store = store
        self._cancel = cancel
        self._on_found = on_found
        self.last: Future[int] = Future()
        self.last.set_result(0)

    def start(self, finder: Finder, *, brand_is_new: bool) -> Future[int]:
        """Look for the finder's one brand in every stored post; the number of new mentions.

        Of a changed brand, mentions that are not found any more leave the lists.
        """
        before, self.last = self.last, Future[int]()
        job = (finder, brand_is_new, before, self.last)
        threading.Thread(target=self._run, args=job, name="rematch", daemon=True).start()
        return self.last

    def _run(
        self, finder: Finder, brand_is_new: bool, before: Future[int], future: Future[int]
    ) -> None:
        wait([before])
        try:
            future.set_result(self._all(finder, brand_is_new))
        except VigieError as error:
            future.set_exception(error)
        except Exception as error:
            _log.exception("looking for a brand in stored posts failed")
            future.set_exception(error)

    def _all(self, finder: Finder, brand_is_new: bool) -> int:
        (brand_id,) = finder.brands
        new, last = 0, 0
        while posts := self._next_posts(last):
            self._cancel.check()
            last = posts[-1].id
            found = {post.id: mention for post in posts for mention in self._look(finder, post)}
            if found:
                applied = self._keep(list(found.values()))
                new += len(applied.new_mentions)
                self._on_found(applied)
            if not brand_is_new:
                self._hide(brand_id, [post.id for post in posts if post.id not in found])
        self._store.write(lambda writer: writer.end_search(brand_id)).result()
        return new

    def _look(self, finder: Finder, stored: StoredPost) -> list[FoundMention]:
        found = finder.mentions(stored.post, alert=False, about=stored.about)
        if found:
            self._cancel.wait(BREATH)
        return [FoundMention(stored.id, stored.content_hash, mention) for mention in found]

    def _next_posts(self, after: int) -> tuple[StoredPost, ...]:
        return self._store.read(lambda reader: reader.posts_after(after, CHUNK)).result()

    def _keep(self, mentions: list[FoundMention]) -> Applied:
        return self._store.write(lambda writer: writer.store_mentions(mentions)).result()

    def _hide(self, brand_id: int, post_ids: list[int]) -> None:
        hidden = self._store.write(lambda w: w.hide_mentions(brand_id, post_ids)).result()
        if hidden:
            self._on_found(Applied((), hidden, (), 0))
