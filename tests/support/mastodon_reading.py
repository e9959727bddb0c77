"""What a Mastodon server shows a logged-in account: full-text search and notifications, beside its statuses.

Behaves as the code of 4.5: min_id and max_id of the search are whole seconds, its newest come first; those
of notifications are exact, min_id gives the page just after. Limits are told in Mastodon's own headers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.support.loopback import LoopbackServer, Reply, Request
from tests.support.mastodon_statuses import ME, TOKEN, MastodonStatuses, told

ALL = frozenset(
    {"read:accounts", "read:notifications", "read:search", "read:statuses", "write:statuses"}
)
Asked = Mapping[str, list[str]]


class MastodonReading:
    """`left` are the requests the account may still make. Without `full_text` the search finds nothing
    for anything. `scopes` are the token's rights; `ended`: it was revoked."""

    def __init__(self, server: LoopbackServer, statuses: MastodonStatuses, now: datetime) -> None:
        self.statuses = statuses
        self.now = now
        self.full_text = True
        self.scopes = ALL
        self.ended = False
        self.left = 300
        self.written: list[str] = []  # uris, oldest first
        self.mentions: list[tuple[int, str]] = []  # id and uri, oldest first
        self._number = 0
        self._next_mention = 20
        base = f"/{statuses.host}/api"
        server.add(f"{base}/v2/search", self._guarded("read:search", self._search))
        server.add(
            f"{base}/v1/notifications", self._guarded("read:notifications", self._notifications)
        )
        server.add(
            f"{base}/v1/accounts/verify_credentials", self._guarded("read:accounts", self._me)
        )

    # -- what people do ----------------------------------------------------------------------
    def write(self, words: str, minutes_ago: float = 0, **fields: Any) -> str:
        """A public post by somebody; its uri."""
        at = self.now - timedelta(minutes=minutes_ago)
        self._number += 1
        number = (int(at.timestamp() * 1000) << 16) + self._number
        server = str(fields.pop("server", "autre.example"))
        self.statuses.add_parent(
            number,
            server,
            **{
                "created_at": stamp(at),
                "content": f"<p>{words}</p>",
                "language": "fr",
                "account": person(server, server == self.statuses.host),
                "in_reply_to_id": None,
                "replies_count": 1,
                "reblogs_count": 2,
                "favourites_count": 3,
            }
            | fields,
        )
        uri = f"https://{server}/users/lea/statuses/{number}"
        self.written.append(uri)
        self.written.sort(key=lambda one: int(one.rpartition("/")[2]))
        return uri

    def mention(self, words: str, minutes_ago: float = 0, **fields: Any) -> str:
        """A post that names the account, and its notification; the post's uri."""
        uri = self.write(words, minutes_ago, **fields)
        self.mentions.append((self._next_mention, uri))
        self._next_mention += 1
        return uri

    def edit(self, uri: str, words: str) -> None:
        self.statuses.parents[uri] |= {"content": f"<p>{words}</p>", "edited_at": stamp(self.now)}

    def delete(self, uri: str) -> None:
        del self.statuses.parents[uri]
        self.written.remove(uri)
        self.mentions = [one for one in self.mentions if one[1] != uri]

    def dismiss(self, uri: str) -> None:
        """The person waves the notification away; the post stays."""
        self.mentions = [one for one in self.mentions if one[1] != uri]

    # -- routes ------------------------------------------------------------------------------
    def _guarded(self, scope: str, route: Any) -> Any:
        def guarded(request: Request) -> Reply:
            if self.ended or request.headers.get("authorization") != f"Bearer {TOKEN}":
                return told({"error": "The access token was revoked"}, 401)
            if scope not in self.scopes:
                return told({"error": "This action is outside the authorized scopes"}, 403)
            self.left -= 1
            limits = {
                "X-RateLimit-Limit": "300",
                "X-RateLimit-Remaining": str(max(0, self.left)),
                "X-RateLimit-Reset": stamp(self.now + timedelta(minutes=5)),
            }
            if self.left < 0:
                return told({"error": "Too many requests"}, 429, **limits)
            body, more = route(request, parse_qs(urlsplit(request.path).query))
            return body if isinstance(body, Reply) else told(body, 200, **limits, **more)

        return guarded

    def _search(self, request: Request, asked: Asked) -> tuple[object, dict[str, str]]:
        query = asked["q"][0]
        if asked.get("resolve") == ["true"] and query.startswith("http"):
            return self.statuses.search(request), {}
        found = self._found(query, asked) if self.full_text else []
        if asked.get("type", ["statuses"]) != ["statuses"]:
            found = []
        offset = int(asked.get("offset", ["0"])[0])
        limit = min(int(asked.get("limit", ["20"])[0]), 40)
        shown = found[offset : offset + limit]
        return {"accounts": [], "statuses": shown, "hashtags": []}, {}

    def _found(self, query: str, asked: Asked) -> list[dict[str, Any]]:
        wanted = [
            phrase or word for phrase, word in re.findall(r'"([^"]*)"|(\S+)', query.casefold())
        ]
        after, before = (_second(asked, key) for key in ("min_id", "max_id"))
        return [
            status
            for status in (self.statuses.parents[uri] for uri in reversed(self.written))
            if status["visibility"] == "public"
            and all(word in status["content"].casefold() for word in wanted)
            and (after is None or int(status["id"]) >> 16 > after)
            and (before is None or int(status["id"]) >> 16 < before)
        ]

    def _notifications(self, _request: Request, asked: Asked) -> tuple[object, dict[str, str]]:
        limit = min(int(asked.get("limit", ["40"])[0]), 80)
        them = list(reversed(self.mentions))
        if "mention" not in asked.get("types[]", ["mention"]):
            them = []
        for key in ("since_id", "min_id"):
            if key in asked:
                them = [one for one in them if one[0] > int(asked[key][0])]
        if "max_id" in asked:
            them = [one for one in them if one[0] < int(asked["max_id"][0])]
        page = them[-limit:] if "min_id" in asked else them[:limit]
        body = [self._notification(id_, uri) for id_, uri in page]
        return body, self._link(asked, page) if page else {}

    def _link(self, asked: Asked, page: list[tuple[int, str]]) -> dict[str, str]:
        kept = {key: asked[key] for key in ("types[]", "limit") if key in asked}

        def to(**mark: int) -> str:
            query = urlencode({**kept, **mark}, doseq=True)
            return f"<https://{self.statuses.host}/api/v1/notifications?{query}>"

        return {
            "Link": f'{to(max_id=page[-1][0])}; rel="next", {to(min_id=page[0][0])}; rel="prev"'
        }

    def _notification(self, id_: int, uri: str) -> dict[str, Any]:
        status = self.statuses.parents[uri]
        return {
            "id": str(id_),
            "type": "mention",
            "created_at": status["created_at"],
            "group_key": f"ungrouped-{id_}",
            "account": status["account"],
            "status": status,
        }

    def _me(self, _request: Request, _asked: Asked) -> tuple[object, dict[str, str]]:
        return own(self.statuses.host), {}


def own(host: str) -> dict[str, Any]:
    return {
        "id": ME,
        "username": "marque",
        "acct": "marque",
        "display_name": "Marque",
        "url": f"https://{host}/@marque",
        "followers_count": 9,
    }


def person(server: str, here: bool) -> dict[str, Any]:
    return {
        "id": "7",
        "username": "lea",
        "acct": "lea" if here else f"lea@{server}",
        "display_name": "Léa",
        "url": f"https://{server}/@lea",
        "followers_count": 321,
    }


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _second(asked: Asked, key: str) -> int | None:
    """Milliseconds of the whole second in which the post of this id was written."""
    return (int(asked[key][0]) >> 16) // 1000 * 1000 if key in asked else None
