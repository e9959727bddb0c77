"""Google Business Profile: answers to reviews of the person's own places. Pages: developers.google.com/
my-business (reviews: v4.9). Google lets a project in only after a request by its form.

A post's `reply_to` is JSON: {"review": "accounts/1/locations/2/reviews/A", "answered"}. The identity is
the person's first account there, the personal one where there is one: `handle` is its name and number,
`url` the page of reviews. A second answer to a review replaces the first. Limits: 4,096 bytes; 300
requests a minute for the project, ten changes a minute for a place, which must be a verified one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks import google_oauth
from monitor.networks.answers import (
    json_of,
    lost,
    no_answer,
    not_answered,
    objects,
    string,
    unusable_target,
)
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Sent, Way
from monitor.networks.google_answers import no_entry, refusal
from monitor.networks.google_review import (
    REPLACED,
    answer_id,
    early,
    is_same,
    notes,
    review_in,
    target_of,
)
from monitor.networks.login_calls import NOTHING_CHANGED
from monitor.text import text as sentence

SCOPE = "https://www.googleapis.com/auth/business.manage"
ACCOUNTS = "https://mybusinessaccountmanagement.googleapis.com/v1/accounts"
REVIEWS = "https://mybusiness.googleapis.com/v4"
PAGE = "https://business.google.com/reviews"
MOST_BYTES = 4096

_API = "Google Business Profile"
_REVIEW = re.compile(r"accounts/[\w-]+/locations/[\w-]+/reviews/[\w-]+", re.ASCII)


class GoogleBusiness:
    """Secret of a login: google_oauth's."""

    info = NetworkInfo(
        network="googlebusiness",
        label=sentence("Google Business"),
        way=Way.BROWSER,
        questions=google_oauth.QUESTIONS,
        how=google_oauth.HOW,
        steps=google_oauth.steps(
            sentence(
                "At console.cloud.google.com, make a project. Ask Google by its form for access to the "
                "Business Profile APIs, and wait for its answer."
            ),
            sentence(
                "Then enable “Google My Business API”, “My Business Account Management API” and “My "
                "Business Business Information API” in it."
            ),
        ),
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
        account = Account(
            0, "googlebusiness", "", "", scopes=grant.scopes, expires_at=grant.expires_at
        )
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
        used = len(text.encode("utf-8", "replace"))
        return ReplyLimits(used, MOST_BYTES, notes=notes(post), again=REPLACED)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        review = _target(sending)
        try:
            answer = http.send(
                "PUT",
                f"{REVIEWS}/{review}/reply",
                cancel=cancel,
                headers={**google_oauth.headers(login), "Content-Type": "application/json"},
                body=json.dumps({"comment": sending.text}).encode(),
            )
        except SourceError as error:
            raise not_answered(error) from error
        if answer.status != 200:
            raise refusal(answer)
        if not string(json_of(answer), "comment"):
            raise no_answer(
                sentence("The network answered with something else than was asked for.")
            )
        return Sent(answer_id(review), PAGE)

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        review = _target(sending)
        try:
            answer = http.get(
                f"{REVIEWS}/{review}", cancel=cancel, headers=google_oauth.headers(login)
            )
        except SourceError as error:
            raise lost(error) from error
        if is_same(string(review_in(answer), "reviewReply", "comment"), sending):
            return Sent(answer_id(review), PAGE)
        if error_now := early(sending, now):
            raise error_now
        return None


NETWORK = GoogleBusiness()


def _who(login: Login, http: HttpClient, cancel: CancelToken) -> Login:
    """The same login with the words of the person's own account there."""
    answer = http.get(ACCOUNTS, cancel=cancel, headers=google_oauth.headers(login))
    found = json_of(answer)
    if answer.status != 200 or not isinstance(found, dict):
        raise no_entry(answer, _API, SCOPE)
    known = [one for one in objects(found.get("accounts")) if string(one, "name")]
    if not known:
        raise NotLoggedIn(
            sentence("This Google account looks after no business."),
            NOTHING_CHANGED,
            sentence("Log in with the account that manages your places at business.google.com."),
        )
    personal = (one for one in known if string(one, "type") == "PERSONAL")
    own = next(personal, known[0])
    number = string(own, "name").rpartition("/")[2]
    name = "".join(sign for sign in string(own, "accountName") if sign.isprintable())
    name = " ".join(name.replace("#", " ").split())[:100]
    account = Account(
        id=0,
        network="googlebusiness",
        server="",
        # Two people may have one name: the number tells them apart.
        handle=f"{name} ({number})" if name else number,
        name=name or number,
        url=PAGE,
        scopes=login.account.scopes,
        expires_at=login.account.expires_at,
    )
    return Login(account, login.secret)


def _target(sending: Sending) -> str:
    review = string(target_of(sending), "review")
    if not _REVIEW.fullmatch(review):
        raise unusable_target()
    return review
