"""A Discourse forum over loopback: posts published once, found again, refused in its words."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.infra.paste_page import FIELD
from monitor.model.account import Login
from monitor.model.post import Post
from monitor.model.voices import voices_of
from monitor.networks.base import Door, NoAnswer, NotLoggedIn, Refused
from monitor.networks.discourse import NETWORK
from monitor.networks.discourse_send import _published, _sent
from monitor.sources.discourse_answers import post_of
from tests.support.discourse_server import (
    HOST,
    DiscourseServer,
    not_permitted,
    said,
    too_often,
    unusable,
    wrong,
)
from tests.support.loopback import LoopbackServer, Reply, redirect, reset
from tests.unit.networks.conftest import Make

BACK = "http://127.0.0.1:9/way"
WORDS = "Bonjour Léa, écrivez-nous s'il vous plaît"


@pytest.fixture
def server(loopback: LoopbackServer) -> DiscourseServer:
    return DiscourseServer(loopback)


def opened(http: HttpClient, cancel: CancelToken, server: str = HOST) -> tuple[Door, str]:
    """The door, and the forum's page that our own page links to."""
    door = NETWORK.open({"server": server}, BACK, http, cancel)
    assert door.url.startswith(f"{BACK}/paste?")
    return door, parse_qs(urlsplit(door.url).query)["to"][0]


