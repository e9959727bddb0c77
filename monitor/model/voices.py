"""Under which names and addresses the person speaks on the networks: their own posts are no mentions. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.model.account import Account
from monitor.model.post import Author


@dataclass(frozen=True, slots=True)
class Voices:
    """`names` are (network, an account's label in small letters), `pages` (network, the account's public
    page as `_page` writes it)."""

    names: frozenset[tuple[str, str]] = frozenset()
    pages: frozenset[tuple[str, str]] = frozenset()

    def include(self, author: Author, network: str, host: str) -> bool:
        """Whether one of the accounts wrote it. `network` and `host` are those of the source that
        brought it: a handle without its server is one of the server asked. A page counts on its network
        and its own site: elsewhere whoever comments types the address that stands behind their name."""
        if not (self.names or self.pages):
            return False
        if author.url and self._have(_page(author.url), network, host.removeprefix("www.")):
            return True
        handle = author.handle.lstrip("@").casefold()
        if not handle or not network:
            return False
        if (network, handle) in self.names:
            return True
        return "@" not in handle and (network, f"{handle}@{host}") in self.names

    def _have(self, page: str, network: str, host: str) -> bool:
        if (network, page) in self.pages:
            return True
        return page.startswith((f"{host}/", f"{host}?")) and any(
            page == known for _, known in self.pages
        )


def voices_of(accounts: Iterable[Account]) -> Voices:
    known = tuple(accounts)
    labels = ((one.network, one.label.lstrip("@").casefold()) for one in known)
    pages = ((one.network, _page(one.url)) for one in known)
    return Voices(
        frozenset(pair for pair in labels if pair[1]), frozenset(pair for pair in pages if pair[1])
    )


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
