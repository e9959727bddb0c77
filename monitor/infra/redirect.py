"""Where a redirect may lead. Only `next_hop` may look names up; the rest is pure."""

from __future__ import annotations

import contextlib
import ipaddress
from collections.abc import Callable
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from monitor.errors import SourceError
from monitor.infra import http_errors
from monitor.infra.guard import Guard, resolve


def checked(url: str, complain: Callable[[str], SourceError]) -> SplitResult:
    """The address split, without its fragment; raises `complain(url)` unless it is http or https."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        raise complain(url) from None
    if not usable:
        raise complain(url)
    return parts._replace(fragment="")


def next_hop(here: SplitResult, location: str, guard: Guard) -> SplitResult:
    """The address a redirect leads to; raises SourceError where it must not be followed.

    A user:password travels on within the same site and nowhere else.
    """
    try:
        target = urljoin(urlunsplit(here._replace(netloc=_bare(here))), _as_utf8(location))
    except ValueError:
        raise http_errors.bad_redirect(location) from None
    there = checked(target, http_errors.bad_redirect)
    host = there.hostname or ""
    if here.scheme == "https" and there.scheme == "http":
        raise http_errors.downgraded(host)
    if host != here.hostname and _private(there, guard) and not _private(here, guard):
        raise http_errors.into_private_network(host)
    credentials = here.netloc.rpartition("@")[:2] if same_site(here, there) else ("", "")
    return there._replace(netloc="".join(credentials) + _bare(there))


def same_site(here: SplitResult, there: SplitResult) -> bool:
    """Same host and port; the step from http to https on the usual ports stays on the site."""
    if here.hostname != there.hostname:
        return False
    ports = (_port(here), _port(there))
    return (here.scheme == there.scheme and ports[0] == ports[1]) or ports == (80, 443)


def _bare(url: SplitResult) -> str:
    return url.netloc.rpartition("@")[2]


def _port(url: SplitResult) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _private(url: SplitResult, guard: Guard) -> bool:
    """True when the host is this machine or one of its own network: routers, printers, intranets."""
    with contextlib.suppress(SourceError):  # an unknown name is the connection's matter
        return any(
            not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global
            for _, address in resolve(url.hostname or "", _port(url), guard)
        )
    return False


def _as_utf8(location: str) -> str:
    """Header bytes arrive as Latin-1; addresses with raw accents are UTF-8."""
    with contextlib.suppress(UnicodeError):
        return location.encode("latin-1").decode("utf-8")
    return location
