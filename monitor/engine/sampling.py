"""Asks a proposed source for what it shows now, and counts what of it is about the brand. Stores nothing.

Politeness is the scheduler's: one request at a time to a host, its spacing kept, a few hosts at once.
A host that allows so little that a sample would use it up is not asked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.analysis.language import detect
from monitor.analysis.matcher import Matcher
from monitor.analysis.near import relevant
from monitor.engine.agenda import PacingOf
from monitor.engine.ask_gate import AskGate, Book
from monitor.engine.poll import host_of
from monitor.engine.schedule import HOST_WAIT
from monitor.errors import Cancelled, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.model.brand import Brand
from monitor.model.post import Post
from monitor.model.proposal import Proposal, Sampled
from monitor.model.source import Source
from monitor.sources.registry import open_kinds
from monitor.text import Text, text

AT_ONCE = 4
MOST_POSTS = 100
LONGEST_TEXT = 2_000
SLOW_LANE = 15.0
"""Seconds between two requests from which on a host is kept for listening."""

MOST_WAIT = 15.0
"""Seconds a sample waits for a host that asked to be left alone; longer is said instead."""

FULL = 20
"""So many posts, all of the last week: there are probably more."""

_log = logging.getLogger(__name__)


class Sampler:
    """Safe from any thread. `book` takes a host's next turn from the scheduler; `make_client` is
    where the outside world begins."""

    def __init__(
        self, clock: Clock, pacing_of: PacingOf, book: Book, make_client: Callable[[], HttpClient]
    ) -> None:
        self._clock = clock
        self._pacing_of = pacing_of
        self._make_client = make_client
        self._gate = AskGate(AT_ONCE, book)

    def sample(self, proposal: Proposal, brand: Brand, cancel: CancelToken) -> Sampled:
        """Blocking, network. A network that fails is told in the answer; raises Cancelled, and BadInput
        for a name nobody can find."""
        matcher = Matcher([brand])
        source = proposal.source
        host = host_of(source)
        spacing = self._pacing_of(host).spacing
        if spacing >= SLOW_LANE:
            return Sampled(asked=False, note=_slow_lane(proposal.label, spacing))
        if self._gate.resting(host) > MOST_WAIT:
            return Sampled(asked=False, note=text("{host} asked to be left alone.", host=host))
        try:
            with self._gate.through(host, cancel):
                posts, note = self._ask(source, cancel)
        except SourceError as error:
            if error.whole_host:
                self._gate.rest(host, self._rest(error))
            return Sampled(problem=error.title)
        cancel.check()
        return count(brand, matcher, posts, self._clock.now(), note)

    def recount(self, brand: Brand, sampled: Sequence[Sampled]) -> tuple[Sampled, ...]:
        """The same samples, for a brand described otherwise. Raises BadInput as `sample` does."""
        matcher, now = Matcher([brand]), self._clock.now()
        return tuple(
            count(brand, matcher, one.posts, now, one.note) if one.posts else one for one in sampled
        )

    def _ask(self, source: Source, cancel: CancelToken) -> tuple[tuple[Post, ...], Text | None]:
        kind, http = open_kinds()[source.kind], self._make_client()
        try:
            answers = kind.fetch(source, "", http, self._clock.now(), cancel)
            result = kind.read(source, "", answers, self._clock.now())
        except (SourceError, Cancelled):
            raise
        except Exception as error:
            _log.exception("a sample of kind %s: a bug of ours", source.kind)
            raise SourceError(_BROKEN, _NOTHING, _TICK_ANYWAY) from error
        finally:
            http.close()
        return result.posts, result.note

    def _rest(self, error: SourceError) -> float:
        if error.retry_at is None:
            return HOST_WAIT.total_seconds()
        return max(0.0, (error.retry_at - self._clock.now()).total_seconds())


def count(
    brand: Brand, matcher: Matcher, posts: Sequence[Post], now: datetime, note: Text | None = None
) -> Sampled:
    """What of these posts is about the brand. Pure. `matcher` knows this brand alone."""
    kept = tuple(replace(post, text=post.text[:LONGEST_TEXT]) for post in posts[:MOST_POSTS])
    naming = tuple(i for i, post in enumerate(kept) if is_about(brand, matcher, post))
    dates = [post.published for post in kept if post.published is not None]
    told = [when for i in naming if (when := kept[i].published) is not None]
    day, week = now - timedelta(days=1), now - timedelta(days=7)
    return Sampled(
        posts=kept,
        naming=naming,
        day=sum(when >= day for when in told),
        week=sum(when >= week for when in told),
        more=len(dates) >= FULL and min(dates) >= week,
        note=note,
    )


def is_about(brand: Brand, matcher: Matcher, post: Post) -> bool:
    """As listening would decide: the language is looked at only where one is left out."""
    matches = matcher.find(post.full_text).get(brand.id, ())
    if not matches:
        return False
    language = post.language
    if brand.excluded_languages:
        language = detect(post.full_text, language)[0]
    return relevant(brand, post, matches, language)


def _slow_lane(label: Text, spacing: float) -> Text:
    return text(
        "{network} allows one request in {seconds} seconds, so it is not asked for a sample.",
        network=label,
        seconds=round(spacing),
    )


_BROKEN = text("The program made a mistake while reading this source.")
_NOTHING = text("Nothing was stored.")
_TICK_ANYWAY = text("It can be listened to all the same.")
