"""Google Play: answers to reviews of the person's own apps. Pages: developers.google.com/android-publisher.

A post's `reply_to` is JSON: {"package", "review", "answered"}. The scope tells nobody's name, so the
identity is the package that was named at the login: `handle` is the package, `url` its page in the
store; the login answers all apps of its developer. A second answer to a review replaces the first.
Limits: 350 characters; 200 requests an hour and 2,000 answers a day for each app.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlencode

from monitor.errors import BadInput, SourceError
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
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Question, Sent, Way
from monitor.networks.google_answers import (
    is_switched_off,
    lacks_right,
    no_entry,
    refusal,
    words_of,
)
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

SCOPE = "https://www.googleapis.com/auth/androidpublisher"
BASE = "https://androidpublisher.googleapis.com/androidpublisher/v3/applications"
MOST = 350

_API = "Google Play Android Developer API"
_PACKAGE = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)+", re.ASCII)
_REVIEW = re.compile(r"[\w:.=-]{3,300}", re.ASCII)


class GooglePlay:
    """Secret of a login: google_oauth's."""

    info = NetworkInfo(
        network="googleplay",
        label=sentence("Google Play"),
        way=Way.BROWSER,
        questions=(
            Question(
                "package",
                sentence("Package name of your app"),
                example="com.example.app",
                hint=sentence("What stands behind id= in the address of its page in the store."),
            ),
            *google_oauth.QUESTIONS,
        ),
        how=google_oauth.HOW,
        steps=google_oauth.steps(
            google_oauth.project(_API),
            sentence(
                "In Play Console, Users and permissions, allow your account to view the app and to "
                "reply to reviews."
            ),
        ),
        page=google_oauth.PAGE,
        one_grant=True,
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        package = package_of(answers.get("package", ""))
        door = google_oauth.door(answers, redirect, SCOPE)
        return Door(door.url, {**door.kept, "package": package})

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
        package = kept["package"]
        account = Account(
            id=0,
            network="googleplay",
            server="",
            handle=package,
            name=package,
            url=app_page(package),
            scopes=grant.scopes,
            expires_at=grant.expires_at,
        )
        login = Login(account, grant.secret)
        _check(login, package, http, cancel)
        return login

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
        used = len(text.encode("utf-16-le", "replace")) // 2
        return ReplyLimits(used, MOST, notes=notes(post), again=REPLACED)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        package, review = _target(sending)
        try:
            answer = http.send(
                "POST",
                f"{review_address(package, review)}:reply",
                cancel=cancel,
                headers={**google_oauth.headers(login), "Content-Type": "application/json"},
                body=json.dumps({"replyText": sending.text}).encode(),
            )
        except SourceError as error:
            raise not_answered(error) from error
        if answer.status != 200:
            raise refusal(answer)
        if not string(json_of(answer), "result", "replyText"):
            raise no_answer(
                sentence("The network answered with something else than was asked for.")
            )
        return Sent(answer_id(review), review_page(package, review))

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        package, review = _target(sending)
        try:
            answer = http.get(
                review_address(package, review),
                cancel=cancel,
                headers=google_oauth.headers(login),
            )
        except SourceError as error:
            raise lost(error) from error
        found = review_in(answer)
        for comment in objects(found.get("comments") if found else None):
            if is_same(string(comment, "developerComment", "text"), sending):
                return Sent(answer_id(review), review_page(package, review))
        if error_now := early(sending, now):
            raise error_now
        return None


NETWORK = GooglePlay()


def package_of(typed: str) -> str:
    """The package name, also out of the address of a page in the store. Raises BadInput."""
    typed = typed.strip()
    found = re.search(r"[?&]id=([\w.]+)", typed)
    package = found[1] if found else typed
    if not _PACKAGE.fullmatch(package) or len(package) > 150:
        raise BadInput(
            sentence("This is not the package name of an app."),
            NOTHING_CHANGED,
            sentence("It looks like com.example.app; you find it behind id= in the app's address."),
        )
    return package


def app_page(package: str) -> str:
    """The app's page in the store."""
    return f"https://play.google.com/store/apps/details?id={package}"


def review_page(package: str, review: str) -> str:
    """The app's page, opened at the review."""
    return f"{app_page(package)}&{urlencode({'reviewId': review})}"


def review_address(package: str, review: str) -> str:
    """Where the interface knows one review."""
    return f"{BASE}/{package}/reviews/{quote(review, safe=':')}"


def _check(login: Login, package: str, http: HttpClient, cancel: CancelToken) -> None:
    """Whether this login may read the app's reviews. Raises NotLoggedIn, SourceError."""
    answer = http.get(
        f"{BASE}/{package}/reviews?maxResults=1",
        cancel=cancel,
        headers=google_oauth.headers(login),
    )
    if answer.status == 200 and isinstance(json_of(answer), dict):
        return
    if answer.status == 404:
        raise NotLoggedIn(
            sentence("Google Play knows no app with the package name {package}.", package=package),
            NOTHING_CHANGED,
            sentence("Check the name: it stands behind id= in the address of the app's page."),
        )
    if answer.status == 403 and not lacks_right(answer) and not is_switched_off(answer):
        raise NotLoggedIn(
            sentence(
                "This Google account may not read the reviews of {package}. It says: “{words}”.",
                package=package,
                words=words_of(answer) or "403",
            ),
            NOTHING_CHANGED,
            sentence(
                "In Play Console, Users and permissions, allow it to view the app and to reply to "
                "reviews. A new right may take two days to hold."
            ),
        )
    raise no_entry(answer, _API, SCOPE)


def _target(sending: Sending) -> tuple[str, str]:
    target = target_of(sending)
    package, review = string(target, "package"), string(target, "review")
    if not _PACKAGE.fullmatch(package) or not _REVIEW.fullmatch(review):
        raise unusable_target()
    return package, review
