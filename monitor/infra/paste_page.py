"""A page of our own in the browser, for networks that show a code instead of sending the browser back.

It links to the network's page and sends what is pasted to the address that waits. Pure; served by
loopback_login.py.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from urllib.parse import parse_qs, quote

from monitor.text import Text, text

FIELD = "payload"
"""The name under which the pasted code comes back."""
BEHIND = "/paste"
"""Follows the path that waits."""

_STEPS = (
    "<ol style='line-height: 1.8'><li><a href='{url}' target='_blank' rel='noopener noreferrer'>"
    "{open}</a></li><li>{copy}</li><li>{paste}</li></ol><form method='get' action='{action}'>"
    "<textarea name='{field}' rows='8' style='width: 100%' required aria-label='{paste}'></textarea>"
    "<p><button style='font: inherit'>{go}</button></p></form>"
)


def paste_address(redirect: str, url: str) -> str:
    """Where the browser finds the page that links to `url`; `redirect` is the address that waits."""
    return f"{redirect}{BEHIND}?to={quote(url, safe='')}"


def paste_page(path: str, query: str, say: Callable[[Text], str]) -> str:
    """The page's inner HTML; "" where the query names no page of a network."""
    url = parse_qs(query).get("to", [""])[0]
    if not url.startswith("https://"):
        return ""
    said = {
        "open": say(text("Open this page of the network, log in there and agree.")),
        "copy": say(text("Copy the code that it shows then.")),
        "paste": say(text("Paste it here.")),
        "go": say(text("Continue")),
    }
    places = {"url": url, "action": path, "field": FIELD}
    return _STEPS.format(
        **{key: html.escape(one, quote=True) for key, one in (said | places).items()}
    )