@pytest.fixture
def login(server: DiscourseServer, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    door, url = opened(http, cancel, f"https://{HOST.upper()}/latest")
    back = {FIELD: f"\n {server.approve(url)} "}
    return NETWORK.enter({}, back, door.kept, http, now, cancel)


def test_a_reply_is_published_once_and_found_again(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make(WORDS, server.add_post("La Marque ne répond pas"))
    sent = NETWORK.send(login, sending, http, now, cancel)
    post = server.posts[-1]
    assert (post["raw"], post["topic_id"], post["reply_to_post_number"]) == (WORDS, 77, 1)
    assert sent.native_id == str(post["id"])
    assert sent.url == f"https://{HOST}/t/avis-marque/77/2"
    assert NETWORK.find(login, sending, http, now, cancel) == sent
    own = post_of(post, {}, {}, f"https://{HOST}", now)
    assert (own.native_id, own.author.handle, own.author.url) == (
        sent.native_id,
        login.account.handle,
        login.account.url,
    )
    ours = voices_of((login.account,))
    assert ours.include(own.author, "discourse", HOST)
    # The same name on another forum is somebody else.
    other = post_of(post, {}, {}, "https://autre.example", now)
    assert not ours.include(other.author, "discourse", "autre.example")


def test_what_the_source_says_is_enough_to_answer(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    server.add_post("La Marque ne répond pas")
    post = post_of(server.posts[0], {}, {}, f"https://{HOST}", now)
    NETWORK.send(login, make(WORDS, post.reply_to), http, now, cancel)
    assert len(server.posts) == 2


def test_a_reply_that_waits_for_a_moderator_is_not_sent_again(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    server.moderated = True
    sending = make(WORDS, server.add_post("La Marque ne répond pas"))
    sent = NETWORK.send(login, sending, http, now, cancel)
    assert (sent.native_id, sent.url) == ("pending-300", f"https://{HOST}/t/77")
    assert NETWORK.find(login, sending, http, now, cancel) == sent


def test_an_account_answers_on_its_own_forum_alone(
    server: DiscourseServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    assert NETWORK.info.own_server_only
    target = {"server": "https://autre.example", "topic_id": "77", "post_number": "1"}
    asked = len(loopback.requests)
    with pytest.raises(Refused, match=r"belongs to forum\.example: it cannot answer on autre"):
        NETWORK.send(login, make(WORDS, json.dumps(target)), http, now, cancel)
    assert len(loopback.requests) == asked


@pytest.mark.parametrize(
    ("words", "told"),
    [("Non", "Body is too short"), ("a" * 33_000, "Body is limited to 32000")],
)
def test_a_refusal_is_told_in_the_forums_words(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    words: str,
    told: str,
) -> None:
    with pytest.raises(Refused, match=told):
        NETWORK.send(login, make(words, server.add_post("En panne")), http, now, cancel)
    assert len(server.posts) == 1


def test_a_closed_or_deleted_topic_gets_no_reply(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make(WORDS, server.add_post("En panne"))
    server.closed.add(77)
    with pytest.raises(Refused, match="not permitted"):
        NETWORK.send(login, sending, http, now, cancel)
    server.closed.clear()
    server.topics.clear()
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, sending, http, now, cancel)
    assert NETWORK.find(login, sending, http, now, cancel) is None


def test_a_post_that_was_deleted_meanwhile_gets_no_reply(
    server: DiscourseServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make(WORDS, server.add_post("En panne", user_deleted=True))
    place = f"/{HOST}/posts/by_number/77/1.json"
    gone = wrong("The requested resource could not be found.", 404, "not_found")
    for answer in (None, gone, not_permitted()):
        if answer is not None:
            loopback.add(place, answer)
        with pytest.raises(Refused, match="not there any more"):
            NETWORK.send(login, sending, http, now, cancel)
    loopback.add(place, too_often())
    with pytest.raises(Refused, match="no more replies"):
        NETWORK.send(login, sending, http, now, cancel)
    loopback.add(place, Reply(502, {}, b"<html>"))
    with pytest.raises(SourceError, match="502"):
        NETWORK.send(login, sending, http, now, cancel)
    assert len(server.posts) == 1


def test_a_key_that_was_taken_back_is_no_login(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make(WORDS, server.add_post("En panne"))
    server.keys.clear()
    with pytest.raises(NotLoggedIn):
        NETWORK.send(login, sending, http, now, cancel)
    with pytest.raises(NotLoggedIn):
        NETWORK.find(login, sending, http, now, cancel)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (too_often(), Refused),
        (not_permitted(), Refused),
        (unusable("Body is too similar to what you recently posted"), Refused),
        (wrong("You need to be logged in to do that.", 401, "not_logged_in"), NotLoggedIn),
        (wrong("That topic was deleted.", 410, "not_found"), Refused),
        (Reply(403, {}, b"<html>Attention Required! | Cloudflare</html>"), Refused),
        (redirect("https://www.forum.example/posts.json", 301), Refused),
        (Reply(502, {}, b"<html>"), NoAnswer),
        (Reply(200, {}, b"<html>"), NoAnswer),
        (said({"success": True}), NoAnswer),
        (said([]), NoAnswer),
        (reset(), NoAnswer),
    ],
)
def test_each_answer_says_whether_something_was_published(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    answer: Reply,
    error: type[Exception],
) -> None:
    server.before = lambda _request: answer
    sending = make(WORDS, server.add_post("En panne"))
    with pytest.raises(error):
        NETWORK.send(login, sending, http, now, cancel)
    assert NETWORK.find(login, sending, http, now, cancel) is None


@pytest.mark.parametrize("skew", [-50, 0, 50])
def test_a_lost_answer_is_looked_for_whatever_the_clocks_say(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    skew: int,
) -> None:
    server.clock = lambda: now + timedelta(minutes=skew)
    sending = make(WORDS, server.add_post("En panne"))
    server.add_post(WORDS)  # somebody else
    server.add_post("Autre chose, assez longue aussi", "marque", reply_to_post_number=1)
    server.add_post(WORDS, "marque", 78)
    server.add_post(WORDS, "marque", reply_to_post_number=2)
    assert NETWORK.find(login, sending, http, now, cancel) is None
    server.add_post(f"{WORDS}\n", "marque", reply_to_post_number=1)
    found = NETWORK.find(login, sending, http, now, cancel)
    assert found is not None
    assert found.native_id == str(server.posts[-1]["id"])


def test_a_link_that_the_forum_unfolds_hides_no_reply(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    words = "Tout est ici :\nhttps://marque.example/aide"
    sending = make(words, server.add_post("En panne"))
    cooked = "<p>Tout est ici :</p><aside class='onebox'>La grande page d'aide de la Marque</aside>"
    server.add_post(words, "marque", reply_to_post_number=1, cooked=cooked)
    assert NETWORK.find(login, sending, http, now, cancel) is not None


def test_where_too_much_happened_nobody_knows(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    reply_to = server.add_post("En panne")
    with pytest.raises(NoAnswer, match="too early"):
        NETWORK.find(login, make(WORDS, reply_to, attempted_at=now), http, now, cancel)
    for number in range(50):
        server.add_post(f"Autre chose {number}", "marque", 78)
    with pytest.raises(NoAnswer, match="too many"):
        NETWORK.find(login, make(WORDS, reply_to), http, now, cancel)
    server.clock = lambda: now - timedelta(days=3)
    old = DiscourseServer(server._server)
    old.keys, old.clock = server.keys, server.clock
    for number in range(50):
        old.add_post(f"Autre chose {number}", "marque", 78)
    assert NETWORK.find(login, make(WORDS, reply_to), http, now, cancel) is None


def test_an_older_forum_without_the_list_of_what_waits(
    server: DiscourseServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make(WORDS, server.add_post("En panne"))
    loopback.add(f"/{HOST}/posts/marque/pending.json", Reply(404))
    assert NETWORK.find(login, sending, http, now, cancel) is None
    for answer in (Reply(500), too_often(), Reply(200, {}, b"<html>"), reset()):
        loopback.add(f"/{HOST}/u/marque/activity.json", answer)
        with pytest.raises(NoAnswer):
            NETWORK.find(login, sending, http, now, cancel)


def test_lengths_follow_the_forums_own_rules(
    server: DiscourseServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    cancel: CancelToken,
) -> None:
    server.least, server.most = 5, 100
    rules = NETWORK.rules(login, http, cancel)
    post = Post("1", "", "", "")
    usual = NETWORK.limits(login.account, post, "Merci  beaucoup\n\nà vous")
    assert (usual.used, usual.least, usual.most, usual.fits) == (21, 20, 32_000, True)
    assert not NETWORK.limits(login.account, post, "Merci").fits
    assert NETWORK.limits(login.account, post, "Merci", rules).fits
    assert not NETWORK.limits(login.account, post, "a" * 101, rules).fits
    loopback.add(f"/{HOST}/site/settings.json", Reply(404, {}, b"<html>"))
    assert NETWORK.rules(login, http, cancel) == {}


@pytest.mark.parametrize(
    "reply_to",
    [
        "",
        "[]",
        "{}",
        "[" * 5000,
        json.dumps({"server": f"https://{HOST}", "topic_id": "7/../x", "post_number": "1"}),
        json.dumps({"server": "https://[", "topic_id": "77", "post_number": "1"}),
    ],
)
def test_what_says_nothing_cannot_be_answered(
    server: DiscourseServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
) -> None:
    with pytest.raises(Refused):
        NETWORK.send(login, make(WORDS, reply_to), http, now, cancel)


def test_recorded_answers_replay(shared: Path, login: Login) -> None:
    folder = shared / "fixtures/discourse/spec/fixtures"

    def recorded(name: str) -> dict[str, object]:
        found: dict[str, object] = json.loads((folder / f"{name}.json").read_bytes())
        return found

    created = _published(login, recorded("create_topic_with_tags"), "21")
    assert created.native_id == "29"
    assert created.url == f"https://{HOST}/t/1412a036bfe-6480718525e-9f71f98ef46/21/1"
    shown = _sent(login, recorded("post"))
    assert shown.native_id == "11"
