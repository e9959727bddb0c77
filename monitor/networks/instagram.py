"""Instagram: answer comments on the media of one's own professional account.

The person pastes a token of an app of their own (Graph API, see graph.py): of the Instagram login (it
begins with IG, ends after 60 days, is renewed while it holds) or of the Facebook login (a Page token; the
account is the one linked to that Page). `handle` is the username, `url` its page; posts it wrote have
exactly these as their author. A post tells to be answered {"account", "id", "to", "url"}: whose media,
the comment at the top, the name to put in front, the media's page (comments have none of their own).
Nothing can be taken back by a program without ending every token of that app.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks import graph
from monitor.networks.answers import string, unusable_target
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Question, Sent, Way
from monitor.networks.graph_login import TokenFacts, asked, facts_of, line, secrets_of, stranger
from monitor.networks.graph_replies import (
    find_reply,
    is_id,
    page_at,
    publish,
    same_words,
    target_of,
)
from monitor.networks.lengths import links_in
from monitor.networks.login_calls import NOTHING_CHANGED
from monitor.text import text as sentence

READS = "instagram_basic"
ANSWERS = "instagram_manage_comments"
SCOPES = (READS, ANSWERS, "pages_read_engagement")
OWN_ANSWERS = "instagram_business_manage_comments"
OWN_SCOPES = ("instagram_business_basic", OWN_ANSWERS)
MOST = 300
MOST_TAGS = 4

LIFE = timedelta(days=60)
SOON = timedelta(days=50)
"""A token that ends sooner is renewed: after ten days, so that a long holiday does not end it."""

_FOUND = "id,text,timestamp,username"
_NAME = re.compile(r"[\w.]{1,100}", re.ASCII)
_TAG = re.compile(r"(?<![\w&])#\w+")


class Instagram:
    """Secret of a login: `token`, `id` of the account, the `host` it speaks to, and `app_secret` where it
    was given."""

    info = NetworkInfo(
        network="instagram",
        label=sentence("Instagram"),
        way=Way.SECRET,
        questions=(
            Question(
                "token",
                sentence("Access token"),
                example="IGAA…",
                secret=True,
                hint=sentence("A professional account's, made with an app of your own."),
            ),
            Question(
                "app_secret",
                sentence("App secret"),
                secret=True,
                required=False,
                hint=sentence("Only where the app's settings say “Require app secret”."),
            ),
        ),
        how=sentence(
            "For a professional account, with a token of an app of yours. It can be taken back in "
            "Instagram's settings, under Apps and websites."
        ),
        steps=(
            sentence(
                "At developers.facebook.com, make an app of the type Business and add Instagram to it."
            ),
            sentence(
                "Under “API setup with Instagram business login”, add your account and generate its "
                "token, with instagram_business_basic (your media) and "
                "instagram_business_manage_comments (comments and answers)."
            ),
            sentence(
                "Or take a Page token with instagram_basic, instagram_manage_comments and "
                "pages_read_engagement: it also shows media that tag you."
            ),
        ),
        page="https://developers.facebook.com/apps/",
        spacing={graph.INSTAGRAM: 1.0},
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        raise NotImplementedError("Instagram is entered with a pasted token")

    def enter(
        self,
        answers: Mapping[str, str],
        back: Mapping[str, str],
        kept: Mapping[str, str],
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Login:
        own = answers.get("token", "").strip().startswith("IG")
        host = graph.INSTAGRAM if own else graph.FACEBOOK
        login = stranger(secrets_of(answers, host), "instagram")
        if own:
            return _kept_alive(_by_instagram(login, http, now, cancel), http, now, cancel)
        return _by_facebook(login, http, cancel)

    def renew(
        self,
        login: Login,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
        *,
        refused: bool = False,
    ) -> Login:
        end = login.account.expires_at
        if login.secret["host"] != graph.INSTAGRAM or refused or end is None or end - now > SOON:
            return login
        return _kept_alive(login, http, now, cancel)

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        return

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return {}

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        to = _to(post.reply_to)
        whole = _addressed(text, to, account)
        notes = [sentence("@{name} is added in front.", name=to)] if whole != text else []
        if len(_TAG.findall(text)) > MOST_TAGS:
            notes.append(sentence("Instagram takes at most {most} hashtags.", most=MOST_TAGS))
        if len(links_in(text)) > 1:
            notes.append(sentence("Instagram takes one link at most."))
        if text.isupper() and len(text.split()) > 1:
            notes.append(sentence("Instagram refuses what is in capitals alone."))
        used = len(whole.encode("utf-16-le", "replace")) // 2
        return ReplyLimits(used, MOST, notes=tuple(notes))

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        target = _own_target(login, sending)
        rights = OWN_ANSWERS if login.secret["host"] == graph.INSTAGRAM else ANSWERS
        words = _addressed(sending.text, string(target, "to"), login.account)
        path = f"{string(target, 'id')}/replies"
        return _sent(publish(login, path, {"message": words}, rights, http, cancel), target)

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        target = _own_target(login, sending)
        words = _addressed(sending.text, string(target, "to"), login.account)

        def is_ours(reply: Mapping[str, Any]) -> bool:
            by = string(reply, "username")
            return by in ("", login.account.handle) and same_words(string(reply, "text"), words)

        path, query = f"{string(target, 'id')}/replies", {"fields": _FOUND, "limit": "50"}
        found = find_reply(
            login, sending, path, query, is_ours, now, http, cancel, newest_first=False
        )
        return _sent(found, target) if found is not None else None


NETWORK = Instagram()


def _by_instagram(login: Login, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    """Of the Instagram login, which tells neither rights nor end."""
    me = asked(login, "me", "id,user_id,username,name,account_type", http, cancel)
    if string(me, "account_type") not in ("", "BUSINESS", "MEDIA_CREATOR", "CREATOR"):
        raise _not_professional()
    id_ = string(me, "user_id") or string(me, "id")
    return _entered(login, id_, me, TokenFacts(expires_at=now + LIFE))


def _by_facebook(login: Login, http: HttpClient, cancel: CancelToken) -> Login:
    """Of the Facebook login: the account that is linked to the token's Page."""
    fields = "id,instagram_business_account{id,username,name}"
    page = asked(login, "me", fields, http, cancel)
    me = page.get("instagram_business_account")
    if not isinstance(me, dict):
        raise _not_professional()
    subjects = (string(page, "id"), string(me, "id"))
    return _entered(login, string(me, "id"), me, facts_of(login, SCOPES, subjects, http, cancel))


