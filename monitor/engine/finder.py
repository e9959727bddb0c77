"""Which watched brands a post is about, with the verdict on each, and whether it is the person's own.
Pure. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.analysis.analyser import Analyser
from monitor.analysis.decision import alarms, is_flagged, needs_answer
from monitor.analysis.matcher import Matcher
from monitor.analysis.near import relevant
from monitor.analysis.stories import story_key
from monitor.model.brand import Brand
from monitor.model.poll import BrandMention
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.model.voices import Voices, host_of
from monitor.sources.registry import network_of

NOBODY = Voices()


@dataclass(frozen=True, slots=True)
class Watched:
    brands: tuple[Brand, ...]
    voices: Voices


class Finder:
    """One set of brands and of the person's own voices, never changed: a new set is a new Finder. Safe
    from any thread. `watched` is what makes it, for another process."""

    def __init__(
        self, brands: Sequence[Brand], analyser: Analyser, voices: Voices = NOBODY
    ) -> None:
        self.brands = {brand.id: brand for brand in brands}
        self.voices = voices
        self.watched = Watched(tuple(brands), voices)
        self._matcher = Matcher(brands)
        self._analyser = analyser

    def is_own(self, post: Post, source: Source) -> bool:
        """Whether one of the person's accounts wrote it, as this source brought it."""
        network = network_of(source.kind)
        return self.voices.include(post.author, network, host_of(source.address))

    def mentions(
        self, post: Post, *, alert: bool, usual_language: str = "", about: int = 0
    ) -> tuple[BrandMention, ...]:
        """`alert` False: nobody is alerted (history, edits). Rivals never alert nor wait for an answer.

        `usual_language` is what the author mostly writes, "" when unknown. `about` is the brand that
        everything from the post's source is about, 0 for none.
        """
        full_text = post.full_text
        found = dict(self._matcher.find(full_text))
        if about in self.brands:
            found.setdefault(about, ())
        mentions = []
        for brand_id, matches in found.items():
            brand = self.brands[brand_id]
            verdict = self._analyser.analyse(
                full_text,
                declared_language=post.language,
                usual_language=usual_language,
                matches=matches,
            )
            own_place = brand_id == about
            if not relevant(brand, post, matches, verdict.language, own_place=own_place):
                continue
            flagged = is_flagged(verdict)
            mentions.append(
                BrandMention(
                    brand_id=brand_id,
                    matches=matches,
                    verdict=verdict,
                    flagged=flagged,
                    needs_answer=needs_answer(verdict) and not brand.rival,
                    alerts=alert and alarms(verdict) and not brand.rival,
                    story_key=story_key(full_text, post.url),
                )
            )
        return tuple(mentions)
