"""YouTube: replies below comments, with the person's own channel. Pages: developers.google.com/youtube/v3.

A post's `reply_to` is JSON: {"thread", "video", "to"}: the first comment of its thread (YouTube knows one
level of replies only), the video, and the @handle of the person where the post is itself a reply. The
identity is the channel: `handle` is its @handle (its number without one), `url` its address by number.
A reply costs 50 of the 10,000 units a project has in a day; looking for one costs 1 for 100 replies.
"""

from __future__ import annotations

import json
import re
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
from monitor.networks import google_oauth
from monitor.networks.answers import (
    json_of,
    lost,
    no_answer,
    not_answered,
    not_logged_in,
    objects,
    string,
    too_early,
    unreadable,
    unusable_target,
)
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Sent, Way
from monitor.networks.google_answers import lacks_right, no_entry, refusal, words_of
from monitor.networks.login_calls import NOTHING_CHANGED
from monitor.text import text as sentence

SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"
BASE = "https://www.googleapis.com/youtube/v3"
MOST = 10_000
SETTLED = timedelta(minutes=1)
"""A reply that is not there so long after the attempt never will be."""
SKEW = timedelta(hours=1)
"""How wrong Google's clock or ours may be."""
PAGES = 5

_API = "YouTube Data API v3"
_THREAD = re.compile(r"[\w-]{5,100}")


