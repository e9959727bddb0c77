"""Addresses in strangers' texts: where they are, and opening one in the browser, only when asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_ADDRESS = re.compile(r"https?://[^\s<>\"'«»“”]{3,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?)]}…’"


def addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, address) of every web address written in `text`, in code points. Pure."""
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_TRAILING)
        if host_of(address):
            yield found.start(), found.start() + len(address), address


def host_of(address: str) -> str:
    """The host as the browser will ask for it (letters that only look Latin are shown as xn--);
    "" when the address is not http or https, or not an address."""
    try:
        if urlsplit(address).scheme.lower() not in ("http", "https"):
            return ""
    except ValueError:
        return ""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid():
        return ""
    return url.host(QUrl.ComponentFormattingOption.FullyEncoded)


def open_in_browser(address: str) -> bool:
    """Hand a web address to the system's browser; anything but http and https is refused."""
    if not host_of(address):
        return False
    return QDesktopServices.openUrl(QUrl(address))
