"""Replies on Mastodon over loopback: what is published, what is refused, what nobody knows."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.networks import mastodon_send
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from tests.support.loopback import LoopbackServer, Reply, Request, reset
from tests.support.mastodon_statuses import ME, TOKEN, MastodonStatuses, told
from tests.unit.networks.conftest import Make

ACCOUNT = Account(1, "mastodon", "mastodon.example", "marque@mastodon.example")
LOGIN = Login(ACCOUNT, {"token": TOKEN, "id": ME})


@pytest.fixture
def server(loopback: LoopbackServer) -> MastodonStatuses:
    return MastodonStatuses(loopback)


def only(server: MastodonStatuses) -> dict[str, object]:
    (published,) = server.published
    asked: dict[str, object] = published["asked"]
    return asked


def test_a_reply_goes_to_the_persons_post_on_our_own_server(
    server: MastodonStatuses, http: HttpClient, now: datetime, cancel: CancelToken, make: Make
) -> None:
    sending = make("Bonjour, on regarde.", server.add_parent())
    sent = mastodon_send.send(LOGIN, sending, http, now, cancel)
    assert only(server) == {
        "status": "@lea@autre.example Bonjour, on regarde.",
        "in_reply_to_id": "10",
        "visibility": "public",
        "language": "fr",
    }
    assert sent.url == "https://mastodon.example/@marque/1000"


def test_someone_of_our_own_server_is_found_without_a_search(
    server: MastodonStatuses,
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Bonjour", server.add_parent(server="mastodon.example"))
    mastodon_send.send(LOGIN, sending, http, now, cancel)
    assert only(server)["status"] == "@lea Bonjour"
    assert not [one for one in loopback.requests if "search" in one.path]


@pytest.mark.parametrize("words", ["@lea@autre.example bonjour", "Bonjour @Lea@autre.example !"])
def test_a_name_that_stands_there_is_not_added(
    server: MastodonStatuses,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    words: str,
) -> None:
    mastodon_send.send(LOGIN, make(words, server.add_parent()), http, now, cancel)
    assert only(server)["status"] == words


def test_who_sees_it_and_its_warning_are_kept(
    server: MastodonStatuses, http: HttpClient, now: datetime, cancel: CancelToken, make: Make
) -> None:
    reply_to = server.add_parent(visibility="private", spoiler_text="Santé")
    # Found as unlisted, narrowed since: never wider than either.
    reply_to = reply_to.replace('"private"', '"unlisted"')
    mastodon_send.send(LOGIN, make("Bonjour", reply_to), http, now, cancel)
    asked = only(server)
    assert (asked["visibility"], asked["spoiler_text"], asked["sensitive"]) == (
        "private",
        "Santé",
        True,
    )


def test_a_reply_to_a_deleted_post_is_refused_and_not_sent(
    server: MastodonStatuses, http: HttpClient, now: datetime, cancel: CancelToken, make: Make
) -> None:
    reply_to = server.add_parent()
    server.parents.clear()
    with pytest.raises(Refused, match="not there any more"):
        mastodon_send.send(LOGIN, make("Bonjour", reply_to), http, now, cancel)
    assert server.published == []


def test_the_servers_refusal_is_told_in_its_own_words(
    server: MastodonStatuses, http: HttpClient, now: datetime, cancel: CancelToken, make: Make
) -> None:
    with pytest.raises(Refused, match="character limit of 500 exceeded"):
        mastodon_send.send(LOGIN, make("a" * 600, server.add_parent()), http, now, cancel)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (told({"error": "The access token is invalid"}, 401), NotLoggedIn),
        (told({"error": "This action is outside the authorized scopes"}, 403), NotLoggedIn),
        (told({"error": "This action is not allowed"}, 403), Refused),
        (told({"error": "Too many requests"}, 429), Refused),
        (Reply(302, {"Location": "https://else.example/"}), Refused),
        (Reply(502, {}, b"<html>Bad gateway</html>"), NoAnswer),
        (Reply(200, {}, b"<html>Please wait</html>"), NoAnswer),
        (reset(), NoAnswer),
    ],
)
def test_each_answer_says_whether_something_was_published(
    server: MastodonStatuses,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    answer: Reply,
    error: type[Exception],
) -> None:
    def before(_request: Request) -> Reply:
        return answer

    server.before = before
    with pytest.raises(error):
        mastodon_send.send(LOGIN, make("Bonjour", server.add_parent()), http, now, cancel)


def test_a_server_that_cannot_be_asked_gets_nothing(
    server: MastodonStatuses,
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    reply_to = server.add_parent()
    loopback.add("/mastodon.example/api/v2/search", Reply(503, {}, b"down"))
    with pytest.raises(SourceError):
        mastodon_send.send(LOGIN, make("Bonjour", reply_to), http, now, cancel)
    assert server.published == []


def test_the_same_key_twice_is_published_once(
    server: MastodonStatuses, http: HttpClient, now: datetime, cancel: CancelToken, make: Make
) -> None:
    sending = make("Bonjour", server.add_parent())
    first = mastodon_send.send(LOGIN, sending, http, now, cancel)
    assert mastodon_send.send(LOGIN, sending, http, now, cancel) == first
    assert len(server.published) == 1


@pytest.mark.parametrize("deleted", [False, True])
def test_a_reply_is_found_among_our_own_posts(
    server: MastodonStatuses,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    deleted: bool,
) -> None:
    reply_to = server.add_parent()
    sending = make("Bonjour <b> & https://lumen.example/a !", reply_to)
    assert mastodon_send.find(LOGIN, sending, http, now, cancel) is None
    sent = mastodon_send.send(LOGIN, sending, http, now, cancel)
    for number in range(60):
        other = make(f"Autre {number}", server.add_parent(20), key=f"other-{number}")
        mastodon_send.send(LOGIN, other, http, now, cancel)
    if deleted:
        server.parents.clear()
    assert mastodon_send.find(LOGIN, sending, http, now, cancel) == sent


def test_the_same_words_to_somebody_else_are_another_reply(
    server: MastodonStatuses, http: HttpClient, now: datetime, cancel: CancelToken, make: Make
) -> None:
    other = make("Bonjour", server.add_parent(20), key="other")
    mastodon_send.send(LOGIN, other, http, now, cancel)
    sending = make("Bonjour", server.add_parent())
    assert mastodon_send.find(LOGIN, sending, http, now, cancel) is None


def test_just_after_the_attempt_nobody_knows(
    server: MastodonStatuses, http: HttpClient, now: datetime, cancel: CancelToken, make: Make
) -> None:
    sending = make("Bonjour", server.add_parent(), attempted_at=now)
    with pytest.raises(NoAnswer, match="too early"):
        mastodon_send.find(LOGIN, sending, http, now, cancel)


def test_lengths_follow_the_servers_own_rules(
    server: MastodonStatuses, http: HttpClient, cancel: CancelToken
) -> None:
    server.most = 5000
    rules = mastodon_send.rules(LOGIN, http, cancel)
    post = Post("1", "", "", "", reply_to=json.dumps({"acct": "lea@autre.example"}))
    usual = mastodon_send.limits(ACCOUNT, post, "Bonjour")
    assert (usual.used, usual.most) == (len("@lea Bonjour"), 500)
    assert [str(note) for note in usual.notes] == ["@lea@autre.example is added in front."]
    assert mastodon_send.limits(ACCOUNT, post, "a" * 600, rules).fits
    assert not mastodon_send.limits(ACCOUNT, post, "a" * 600).fits


@pytest.mark.parametrize("reply_to", ["", "[]", "{}", "[" * 5000, '{"server": 3}'])
def test_what_says_nothing_cannot_be_answered(
    server: MastodonStatuses,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
) -> None:
    with pytest.raises(Refused):
        mastodon_send.send(LOGIN, make("Bonjour", reply_to), http, now, cancel)
