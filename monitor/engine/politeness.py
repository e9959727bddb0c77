"""How often each host may be asked: what its network wants, else one request a second. No I/O."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_address

from monitor.engine.agenda import OWN_MACHINE, POLITE, Pacing
from monitor.sources.registry import kinds


def polite(host: str) -> Pacing:
    """One request at a time and one a second for everybody, fewer where a kind of source says so of
    the host; this machine need not be spared."""
    try:
        own = ip_address(host).is_loopback
    except ValueError:
        own = host == "localhost"
    return OWN_MACHINE if own else _spaced().get(host, POLITE)


@functools.cache
def _spaced() -> Mapping[str, Pacing]:
    """Host -> pacing, where a kind asks for more than politeness; the strictest of several counts (no two
    tell a share of one host)."""
    found: dict[str, Pacing] = {}
    for kind in kinds().values():
        for host, spacing in kind.info.spacing.items():
            known = found.get(host, POLITE)
            found[host] = replace(known, spacing=max(spacing, known.spacing))
        for host, share in kind.info.shares.items():
            known = found.get(host, POLITE)
            found[host] = replace(known, share=share.requests, window=share.seconds)
    return found
