"""A limit that a network publishes. Pure data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """A network's published limit: at most `requests` in any `seconds`, of the requests whose path
    begins with `path`, but not with `other_than`. `told` is where it is published."""

    requests: int
    seconds: int
    told: str
    path: str = "/"
    other_than: str = "-"

    def counts(self, path: str) -> bool:
        return path.startswith(self.path) and not path.startswith(self.other_than)