def _entered(login: Login, id_: str, me: Mapping[str, Any], facts: TokenFacts) -> Login:
    handle = line(string(me, "username"))
    if not is_id(id_) or not _NAME.fullmatch(handle):
        raise _not_professional()
    account = Account(
        id=0,
        network="instagram",
        server="",
        handle=handle,
        name=line(string(me, "name")) or handle,
        url=f"https://www.instagram.com/{handle}/",
        scopes=facts.scopes,
        expires_at=facts.expires_at,
    )
    return Login(account, {**login.secret, "id": id_})


def _kept_alive(login: Login, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    """With a token for sixty days more; the login itself where that is refused or cannot be asked: the
    token may be younger than a day, and one that has ended is told when it is used."""
    try:
        token, seconds = graph.refreshed(login, http, cancel)
    except SourceError:
        return login
    if not token:
        return login
    account = replace(login.account, expires_at=now + timedelta(seconds=seconds))
    return Login(account, {**login.secret, "token": token})


def _own_target(login: Login, sending: Sending) -> Mapping[str, Any]:
    """Where the answer goes. An account answers below its own media alone."""
    target = target_of(sending)
    if string(target, "account") != login.secret["id"]:
        raise unusable_target()
    return target


def _to(reply_to: str) -> str:
    try:
        return string(json.loads(reply_to), "to")
    except (ValueError, RecursionError):
        return ""


def _addressed(text: str, to: str, account: Account) -> str:
    """With @name in front, which tells the person, unless it stands there already."""
    there = re.findall(r"(?<!\w)@([\w.]*\w)", text.lower())
    if not to or to == account.handle or to.lower() in there:
        return text
    return f"@{to} {text}"


def _sent(reply: Mapping[str, Any], target: Mapping[str, Any]) -> Sent:
    return Sent(string(reply, "id"), page_at(string(target, "url")))


def _not_professional() -> NotLoggedIn:
    return NotLoggedIn(
        sentence("There is no professional Instagram account behind this token."),
        NOTHING_CHANGED,
        sentence(
            "In Instagram's settings switch to a professional account (and link it to your Page, where the "
            "token is a Page's), then make a new token."
        ),
    )
