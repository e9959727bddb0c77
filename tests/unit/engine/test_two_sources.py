"""Two people's words are two rows of the list, one post that two sources bring is one. Real store and HTTP."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.mention import Mention, MentionFilter, TriageState, View
from monitor.sources.base import ACCOUNT
from monitor.sources.registry import kinds, place_of
from tests.support.bluesky_reading import BlueskyReading
from tests.support.bluesky_server import HANDLE, PASSWORD, BlueskyServer
from tests.support.instagram_server import TOKEN, InstagramServer
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.support.mastodon_server import HOST, MastodonServer
from tests.support.mastodon_statuses import told
from tests.support.memory_keyring import memory_keyring
from tests.support.networks import Networks
from tests.support.reddit_server import CLIENT, ME, RedditServer
from tests.unit.engine.conftest import FAST, WAIT, Running
from tests.unit.engine.test_own_posts import log_in, status
from tests.unit.sources.recorded import discourse as forum
from tests.unit.sources.recorded.reddit import entry, page

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def running(tmp_path: Path, server: LoopbackServer) -> Iterator[Running]:
    with memory_keyring():
        service = Service(
            Profile(tmp_path / "p"),
            by_itself=False,
            pacing=lambda _host: FAST,
            make_client=Networks(server).client,
        )
        one = Running(service)
        one.watch()
        yield one
        service.stop()


def test_short_comments_below_one_picture_are_all_listed(
    running: Running, server: LoopbackServer
) -> None:
    served = InstagramServer(server, NOW)
    medium = served.medium("Nouveau chez nous", NOW - timedelta(days=1))
    said = ("Super !", "Jamais reçu.", "Super !")
    ids = [served.comment(medium, words, NOW - timedelta(hours=1), by="bo") for words in said]
    running.service.login("instagram", {"token": TOKEN}, lambda _url: None).result(WAIT)
    source = running.service.source_of("instagram-comments", {ACCOUNT: "cafelumen"})
    running.check(running.service.add_source(source).result(WAIT).id)
    assert {mention.post.native_id for mention in running.mentions()} == set(ids)


# -- one post, two sources --------------------------------------------------------------------------
def listen(running: Running, kind: str, **fields: str) -> int:
    source = running.service.source_of(kind, fields)
    return running.service.add_source(source).result(WAIT).id


def only(running: Running, *sources: int) -> Mention:
    """The one row of the list, which every source has in its own list."""
    (mention,) = running.mentions()
    for source in sources:
        (own,) = running.mentions(MentionFilter(source_id=source))
        assert own.post.native_id == mention.post.native_id
    assert len({one.id for one in running.mentions(MentionFilter(view=View.ALL))}) == 1
    return mention


def answered_everywhere(running: Running, *sources: int) -> bool:
    return all(
        mention.state is TriageState.ANSWERED
        for source in sources
        for mention in running.mentions(MentionFilter(source_id=source))
    )


def test_mastodons_hashtag_search_and_mentions(running: Running, server: LoopbackServer) -> None:
    served = MastodonServer(server)
    log_in(running, served)
    words = "<p>@ann Café Lumen #CafeLumen ?</p>"  # too short to be a story by its words
    asked, reply = status(1, "joe@elsewhere.example", words), "<p>Bonjour, on regarde.</p>"
    served.serve("GET", "/api/v1/timelines/tag/cafelumen", told([asked]))
    served.serve("GET", "/api/v2/search", told({"statuses": [asked]}))
    served.serve(
        "GET", "/api/v1/notifications", told([{"id": "1", "type": "mention", "status": asked}])
    )
    served.serve("GET", "/api/v1/accounts/1001/statuses", told([]))
    label = f"ann@{HOST}"
    sources = (
        listen(running, "mastodon-tag", tag="cafelumen", server=HOST),
        listen(running, "mastodon-search", words="Café Lumen", account=label),
        listen(running, "mastodon-notifications", account=label),
    )
    running.check()
    assert only(running, *sources).state is TriageState.OPEN
    ours = status(2, "ann", reply, in_reply_to_id="1")
    served.serve("GET", "/api/v1/accounts/1001/statuses", told([ours]))
    running.check()
    assert only(running, *sources).state is TriageState.ANSWERED
    assert answered_everywhere(running, *sources)


def test_blueskys_search_and_mentions(running: Running, server: LoopbackServer) -> None:
    bluesky = BlueskyServer(server, NOW, pds="home.example")
    reading = BlueskyReading(server, bluesky)
    answers = {"handle": HANDLE, "password": PASSWORD}
    account = running.service.login("bluesky", answers, lambda _url: None).result(WAIT)
    sources = (
        listen(running, "bluesky-search", words="Café Lumen", account=account.label),
        listen(running, "bluesky-notifications", account=account.label),
    )
    uri = reading.notice("@marque Café Lumen ?", 30)
    found = reading.write("Café Lumen ne répond pas", 20)
    running.check()
    rows = {one.post.native_id for one in running.mentions()}
    assert (rows, len(running.mentions())) == ({uri, found}, 2)
    for number, parent in enumerate((uri, found)):
        bluesky.records[f"3kreply{number}"] = {
            "text": "Bonjour, on regarde.",
            "createdAt": NOW.isoformat(),
            "reply": {"parent": {"uri": parent}, "root": {"uri": parent}},
        }
    running.check()
    assert {one.state for one in running.mentions()} == {TriageState.ANSWERED}
    assert answered_everywhere(running, *sources)


def test_reddits_feed_search_and_inbox(running: Running, server: LoopbackServer) -> None:
    served = RedditServer(server, NOW)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served.redirect = f"http://127.0.0.1:{listener.getsockname()[1]}/vigie"

    def agree(url: str) -> None:
        back = urlencode(served.authorize(url))
        with urlopen(f"{served.redirect}?{back}", timeout=WAIT) as answer:
            answer.read()

    login = {"client_id": CLIENT, "redirect": served.redirect}
    running.service.login("reddit", login, agree).result(WAIT)
    post = served.add_post(1, selftext="Les *points* :\n\n1. rien\n2. [ici](https://a.example/b)")
    server.add("/www.reddit.com/search.rss", page(entry(1, body="<ol><li>rien</li></ol>")))
    sources = (
        listen(running, "reddit", words="Café Lumen"),
        listen(running, "reddit-search", words="Café Lumen", account=ME),
    )
    inbox = listen(running, "reddit-inbox", account=ME)
    running.check()
    assert only(running, *sources).post.native_id == post["name"]
    served.add_comment(2, post["name"], ME, "Bonjour, on regarde.")
    running.check(inbox)
    assert only(running, *sources).state is TriageState.ANSWERED
    assert answered_everywhere(running, *sources)


def test_two_searches_of_one_forum_show_other_lines_of_a_post(
    running: Running, server: LoopbackServer
) -> None:
    def searched(blurb: str) -> bytes:
        return forum.page(forum.hit(1, blurb=blurb))

    first, second = (
        "…le Café Lumen de la gare ne répond jamais…",
        "…appelé Lumen, le café, en vain…",
    )
    running.watch("Lumen, le café")

    def answer(request: Request) -> Reply:
        return Reply(body=searched(first if "Caf" in request.path else second))

    server.add("/forum.example/search.json", answer)
    sources = tuple(
        listen(running, "discourse", server="https://forum.example", words=words)
        for words in ("Café Lumen", "Lumen")
    )
    running.check()
    posts = {one.post.native_id for one in running.mentions()}
    assert (
        len(posts),
        [len(running.mentions(MentionFilter(source_id=one))) for one in sources],
    ) == (1, [1, 1])


@pytest.mark.parametrize(
    ("kind", "address", "place"),
    [
        ("reddit", "https://www.reddit.com/search.rss?q=a", ("reddit", "")),
        ("reddit-inbox", "https://oauth.reddit.com/message/mentions#lea", ("reddit", "")),
        ("discourse", "https://forum.example/posts.json", ("discourse", "forum.example")),
        ("mastodon-tag", "https://a.example:8443/api", ("mastodon", "a.example:8443")),
        ("hackernews", "https://hn.algolia.com/api", ("", "")),
        ("gone-kind", "https://a.example/", ("", "")),
    ],
)
def test_where_an_id_counts(kind: str, address: str, place: tuple[str, str]) -> None:
    assert place_of(kind, address) == place
    assert kind in kinds() or place == ("", "")
