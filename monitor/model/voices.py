"""Under which names and addresses the person speaks on the networks: their own posts are no mentions. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.model.account import Account
from monitor.model.post import Author


@dataclass(frozen=True, slots=True)
class Voices:
    """`names` are (network, an account's label in small letters), `pages` the accounts' public pages as
    `_page` writes them."""

    names: frozenset[tuple[str, str]] = frozenset()
    pages: frozenset[str] = frozenset()

    def include(self, author: Author, network: str, host: str) -> bool:
        """Whether one of the accounts wrote it. `network` and `host` are those of the source that
        brought it: a handle without its server is one of the server asked."""
        if not (self.names or self.pages):
            return False
        if author.url and _page(author.url) in self.pages:
            return True
        handle = author.handle.lstrip("@").casefold()
        if not handle or not network:
            return False
        if (network, handle) in self.names:
            return True
        return "@" not in handle and (network, f"{handle}@{host}") in self.names


def voices_of(accounts: Iterable[Account]) -> Voices:
    known = tuple(accounts)
    labels = ((one.network, one.label.lstrip("@").casefold()) for one in known)
    pages = {_page(one.url) for one in known}
    return Voices(frozenset(pair for pair in labels if pair[1]), frozenset(pages - {""}))


def host_of(address: str) -> str:
    """With its port, in small letters; "" where there is none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _page(url: str) -> str:
    """The same for every way of writing it; "" for a whole site, on which many may write."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host, path = host_of(url).removeprefix("www."), parts.path.rstrip("/")
    if parts.scheme.lower() not in ("http", "https") or not host or not (path or parts.query):
        return ""
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"
