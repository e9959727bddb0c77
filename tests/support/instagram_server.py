"""An Instagram account on loopback (graph_server.py): media, comments, answers below them, tags."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from tests.support.graph_fields import Thing
from tests.support.graph_server import Asked, GraphServer, Token, error, gone, stamp, told
from tests.support.loopback import LoopbackServer, Reply, Request, reset

ME = "17841400000000001"
TOKEN = "IGAA-the-token-of-the-account"
OF_THE_PAGE = "EAAG-the-token-of-its-page"
OWN = ("instagram_business_basic", "instagram_business_manage_comments")
BY_PAGE = ("instagram_basic", "instagram_manage_comments", "pages_read_engagement")


class InstagramServer(GraphServer):
    """`host` says which of the two logins. `young` tokens are not renewed."""

    use, limit_code = "instagram", 80002

    def __init__(
        self, server: LoopbackServer, now: datetime, host: str = "graph.instagram.com"
    ) -> None:
        super().__init__(server, host, now)
        self.young = False
        self.renewed = 0
        self.lose_answers = False
        self.media: list[str] = []
        self.tagging: list[Thing] = []
        me: dict[str, Any] = {"id": ME, "user_id": ME, "username": "cafelumen", "name": "Lumen"}
        if host == "graph.instagram.com":
            self.tokens[TOKEN] = Token(ME, "IG", OWN)
            self.things[ME] = me | {"account_type": "BUSINESS"}
        else:
            self.tokens[OF_THE_PAGE] = Token("111", "PAGE", BY_PAGE)
            self.things[ME] = me
            self.things["111"] = {"id": "111", "name": "Lumen", "instagram_business_account": me}
        self._last = 17_900_000_000_000_000
        server.add(f"/{host}/refresh_access_token", self._refresh)

    def medium(self, words: str, at: datetime) -> str:
        id_ = self._next()
        self.things[id_] = {
            "id": id_,
            "caption": words,
            "permalink": f"https://www.instagram.com/p/C{id_[-4:]}/",
            "timestamp": stamp(at),
            "username": "cafelumen",
            "like_count": 3,
        }
        self.media.insert(0, id_)
        return id_

    def comment(self, below: str, words: str, at: datetime, by: str = "lea", **more: Any) -> str:
        """Below a medium or a comment; below an answer it lands under the comment at the top."""
        id_, above = self._next(), self.things[below]
        top = above.get("parent_id") or (below if "medium" in above else "")
        self.things[id_] = {
            "id": id_,
            "medium": above.get("medium", below),
            "text": words,
            "timestamp": stamp(at),
            "username": by,
            "from": {"id": ME if by == "cafelumen" else "5", "username": by},
            "like_count": 0,
            "hidden": False,
            **({"parent_id": top} if top else {}),
            **more,
        }
        return id_

    def delete(self, id_: str) -> None:
        del self.things[id_]
        self.media = [one for one in self.media if one != id_]

    def answers(self, below: str) -> list[dict[str, Any]]:
        """Below a comment, oldest first, as Instagram lists them."""
        return [one for one in self.things.values() if one.get("parent_id") == below]

    # -- as GraphServer asks ----------------------------------------------------------------
    def edge(self, id_: str, name: str, asked: Asked) -> list[Thing] | None:
        thing = self.things.get(id_, {})
        if id_ == ME and name == "media":
            return [self._counted(one) for one in self.media]
        if id_ == ME and name == "tags" and self.host == "graph.facebook.com":
            return self.tagging
        if name == "comments" and id_ in self.media:
            found = [one for one in self.things.values() if one.get("medium") == id_]
            top = [one for one in found if "parent_id" not in one]
            return sorted(top, key=lambda one: str(one["timestamp"]), reverse=True)
        if name == "replies" and "medium" in thing:
            return list(self.answers(id_))
        return None

    def create(self, id_: str, name: str, asked: Asked, token: Token) -> Reply:
        above, words = self.things[id_], asked.get("message", "")
        if name != "replies" or "medium" not in above:
            return gone(id_)
        if "parent_id" in above or above["hidden"]:
            return error(100, "(#100) Replies are for comments at the top that are not hidden")
        if not words.strip() or len(words.encode("utf-16-le")) > 600:
            return error(100, "(#100) Comment is too long: at most 300 characters")
        made = self.comment(id_, words, self.now, by="cafelumen")
        return reset() if self.lose_answers else told({"id": made})

    def right_for(self, name: str, token: Token) -> str:
        rights = OWN if self.host == "graph.instagram.com" else BY_PAGE
        if name in ("comments", "replies", "tags", "POST"):
            return rights[1]
        return rights[0] if name == "media" else ""

    @staticmethod
    def reply_to(id_: str, to: str = "lea") -> str:
        """As a source would tell it."""
        url = "https://www.instagram.com/p/C1/"
        return json.dumps({"account": ME, "id": id_, "to": to, "url": url})

    def _counted(self, id_: str) -> Thing:
        found = [one for one in self.things.values() if one.get("medium") == id_]
        return self.things[id_] | {"comments_count": len(found)}

    def _refresh(self, request: Request) -> Reply:
        word = request.path.rpartition("access_token=")[2]
        token = self.tokens.get(word)
        if token is None or token.ended:
            return error(190, f"Error validating access token {word}", 463)
        if self.young:
            return error(10, "This token can be refreshed when it is 24 hours old")
        self.renewed += 1
        fresh = f"{TOKEN}-{self.renewed}"
        self.tokens[fresh] = token
        return told({"access_token": fresh, "token_type": "bearer", "expires_in": 5_184_000})

    def _next(self) -> str:
        self._last += 1
        return str(self._last)
