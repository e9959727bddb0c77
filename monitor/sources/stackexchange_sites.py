"""The names of Stack Exchange's sites and their addresses. Pure."""

from __future__ import annotations

import re

from monitor.errors import BadInput
from monitor.text import text

# Sites with an address of their own; all others live under stackexchange.com.
_OWN = {
    "stackoverflow": "stackoverflow.com",
    "meta.stackoverflow": "meta.stackoverflow.com",
    "serverfault": "serverfault.com",
    "superuser": "superuser.com",
    "askubuntu": "askubuntu.com",
    "stackapps": "stackapps.com",
    "mathoverflow.net": "mathoverflow.net",
}
_NAME = re.compile(r"^[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40}){0,2}$")


def site_of(typed: str) -> str:
    """The site's name for the interface, from a name or an address. Raises BadInput."""
    name = typed.strip().lower().removeprefix("https://").removeprefix("http://").partition("/")[0]
    site = site_at(name) or name.removesuffix(".stackexchange")
    if not _NAME.match(site):
        raise BadInput(
            text("That is not a site of Stack Exchange."),
            text("Nothing was added."),
            text("Write the first part of its address, for instance superuser or cooking."),
        )
    return site


def site_at(host: str) -> str:
    """The name of the site at this host; "" for hosts of others."""
    host = host.removeprefix("www.")
    for name, address in _OWN.items():
        if host == address:
            return name
    for ending in (".stackexchange.com", ".stackoverflow.com"):
        if host.endswith(ending):
            name = host.removesuffix(".com" if ending == ".stackoverflow.com" else ending)
            return name if _NAME.match(name) and name != "api" else ""
    return ""


def host_of(site: str) -> str:
    """Where people read the site of this name."""
    if site.endswith(".stackoverflow"):
        return f"{site}.com"
    return _OWN.get(site) or f"{site}.stackexchange.com"
