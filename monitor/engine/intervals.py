"""How often a source is polled when nobody else has a wish. Pure."""

from __future__ import annotations

from monitor.demo.setup import is_sample
from monitor.engine.schedule import interval_seconds
from monitor.model.source import Source
from monitor.sources.registry import kinds

USUAL = 15 * 60


class Intervals:
    """`usual` is the person's general choice in seconds; set from any thread. A kind that is slower by
    nature keeps its own pace unless the person wishes another one of the source itself."""

    def __init__(self) -> None:
        self.usual = USUAL

    def of(self, source: Source) -> int:
        """Seconds. Our own demonstration server is the only one without a kind's minimum."""
        kind = kinds().get(source.kind)
        minimum = 0 if kind is None or is_sample(source) else kind.info.min_interval
        slower = kind is not None and kind.info.default_interval > USUAL
        default = max(self.usual, kind.info.default_interval) if kind and slower else self.usual
        return interval_seconds(source.interval, default, minimum)
