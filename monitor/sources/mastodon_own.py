"""The account's own newest replies on its Mastodon server: they tell what is answered already. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from urllib.parse import quote, urlencode, urlsplit

from monitor.infra.http import HttpResponse
from monitor.model.account import Login
from monitor.sources.api_answers import Json, objects, peek, string
from monitor.sources.mastodon_pages import PAGE

_OWN = re.compile(r"/api/v1/accounts/[^/?#]+/statuses$")


def own_address(base: str, login: Login) -> str:
    """Where they are listed (right read:statuses); "" for a login that does not know its own number."""
    own = login.secret.get("id")
    query = urlencode({"limit": PAGE, "exclude_reblogs": "true"})
    return f"{base}/api/v1/accounts/{quote(own, safe='')}/statuses?{query}" if own else ""


def is_own(answer: HttpResponse) -> bool:
    return _OWN.search(urlsplit(answer.url).path) is not None


def own_replies(answers: Iterable[HttpResponse], to: Collection[str]) -> list[Json]:
    """Those to the posts that have these ids at the server."""
    return [
        status
        for answer in answers
        if is_own(answer)
        for status in objects(peek(answer))
        if string(status, "in_reply_to_id") in to and string(status, "id")
    ]
