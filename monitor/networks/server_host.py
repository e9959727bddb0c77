"""The server a person named, however they wrote it -> its host; a host -> where it is asked. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from monitor.errors import BadInput
from monitor.text import text

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}(?::\d{1,5})?")


def server_host(typed: str) -> str:
    """ "social.example" for itself, for "https://social.example/about" and for "@ann@social.example";
    international names in their ASCII form. Raises BadInput."""
    words = typed.strip().casefold()
    if "://" not in words:
        words = f"https://{words.rpartition('@')[2]}"
    try:
        host = urlsplit(words).netloc.rpartition("@")[2].encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        host = ""
    if not words.startswith("https://") or not _HOST.fullmatch(host):
        raise BadInput(
            text("“{typed}” is not the address of a server.", typed=typed[:200]),
            text("Nothing was changed."),
            text("It is what stands behind the second @ of your address, as in social.example."),
        )
    return host


def base_of(server: str) -> str:
    """ "https://social.example". Only the demonstration's own server, on this machine, has no TLS:
    nobody can type it in, see `server_host`."""
    return f"http://{server}" if server.startswith("127.0.0.1:") else f"https://{server}"
