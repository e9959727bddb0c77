"""The one HTTP client: the only file that opens sockets.

Everything that comes back is hostile: total deadline, byte cap after decompression, bounded
redirects, no downgrade from https, cancellable while it waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.infra.cancel import CancelToken

DEADLINE = 30.0
MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """`url` is where it came from after redirects; `permanent_url` is where only permanent redirects
    led ("" when there were none). `headers` has lower-case names."""

    status: int
    url: str
    permanent_url: str
    headers: Mapping[str, str]
    body: bytes


class HttpClient:
    """One per thread (it owns a requests.Session); all of them share one TLS context."""

    def get(
        self,
        url: str,
        *,
        cancel: CancelToken,
        headers: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> HttpResponse:
        """One GET. Returns every status from 200 to 599; raises SourceError for all that is no answer
        (DNS, TLS, timeout, too large, too many redirects) and Cancelled."""
        raise NotImplementedError

    def close(self) -> None: ...
