"""Bluesky (AT protocol): log in with an app password, answer posts. Documentation: docs.bsky.app.

What a post tells to be answered (Post.reply_to) is JSON: {"uri", "cid", "root_uri", "root_cid"} of the
post and of its thread's first one; the last two "" where it is that itself. A reply's record key is
made from the sending, so the same one sent twice is one record; whoever looks for it asks for that key.

Sources bring the account's own posts as the account is known here: its handle, and its page by its did.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks import bluesky_session
from monitor.networks.answers import (
    gone,
    json_of,
    lost,
    no_answer,
    not_answered,
    not_logged_in,
    refusal,
    refused,
    string,
    too_early,
    unreadable,
    unusable_target,
    words_of,
)
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Question, Sent, Way
from monitor.networks.bluesky_facets import facets
from monitor.networks.lengths import graphemes
from monitor.networks.tid import tid
from monitor.text import text

MOST_GRAPHEMES = 300
MOST_BYTES = 3000
SETTLED = timedelta(minutes=1)
"""A reply that is not there so long after the attempt never will be."""

_POSTS = "app.bsky.feed.post"


class Bluesky:
    info = NetworkInfo(
        network="bluesky",
        label=text("Bluesky"),
        way=Way.SECRET,
        questions=(
            Question("handle", text("Handle"), example="lea.bsky.social"),
            Question(
                "password",
                text("App password"),
                example="xxxx-xxxx-xxxx-xxxx",
                secret=True,
                hint=text("Not the password of your account: one made for this program alone."),
            ),
            Question(
                "server",
                text("Server"),
                example=bluesky_session.DEFAULT,
                required=False,
                default=bluesky_session.DEFAULT,
                hint=text("Another one only where your account lives there."),
            ),
        ),
        how=text(
            "Vigie logs in with an app password, made for it alone, and does not keep it. You can take "
            "it back in Bluesky at any time."
        ),
        steps=(
            text("In Bluesky, open Settings, Privacy and security, App passwords."),
            text("Add one and copy it: it is shown once."),
        ),
        page="https://bsky.app/settings/app-passwords",
        spacing={"bsky.social": 0.2},
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        raise NotImplementedError("Bluesky is entered with an app password")

    def enter(
        self,
        answers: Mapping[str, str],
        back: Mapping[str, str],
        kept: Mapping[str, str],
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Login:
        return bluesky_session.enter(answers, http, now, cancel)

    def renew(
        self,
        login: Login,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
        *,
        refused: bool = False,
    ) -> Login:
        return bluesky_session.renew(login, http, now, cancel, refused=refused)

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        bluesky_session.leave(login, http, cancel)

    def limits(
        self,
        account: Account,
        post: Post,
        text: str,
        rules: Mapping[str, int] | None = None,
    ) -> ReplyLimits:
        size = len(text.encode("utf-8", "replace"))
        return ReplyLimits(graphemes(text), MOST_GRAPHEMES, size, MOST_BYTES)

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return {}

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        target = _target(sending)
        parent = _get_post(http, login, target["uri"], cancel)
        record = {
            "$type": _POSTS,
            "text": sending.text,
            "createdAt": _moment(now),
            "reply": _reply(target, parent),
            "facets": facets(sending.text, lambda handle: _did(http, login, handle, cancel)),
        }
        if sending.language:
            record["langs"] = [sending.language]
        body = {
            "repo": login.secret["did"],
            "collection": _POSTS,
            "rkey": _key(sending),
            "record": record,
        }
        create = "com.atproto.repo.createRecord"
        try:
            answer = bluesky_session.call(
                http, login.secret["pds"], create, body, login.secret["access"], cancel
            )
        except SourceError as error:
            raise not_answered(error) from error
        if answer.status == 200:
            uri = string(json_of(answer), "uri")
            if not uri:
                raise no_answer(
                    text("The network answered with something else than was asked for.")
                )
            return _sent(login, _key(sending))
        if _expired(answer):
            raise not_logged_in(words_of(answer))
        # The key may be taken by a first attempt whose answer was lost: that one counts. The reference
        # server says 500 then.
        if answer.status != 429 and self._taken(login, sending, http, cancel):
            return _sent(login, _key(sending))
        raise refusal(answer)

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        try:
            there = self._there(login, sending, http, cancel)
        except SourceError as error:
            raise lost(error) from error
        if there:
            return _sent(login, _key(sending))
        if sending.attempted_at is not None and now - sending.attempted_at < SETTLED:
            raise too_early()
        return None

    def _taken(self, login: Login, sending: Sending, http: HttpClient, cancel: CancelToken) -> bool:
        try:
            return self._there(login, sending, http, cancel)
        except (SourceError, NotLoggedIn):
            return False

    def _there(self, login: Login, sending: Sending, http: HttpClient, cancel: CancelToken) -> bool:
        """Whether the record of this sending exists; SourceError, NotLoggedIn where that is not said."""
        answer = _get_record(http, login, login.secret["did"], _key(sending), cancel)
        if answer.status == 200 and string(json_of(answer), "uri"):
            return True
        if string(json_of(answer), "error") == "RecordNotFound":
            return False
        if _expired(answer) or answer.status == 401:
            raise not_logged_in(words_of(answer))
        raise unreadable(answer)


NETWORK = Bluesky()


def _target(sending: Sending) -> Mapping[str, Any]:
    try:
        target = json.loads(sending.reply_to)
    except (ValueError, RecursionError):
        raise unusable_target() from None
    if not string(target, "uri").startswith("at://") or not isinstance(target, dict):
        raise unusable_target()
    return target


def _get_post(http: HttpClient, login: Login, uri: str, cancel: CancelToken) -> Mapping[str, Any]:
    """The post that is answered, as it is now: its cid must be the present one, and it may be gone."""
    query = urlencode({"uris": uri})
    answer = _get(http, login, f"app.bsky.feed.getPosts?{query}", cancel)
    told = json_of(answer)
    posts = told.get("posts") if isinstance(told, dict) else None
    if answer.status == 401 or _expired(answer):
        raise not_logged_in(words_of(answer))
    if answer.status != 200 or not isinstance(posts, list):
        raise unreadable(answer)
    post = posts[0] if posts else None
    if not isinstance(post, dict):
        raise gone()
    viewer = post.get("viewer")
    if isinstance(viewer, dict) and viewer.get("replyDisabled") is True:
        raise refused("replyDisabled", 403)
    return post


def _reply(target: Mapping[str, Any], parent: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    own = {"uri": string(target, "uri"), "cid": string(parent, "cid") or string(target, "cid")}
    root = {
        "uri": string(parent, "record", "reply", "root", "uri") or string(target, "root_uri"),
        "cid": string(parent, "record", "reply", "root", "cid") or string(target, "root_cid"),
    }
    return {"root": root if root["uri"] and root["cid"] else own, "parent": own}


def _did(http: HttpClient, login: Login, handle: str, cancel: CancelToken) -> str:
    """Whose handle it is; "" where nobody has it or it cannot be asked: it stays plain text."""
    query = urlencode({"handle": handle})
    try:
        answer = _get(http, login, f"com.atproto.identity.resolveHandle?{query}", cancel)
    except SourceError:
        return ""
    return string(json_of(answer), "did") if answer.status == 200 else ""


def _get_record(
    http: HttpClient, login: Login, repo: str, key: str, cancel: CancelToken
) -> HttpResponse:
    query = urlencode({"repo": repo, "collection": _POSTS, "rkey": key})
    return _get(http, login, f"com.atproto.repo.getRecord?{query}", cancel)


def _get(http: HttpClient, login: Login, method: str, cancel: CancelToken) -> HttpResponse:
    headers = {
        "Authorization": f"Bearer {login.secret['access']}",
        "Accept": "application/json",
    }
    return http.get(f"{login.secret['pds']}/xrpc/{method}", cancel=cancel, headers=headers)


def _expired(answer: HttpResponse) -> bool:
    return answer.status == 400 and string(json_of(answer), "error") == "ExpiredToken"


def _key(sending: Sending) -> str:
    return tid(sending.key, sending.created_at)


def _sent(login: Login, key: str) -> Sent:
    did = login.secret["did"]
    return Sent(f"at://{did}/{_POSTS}/{key}", f"https://bsky.app/profile/{did}/post/{key}")


def _moment(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
