"""The server a person named -> its base address. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from monitor.sources.addresses import typed_addresses


def server_of(typed: str) -> str:
    """ "https://forum.example" for "forum.example", and for any page of it. Raises BadInput."""
    parts = urlsplit(typed_addresses(typed)[0])
    host = parts.netloc.rpartition("@")[2].lower()
    return f"{parts.scheme}://{host}"


def host_of(address: str) -> str:
    """ "forum.example" of "https://forum.example/a?b"; "" for what is no address."""
    try:
        return (urlsplit(address).netloc).rpartition("@")[2].lower()
    except ValueError:
        return ""
