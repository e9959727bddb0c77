"""Passwords typed in addresses: in the keyring, so that the address alone can be stored, shown and exported.

"https://ann:secret@site/feed" is kept as "https://ann@site/feed", its password under "login/ann@site".
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from monitor.errors import SecretsUnavailable
from monitor.infra.secrets import Secrets


def without_login(address: str) -> str:
    """The address without user and password: what stands in a link or a list for others. Pure."""
    parts = _split(address)
    if parts is None or "@" not in parts.netloc:
        return address
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def has_password(address: str) -> bool:
    """Pure."""
    parts = _split(address)
    return parts is not None and bool(_login(parts)[1])


def keep_password(address: str, secrets: Secrets) -> str:
    """Hand the address's password to the keyring; the address without it. Blocking.

    Raises SecretsUnavailable, and then nothing may be stored: there is no other place for it.
    """
    parts = _split(address)
    if parts is None or not has_password(address):
        return address
    user, password = _login(parts)
    secrets.set(_name(parts), unquote(password))
    return urlunsplit(parts._replace(netloc=f"{user}@{parts.netloc.rpartition('@')[2]}"))


def forget_password(address: str, others: Iterable[str], secrets: Secrets) -> None:
    """Take the password kept for this address out of the keyring, unless one of `others` has the same
    login. Blocking; without a keyring nothing can be forgotten, and nothing is raised.
    """
    parts = _split(address)
    if parts is None or not _login(parts)[0]:
        return
    named = {_name(other) for one in others if (other := _split(one)) is not None}
    if _name(parts) not in named:
        with suppress(SecretsUnavailable):
            secrets.delete(_name(parts))


def login_of(url: SplitResult, secrets: Secrets) -> tuple[str, str]:
    """User and password for this address, the kept one where it names only the user; empty without.

    Blocking when it asks the keyring. Raises SecretsUnavailable.
    """
    user, password = _login(url)
    if user and not password:
        return unquote(user), secrets.get(_name(url)) or ""
    return unquote(user), unquote(password)


def _login(url: SplitResult) -> tuple[str, str]:
    user, _, password = url.netloc.rpartition("@")[0].partition(":")
    return user, password


def _name(url: SplitResult) -> str:
    return f"login/{_login(url)[0]}@{url.netloc.rpartition('@')[2].lower()}"


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
