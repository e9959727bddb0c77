"""The person's own feed token of Reddit: typed once in an address, then kept as a password is.

"https://www.reddit.com/.rss?feed=TOKEN&user=ann" becomes "ann:TOKEN@" before the host of what is
asked, be it a search or an ordinary feed: whoever stores an address hands the password in it to the keyring (see infra/logins.py). Only
the question put to Reddit has the token again.
"""

from __future__ import annotations

import dataclasses
import re
from urllib.parse import (
    SplitResult,
    parse_qs,
    parse_qsl,
    quote,
    unquote,
    urlencode,
    urlsplit,
    urlunsplit,
)

from monitor.errors import Action, BadInput, SecretsUnavailable, SourceError
from monitor.infra.http import HttpResponse
from monitor.infra.logins import login_of, without_login
from monitor.infra.secrets import Secrets
from monitor.sources.addresses import parts_of
from monitor.text import text

KEY = "feed"
_LOGIN = ("feed", "user")
_USER = re.compile(r"[\w-]{1,40}", re.ASCII)
_TOKEN = re.compile(r"[\w-]{10,200}", re.ASCII)


def before(host: str, typed: str) -> str:
    """The host with user and token before it, for a pasted feed address; with the user alone for a
    name, whose token the keyring has. Raises BadInput."""
    typed = typed.strip()
    if not typed:
        return host
    if _USER.fullmatch(typed):
        return f"{typed}@{host}"
    user, token = _of_question(parts_of(typed))
    if not user:
        raise BadInput(
            text("This is not the address of a feed of your own."),
            text("Nothing was added."),
            text("Log in to Reddit, open reddit.com/prefs/feeds and copy any address there."),
        )
    return f"{user}:{token}@{host}"


def of(parts: SplitResult) -> str:
    """What must be typed for the login of this address; "" where it has none."""
    user, token = unquote(parts.username or ""), unquote(parts.password or "")
    if not user:
        user, token = _of_question(parts)
    if not _USER.fullmatch(user) or (token and not _TOKEN.fullmatch(token)):
        return ""
    asked = urlencode({"feed": token, "user": user})
    return f"https://www.reddit.com/.rss?{asked}" if token else user


def to_keep(address: str) -> str:
    """The address with the login of its question before the host, whatever feed of Reddit it asks for;
    every other address as it is."""
    parts = parts_of(address)
    user, token = _of_question(parts)
    if not user or "@" in parts.netloc:
        return address
    left = [one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0] not in _LOGIN]
    netloc = f"{user}:{token}@{parts.netloc}"
    return urlunsplit(parts._replace(netloc=netloc, query=urlencode(left)))


def is_personal(address: str) -> bool:
    """Whether it is a feed of Reddit with somebody's login."""
    parts = parts_of(address)
    return "@" in parts.netloc and f".{parts.hostname}".endswith(".reddit.com")


def without_question(answer: HttpResponse) -> HttpResponse:
    """The token stands in the question: what is handed on and kept has none."""
    url = urlsplit(answer.url)._replace(query="").geturl()
    return dataclasses.replace(answer, url=url, permanent_url="")


def asked(address: str) -> str:
    """The address as Reddit wants it, with the token of its user. Blocking when it asks the keyring.

    Raises SourceError where there is a user and no token.
    """
    parts = urlsplit(address)
    if "@" not in parts.netloc:
        return address
    try:
        user, token = login_of(parts, Secrets())
    except SecretsUnavailable as error:
        raise SourceError(error.title, error.message, error.hint) from error
    if not token:
        raise SourceError(
            text("The secret part of {user}'s Reddit feed is not in this keyring.", user=user),
            text("Nothing already collected is lost."),
            text("Add the source again with the address from reddit.com/prefs/feeds."),
            action=Action.PAUSE,
        )
    sign = "&" if parts.query else "?"
    return f"{without_login(address)}{sign}feed={quote(token)}&user={quote(user)}"


def _of_question(parts: SplitResult) -> tuple[str, str]:
    said = parse_qs(parts.query)
    user, token = said.get("user", [""])[0], said.get("feed", [""])[0]
    known = f".{parts.hostname}".endswith(".reddit.com")
    if known and _USER.fullmatch(user) and _TOKEN.fullmatch(token):
        return user, token
    return "", ""
