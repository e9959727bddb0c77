"""What a person typed -> addresses to try, and the feeds of sites whose rule is known. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, quote, urlsplit, urlunsplit

from monitor.errors import BadInput
from monitor.text import text

_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d)")
_FEDIVERSE = re.compile(r"^@([\w.-]+)@([\w.-]+\.\w{2,})$")
_MAIL = re.compile(r"^[^\s/:]+@[^\s/]+$")
_HOST = re.compile(r"^[^\s/?#@]+$")
_GUESSES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json")


def typed_addresses(typed: str) -> tuple[str, ...]:
    """The address as it can be asked for; https and http where none was typed. Raises BadInput."""
    typed = typed.strip().strip("<>\"'")
    if found := _FEDIVERSE.match(typed):
        return (f"https://{found[2]}/@{found[1]}",)
    if typed.lower().startswith("feed:"):
        typed = typed[5:].lstrip("/")
    if _MAIL.match(typed):
        raise _not_an_address(typed)
    scheme = _SCHEME.match(typed)
    if scheme is None:
        typed = typed.lstrip("/")
        secure, plain = _usable("https://" + typed, typed), _usable("http://" + typed, typed)
        # Servers in the house and on odd ports rarely speak TLS, and some never answer its greeting.
        return (plain, secure) if is_private(plain) or urlsplit(plain).port else (secure, plain)
    if scheme[1].lower() not in ("http", "https"):
        raise _not_an_address(typed)
    return (_usable(typed, typed),)


def parts_of(address: str) -> SplitResult:
    """The address split; all parts empty for what is no address."""
    try:
        parts = urlsplit(address)
        return parts if parts.hostname and parts.port != 0 else SplitResult("", "", "", "", "")
    except ValueError:
        return SplitResult("", "", "", "", "")


def guesses(address: str) -> tuple[str, ...]:
    """Where feeds usually are: under the page first, then under the site's root; at most 6."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    site = f"{parts.scheme}://{parts.netloc}"
    under = [f"{site}{path}/feed", f"{site}{path}/rss"] if path and "." not in path else []
    tried = dict.fromkeys([*under, *(site + guess for guess in _GUESSES)])
    return tuple(tried)[:6]


def known_feed(address: str) -> str:
    """The feed of a page whose site has a rule that needs no network; "" for all others."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    for ending, rule in _RULES:
        if host == ending or host.endswith("." + ending):
            return rule(parts, host)
    return ""


def channel_in_page(address: str, page: str) -> str:
    """YouTube hides a channel's number in its page: the feed of it, else ""."""
    if not (urlsplit(address).hostname or "").endswith("youtube.com"):
        return ""
    found = re.search(r"\"(?:externalId|channelId)\"\s*:\s*\"(UC[\w-]{10,40})\"", page)
    return f"https://www.youtube.com/feeds/videos.xml?channel_id={found[1]}" if found else ""


def is_private(address: str) -> bool:
    """True when the host is written as an address of this machine or of a private network."""
    host = urlsplit(address).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def _youtube(parts: SplitResult, _: str) -> str:
    feed = "https://www.youtube.com/feeds/videos.xml?"
    words = parts.path.strip("/").split("/")
    if words[0] == "channel" and len(words) > 1:
        return f"{feed}channel_id={quote(words[1])}"
    if words[0] == "user" and len(words) > 1:
        return f"{feed}user={quote(words[1])}"
    playlist = parse_qs(parts.query).get("list")
    return f"{feed}playlist_id={quote(playlist[0])}" if playlist else ""


def _reddit(parts: SplitResult, _: str) -> str:
    if parts.path.rstrip("/").endswith(".rss"):
        return ""
    if re.match(r"^/(?:r|u|user)/[\w+.-]+", parts.path):
        path = parts.path.rstrip("/") + "/.rss"
        return urlunsplit(("https", "www.reddit.com", path, parts.query, ""))
    if parts.path.rstrip("/") == "/search" and parts.query:
        return f"https://www.reddit.com/search.rss?{parts.query}"
    return ""


def _medium(parts: SplitResult, host: str) -> str:
    if host != "medium.com":
        return f"https://{host}/feed"
    name = parts.path.strip("/").split("/")[0]
    return f"https://medium.com/feed/{name}" if name and name != "feed" else ""


def _github(parts: SplitResult, host: str) -> str:
    words = parts.path.strip("/").split("/")
    if host != "github.com" or not words[0] or parts.path.endswith(".atom"):
        return ""
    if len(words) == 1:
        return f"https://github.com/{words[0]}.atom"
    page = (
        words[2] if len(words) > 2 and words[2] in ("releases", "tags", "commits") else "releases"
    )
    return f"https://github.com/{words[0]}/{words[1]}/{page}.atom"


def _at(path: str) -> Callable[[SplitResult, str], str]:
    """The site of one person or paper, whose feed is always at `path`."""
    return lambda _, host: f"https://{host}{path}" if host.count(".") > 1 else ""


def _bluesky(parts: SplitResult, _: str) -> str:
    found = re.match(r"^/profile/([\w.:-]+)/?$", parts.path)
    return f"https://bsky.app/profile/{found[1]}/rss" if found else ""


_RULES: tuple[tuple[str, Callable[[SplitResult, str], str]], ...] = (
    ("youtube.com", _youtube),
    ("reddit.com", _reddit),
    ("medium.com", _medium),
    ("github.com", _github),
    ("bsky.app", _bluesky),
    ("tumblr.com", _at("/rss")),
    ("substack.com", _at("/feed")),
)


def profile_feed(address: str) -> str:
    """Mastodon and its kin serve every profile page "/@name" and tag page as ".rss" too."""
    parts = urlsplit(address)
    if re.match(r"^/(?:@[\w.-]+(?:@[\w.-]+)?|tags/[^/]+)/?$", parts.path):
        path = parts.path.rstrip("/")
        return "" if path.endswith(".rss") else urlunsplit((*parts[:2], path + ".rss", "", ""))
    return ""


def _usable(address: str, typed: str) -> str:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise _not_an_address(typed) from None
    local = host == "localhost" or is_private(address) or ":" in host
    if not _HOST.match(host) or ("." not in host.strip(".") and not local) or " " in parts.netloc:
        raise _not_an_address(typed)
    return urlunsplit(parts._replace(fragment="")).replace(" ", "%20")


def _not_an_address(typed: str) -> BadInput:
    return BadInput(
        text("“{typed}” is not a web address.", typed=typed[:100]),
        text("Nothing was added."),
        text("Paste the address of a page or feed, for instance https://example.org."),
    )