class YouTube:
    """Secret of a login: google_oauth's, and `channel`, the number of the person's channel."""

    info = NetworkInfo(
        network="youtube",
        label=sentence("YouTube"),
        way=Way.BROWSER,
        questions=google_oauth.QUESTIONS,
        how=google_oauth.HOW,
        steps=google_oauth.steps(google_oauth.project(_API)),
        page=google_oauth.PAGE,
        one_grant=True,
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        return google_oauth.door(answers, redirect, SCOPE)

    def enter(
        self,
        answers: Mapping[str, str],
        back: Mapping[str, str],
        kept: Mapping[str, str],
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Login:
        grant = google_oauth.granted(back, kept, SCOPE, http, now, cancel)
        account = Account(0, "youtube", "", "", scopes=grant.scopes, expires_at=grant.expires_at)
        return _who(Login(account, grant.secret), http, cancel)

    def renew(
        self,
        login: Login,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
        *,
        refused: bool = False,
    ) -> Login:
        return google_oauth.renewed(login, http, now, cancel, refused=refused)

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        google_oauth.revoked(login, http, cancel)

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return {}

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        try:
            to = string(json.loads(post.reply_to), "to")
        except (ValueError, RecursionError):
            to = ""
        whole = _addressed(text, to)
        notes = (sentence("@{name} is added in front.", name=to),) if whole != text else ()
        return ReplyLimits(len(whole.encode("utf-16-le", "replace")) // 2, MOST, notes=notes)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        thread, video, to = _target(sending)
        told = {"snippet": {"parentId": thread, "textOriginal": _addressed(sending.text, to)}}
        try:
            answer = http.send(
                "POST",
                f"{BASE}/comments?part=snippet",
                cancel=cancel,
                headers={**google_oauth.headers(login), "Content-Type": "application/json"},
                body=json.dumps(told).encode(),
            )
        except SourceError as error:
            raise not_answered(error) from error
        if answer.status != 200:
            raise refusal(answer)
        return _sent(json_of(answer), video)

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        thread, video, to = _target(sending)
        wanted = _letters(_addressed(sending.text, to))
        since = sending.created_at - SKEW
        page = ""
        for _ in range(PAGES):
            answer = _replies(login, thread, page, http, cancel)
            found = json_of(answer) if answer.status == 200 else {}
            for reply in objects(found.get("items") if isinstance(found, dict) else None):
                if _is_ours(reply, login, since) and _letters(_words(reply)) == wanted:
                    return _sent(reply, video)
            page = string(found, "nextPageToken")
            if not page:
                if sending.attempted_at is not None and now - sending.attempted_at < SETTLED:
                    raise too_early()
                return None
        raise no_answer(sentence("There are too many newer posts to look through."))


NETWORK = YouTube()


def channel_page(channel: str) -> str:
    """The one address of a channel that never changes."""
    return f"https://www.youtube.com/channel/{channel}"


def comment_page(video: str, comment: str) -> str:
    """Where a person sees the comment; "" where it hangs below no video."""
    return f"https://www.youtube.com/watch?v={video}&lc={comment}" if video else ""


def _who(login: Login, http: HttpClient, cancel: CancelToken) -> Login:
    """The same login with the channel's own words."""
    answer = http.get(
        f"{BASE}/channels?part=snippet&mine=true",
        cancel=cancel,
        headers=google_oauth.headers(login),
    )
    found = json_of(answer)
    if answer.status != 200 or not isinstance(found, dict):
        raise no_entry(answer, _API, SCOPE)
    channel = next(objects(found.get("items")), {})
    number = string(channel, "id")
    if not number:
        raise NotLoggedIn(
            sentence("This Google account has no YouTube channel."),
            NOTHING_CHANGED,
            sentence("Log in again and choose the account, or the brand account, of the channel."),
        )
    handle = string(channel, "snippet", "customUrl").strip().lstrip("@")
    account = Account(
        id=0,
        network="youtube",
        server="",
        handle=handle if handle.isprintable() and handle and "#" not in handle else number,
        name=" ".join(string(channel, "snippet", "title").split())[:200],
        url=channel_page(number),
        scopes=login.account.scopes,
        expires_at=login.account.expires_at,
    )
    return Login(account, {**login.secret, "channel": number})


def _target(sending: Sending) -> tuple[str, str, str]:
    try:
        target = json.loads(sending.reply_to)
    except (ValueError, RecursionError):
        raise unusable_target() from None
    # The id of a reply is that of its thread, a dot and its own.
    thread = string(target, "thread").partition(".")[0]
    if not _THREAD.fullmatch(thread):
        raise unusable_target()
    return thread, string(target, "video"), string(target, "to")


def _addressed(text: str, to: str) -> str:
    """With the @handle in front where a reply is answered: below a thread nobody else sees to whom."""
    if not to or re.search(rf"@{re.escape(to)}(?![\w-]|[.·]\w)", text, re.IGNORECASE):
        return text
    return f"@{to} {text}"


def _replies(
    login: Login, thread: str, page: str, http: HttpClient, cancel: CancelToken
) -> HttpResponse:
    """A page of what stands below the thread; 404 where there is no thread any more."""
    asked = {"part": "snippet", "parentId": thread, "maxResults": 100, "textFormat": "plainText"}
    query = urlencode(asked | ({"pageToken": page} if page else {}))
    try:
        answer = http.get(
            f"{BASE}/comments?{query}", cancel=cancel, headers=google_oauth.headers(login)
        )
    except SourceError as error:
        raise lost(error) from error
    if answer.status == 401 or lacks_right(answer):
        raise not_logged_in(words_of(answer))
    if answer.status not in (200, 404) or (
        answer.status == 200 and not isinstance(json_of(answer), dict)
    ):
        raise no_answer(unreadable(answer).title, words_of(answer))
    return answer


def _is_ours(reply: Mapping[str, Any], login: Login, since: datetime) -> bool:
    if string(reply, "snippet", "authorChannelId", "value") != login.secret["channel"]:
        return False
    try:
        moment = datetime.fromisoformat(string(reply, "snippet", "publishedAt"))
    except ValueError:
        return True
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) >= since


def _words(reply: Mapping[str, Any]) -> str:
    return string(reply, "snippet", "textOriginal") or string(reply, "snippet", "textDisplay")


def _letters(text: str) -> str:
    """What of a text survives YouTube's own markup and spacing."""
    return "".join(sign for sign in text.casefold() if sign.isalnum()) or text.strip()


def _sent(reply: Any, video: str) -> Sent:
    id_ = string(reply, "id")
    if not id_:
        raise no_answer(sentence("The network answered with something else than was asked for."))
    return Sent(id_, comment_page(video, id_))
