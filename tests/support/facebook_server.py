"""A Facebook Page on loopback (graph_server.py): posts, comments on two levels, recommendations, tags."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from tests.support.graph_fields import Thing
from tests.support.graph_server import Asked, GraphServer, Token, error, gone, stamp, told
from tests.support.loopback import LoopbackServer, Reply, reset

PAGE = "111"
TOKEN = "EAAG-the-token-of-the-page"
OF_A_PERSON = "EAAG-the-token-of-a-person"
SCOPES = ("pages_read_engagement", "pages_read_user_content", "pages_manage_engagement")


class FacebookServer(GraphServer):
    """The Page `PAGE` as `TOKEN` sees it. With `lose_answers` a reply is published and no answer comes
    back. `closed` are the lists it does not have."""

    def __init__(self, server: LoopbackServer, now: datetime) -> None:
        super().__init__(server, "graph.facebook.com", now)
        self.tokens[TOKEN] = Token(PAGE, "PAGE", SCOPES)
        self.tokens[OF_A_PERSON] = Token("9", "USER", SCOPES)
        self.things[PAGE] = {
            "id": PAGE,
            "name": "Café Lumen",
            "username": "cafelumen",
            "category": "Coffee Shop",
        }
        self.things["9"] = {"id": "9", "name": "Ann"}
        self.feed: list[str] = []
        self.tagged: list[Thing] = []
        self.ratings: list[Thing] = []
        self.closed: set[str] = set()
        self.lose_answers = False
        self._last = 1000

    def post(self, words: str, at: datetime, by: str = "", **more: Any) -> str:
        """By the Page, or by a visitor of this name."""
        id_ = f"{PAGE}_{self._next()}"
        made = {
            "id": id_,
            "message": words,
            "created_time": stamp(at),
            "from": {"id": "700", "name": by} if by else {"id": PAGE, "name": "Café Lumen"},
            "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{id_.partition('_')[2]}",
        }
        self.things[id_] = made | more
        self.feed.insert(0, id_)
        return id_

    def comment(self, below: str, words: str, at: datetime, by: str = "Léa", **more: Any) -> str:
        """Below a post, or below a comment: below an answer it hangs on the comment above."""
        above = self.things[below].get("parent", {"id": below})["id"] if self._is(below) else below
        story = self.things[above]["story"] if self._is(above) else above
        id_ = f"{story.partition('_')[2]}_{self._next()}"
        made: dict[str, Any] = {
            "id": id_,
            "story": story,
            "message": words,
            "created_time": stamp(at),
            "from": {"id": "701", "name": by},
            "like_count": 0,
            "can_comment": True,
            "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{story.partition('_')[2]}"
            f"?comment_id={id_.partition('_')[2]}",
        }
        if above != story:
            made["parent"] = {"id": above}
        self.things[id_] = made | more
        return id_

    def delete(self, id_: str) -> None:
        del self.things[id_]
        self.feed = [one for one in self.feed if one != id_]

    def comments(self, below: str) -> list[dict[str, Any]]:
        """Of a post or comment, newest first; answers to comments too."""
        found = [
            one
            for one in self.things.values()
            if one.get("story") == below or one.get("parent", {}).get("id") == below
        ]
        return sorted(found, key=lambda one: str(one["created_time"]), reverse=True)

    # -- as GraphServer asks ----------------------------------------------------------------
    def edge(self, id_: str, name: str, asked: Asked) -> list[Thing] | None:
        if name in self.closed:
            return None
        if id_ == PAGE and name in ("feed", "tagged", "ratings"):
            posts: list[Thing] = [self.things[one] for one in self.feed]
            return {"feed": posts, "tagged": self.tagged, "ratings": self.ratings}[name]
        if name == "reactions" and id_ in self.feed:
            return []
        if name != "comments" or id_ not in self.things:
            return None
        found: list[Thing] = list(self.comments(id_))
        if asked.get("filter") != "stream":
            found = [one for one in found if one.get("parent", {"id": id_})["id"] == id_]
        return found if asked.get("order") == "reverse_chronological" else found[::-1]

    def create(self, id_: str, name: str, asked: Asked, token: Token) -> Reply:
        words = asked.get("message", "")
        if name != "comments" or id_ == PAGE:
            return gone(id_)
        if not words.strip() or len(words.encode("utf-16-le")) > 16_000:
            return error(100, "(#100) Param message must be a string of at most 8000 characters")
        if any(
            one["message"] == words and one["from"]["id"] == token.subject
            for one in self.comments(id_)
        ):
            return error(506, "(#506) Duplicate status message")
        made = self.comment(id_, words, self.now, by="Café Lumen")
        self.things[made]["from"] = {"id": token.subject, "name": "Café Lumen"}
        if self.lose_answers:
            return reset()
        answer = {"id": made}
        if "permalink_url" in asked.get("fields", ""):
            answer["permalink_url"] = self.things[made]["permalink_url"]
        return told(answer)

    def right_for(self, name: str, token: Token) -> str:
        if name in ("comments", "ratings", "tagged"):
            return "pages_read_user_content"
        return {"POST": "pages_manage_engagement", "feed": "pages_read_engagement"}.get(name, "")

    @staticmethod
    def reply_to(id_: str) -> str:
        """As a source would tell it."""
        return json.dumps({"page": PAGE, "id": id_})

    def _is(self, id_: str) -> bool:
        return "story" in self.things[id_]

    def _next(self) -> int:
        self._last += 1
        return self._last
