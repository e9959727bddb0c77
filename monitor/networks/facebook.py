"""Facebook: answer comments, visitors' posts and recommendations on one's own Page, as the Page.

The person pastes a Page token of an app of their own (Graph API, see graph.py). The account is the Page:
`handle` is its username, else its number, and `url` is https://www.facebook.com/<number>; posts it wrote
have exactly these as their author. A post tells to be answered {"page", "id"}: the Page it hangs on, and
what the answer is put below (of an answer, the comment above it: there are two levels). Taking the token
back would end every token of that app, so that is left to the person. Found again by its words below
what it answers; the same words twice are refused by Facebook (506), and the first ones count.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks import graph
from monitor.networks.answers import string, unusable_target
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Question, Sent, Way
from monitor.networks.graph_login import asked, facts_of, line, secrets_of, stranger
from monitor.networks.graph_replies import (
    DuplicateReply,
    find_reply,
    is_id,
    page_at,
    publish,
    same_words,
    target_of,
)
from monitor.networks.login_calls import NOTHING_CHANGED
from monitor.text import text as sentence

READS = "pages_read_engagement"
READS_PEOPLE = "pages_read_user_content"
ANSWERS = "pages_manage_engagement"
SCOPES = (READS, READS_PEOPLE, ANSWERS)
MOST = 8000

_WHO = "id,name,username,category"
_FOUND = "id,message,from{id},created_time,permalink_url"


class Facebook:
    """Secret of a login: `token`, `id` of the Page, `host`, and `app_secret` where it was given."""

    info = NetworkInfo(
        network="facebook",
        label=sentence("Facebook Page"),
        way=Way.SECRET,
        questions=(
            Question(
                "token",
                sentence("Access token"),
                example="EAAG…",
                secret=True,
                hint=sentence("A Page's, made with an app of your own."),
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
            "For your own Page, with a token of an app of yours. It can be taken back in Facebook's "
            "settings, under Business integrations."
        ),
        steps=(
            sentence("At developers.facebook.com, make an app of the type Business."),
            sentence(
                "In the Graph API Explorer choose it, and make a user token with pages_show_list (your "
                "Pages), pages_read_engagement (their posts), pages_read_user_content (what people "
                "write there) and pages_manage_engagement (answers)."
            ),
            sentence(
                "Extend this token in the Access Token Debugger, paste it into the Explorer and ask for "
                "me/accounts."
            ),
            sentence("Copy the access_token that stands with your Page: it has no end."),
        ),
        page="https://developers.facebook.com/tools/explorer/",
        spacing={graph.FACEBOOK: 1.0},
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        raise NotImplementedError("Facebook is entered with a pasted token")

    def enter(
        self,
        answers: Mapping[str, str],
        back: Mapping[str, str],
        kept: Mapping[str, str],
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Login:
        login = stranger(secrets_of(answers, graph.FACEBOOK), "facebook")
        page = _page(login, http, cancel)
        id_ = string(page, "id")
        facts = facts_of(login, SCOPES, (id_,), http, cancel)
        account = Account(
            id=0,
            network="facebook",
            server="",
            handle=line(string(page, "username")) or id_,
            name=line(string(page, "name")),
            url=f"https://www.facebook.com/{id_}",
            scopes=facts.scopes,
            expires_at=facts.expires_at,
        )
        return Login(account, {**login.secret, "id": id_})

    def renew(
        self,
        login: Login,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
        *,
        refused: bool = False,
    ) -> Login:
        return login

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        return

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return {}

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        return ReplyLimits(len(text.encode("utf-16-le", "replace")) // 2, MOST)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        target = _own_target(login, sending)
        fields = {"message": sending.text, "fields": "id,permalink_url"}
        path = f"{string(target, 'id')}/comments"
        try:
            return _sent(publish(login, path, fields, ANSWERS, http, cancel))
        except DuplicateReply:
            found = self.find(login, sending, http, now, cancel)
            if found is not None:
                return found
            raise

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        target = _own_target(login, sending)

        def is_ours(comment: Mapping[str, Any]) -> bool:
            by = string(comment, "from", "id")
            return by in ("", login.secret["id"]) and same_words(
                string(comment, "message"), sending.text
            )

        query = {"fields": _FOUND, "order": "reverse_chronological", "limit": "100"}
        path = f"{string(target, 'id')}/comments"
        found = find_reply(
            login, sending, path, query, is_ours, now, http, cancel, newest_first=True
        )
        return _sent(found) if found is not None else None


NETWORK = Facebook()


def _page(login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, Any]:
    """The Page the token is for. Only Pages have a category: Facebook refuses to tell a person's."""
    try:
        page = asked(login, "me", _WHO, http, cancel)
    except NotLoggedIn as error:
        if "(User)" in str(error):
            raise _of_a_person() from error
        raise
    if not is_id(string(page, "id")) or not string(page, "category"):
        raise _of_a_person()
    return page


def _of_a_person() -> NotLoggedIn:
    return NotLoggedIn(
        sentence("This token is a person's, not a Page's."),
        NOTHING_CHANGED,
        sentence(
            "Ask for me/accounts in the Graph API Explorer; copy the access_token that stands with your "
            "Page."
        ),
    )


def _own_target(login: Login, sending: Sending) -> Mapping[str, Any]:
    """Where the answer goes. A Page answers below its own posts alone."""
    target = target_of(sending)
    if string(target, "page") != login.secret["id"]:
        raise unusable_target()
    return target


def _sent(comment: Mapping[str, Any]) -> Sent:
    id_ = string(comment, "id")
    url = page_at(string(comment, "permalink_url"))
    return Sent(id_, url or f"https://www.facebook.com/{id_}")
