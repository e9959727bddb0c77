"""Comments on one's own channel over loopback: pages, replies, edits, deletions, units, refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import Action, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.source import Source
from monitor.model.voices import voices_of
from monitor.networks.base import NotLoggedIn
from monitor.networks.youtube import SCOPE
from monitor.sources.base import FetchResult
from monitor.sources.youtube_comments import KIND, MOST_REQUESTS
from tests.support.google_auth import page, refused
from tests.support.loopback import LoopbackServer, Reply
from tests.support.networks import RedirectedClient
from tests.support.youtube_server import BASE, CHANNEL, HOST, YouTubeServer
from tests.unit.sources.recorded.youtube_comments import ACCOUNT, ADDRESS
from tests.unit.sources.samples import NOW, access

THREADS = f"{BASE}/commentThreads"


@pytest.fixture
def served(loopback: LoopbackServer) -> YouTubeServer:
    return YouTubeServer(loopback)


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = RedirectedClient(loopback)
    yield client
    client.close()


def poll(
    served: YouTubeServer,
    http: HttpClient,
    cursor: str = "",
    scope: str = SCOPE,
    channel: str = CHANNEL,
) -> FetchResult:
    source = Source(1, "youtube-comments", ADDRESS, "", account_id=1)
    login = Login(ACCOUNT, {"token": served.auth.new_token(scope), "channel": channel})
    answers = KIND.fetch_as(source, cursor, access(login), http, NOW, CancelToken())
    return KIND.read(source, cursor, answers, NOW)


def test_a_comment_is_told_whole(served: YouTubeServer, http: HttpClient) -> None:
    thread = served.add_thread(5, "Produit <b>nul</b> & cher")
    served.clock = lambda: datetime(2026, 8, 1, 11, tzinfo=UTC)
    theirs = served.add_reply(thread, "Pareil ici")
    ours = served.add_reply(thread, "Écrivez-nous", CHANNEL, "@marque")
    found = {post.native_id: post for post in poll(served, http).posts}
    top = found[thread]
    assert (top.text, top.likes, top.replies) == ("Produit nul & cher", 2, 2)
    assert (top.author.name, top.author.handle) == ("lea", "lea")
    assert top.author.url == "https://www.youtube.com/channel/UClea"
    assert (top.thread_id, top.parent_id) == (thread, "")
    assert top.url == f"https://www.youtube.com/watch?v=v1&lc={thread}"
    assert top.published == datetime(2026, 8, 1, 10, 59, 54, tzinfo=UTC)
    assert json.loads(top.reply_to) == {"thread": thread, "video": "v1", "to": ""}
    assert (found[theirs].parent_id, found[theirs].replies) == (thread, None)
    assert json.loads(found[theirs].reply_to)["to"] == "pat"
    # Our own carries the account's handle and address.
    assert (found[ours].author.handle, found[ours].author.url) == (ACCOUNT.handle, ACCOUNT.url)
    assert (found[ours].parent_id, found[ours].thread_id) == ("", thread)
    named = served.add_reply(thread, "@Pat écrivez-nous", CHANNEL, "@marque")
    found = {post.native_id: post for post in poll(served, http).posts}
    assert found[named].parent_id == theirs


def test_who_calls_themselves_like_the_account_is_a_stranger(
    served: YouTubeServer, http: HttpClient
) -> None:
    thread = served.add_thread(5, "Produit nul")
    posed = served.add_reply(thread, "Nous fermons", "UCposer", f"@{ACCOUNT.handle.upper()}")
    author = {post.native_id: post.author for post in poll(served, http).posts}[posed]
    assert (author.name, author.handle) == (ACCOUNT.handle.upper(), "")
    assert not voices_of((ACCOUNT,)).include(author, "youtube", "www.googleapis.com")


def test_a_thread_that_is_closed_cannot_be_answered(
    served: YouTubeServer, http: HttpClient
) -> None:
    served.add_thread(1, canReply=False)
    (post,) = poll(served, http).posts
    assert post.reply_to == ""


def test_it_reads_every_page_to_a_known_thread(served: YouTubeServer, http: HttpClient) -> None:
    for number in range(600, 800):
        served.add_thread(number)
    first = poll(served, http)
    assert (len(first.posts), served.units) == (100, 1)
    for number in range(350):
        served.add_thread(number)
    again = poll(served, http, first.cursor)
    wanted = {f"Ugz{number:05}AaABAg" for number in range(350)}
    assert wanted <= {post.native_id for post in again.posts}
    assert not again.hole
    before = served.units
    assert not poll(served, http, again.cursor).hole
    assert served.units == before + 2  # the newest page, and fifty older ones


def test_more_than_can_be_read_is_a_hole(served: YouTubeServer, http: HttpClient) -> None:
    served.add_thread(5000)
    first = poll(served, http)
    for number in range(1100):
        served.add_thread(number)
    before = served.units
    again = poll(served, http, first.cursor)
    assert again.hole
    assert served.units - before <= MOST_REQUESTS


@pytest.mark.parametrize("strict", [False, True])
def test_older_threads_are_looked_at_again_in_turn(
    served: YouTubeServer, http: HttpClient, *, strict: bool
) -> None:
    """A deletion, an edit and a new reply below threads that left the newest page."""
    served.strict = strict
    old = [served.add_thread(number) for number in range(500, 560)]
    cursor = poll(served, http).cursor
    for number in range(100):
        served.add_thread(number)
    cursor = poll(served, http, cursor).cursor
    served.remove(old[3])
    served.threads[-1]["snippet"]["topLevelComment"]["snippet"]["textDisplay"] = "Corrigé"
    for number in range(7):
        served.add_reply(old[10], f"Réponse {number}")
    withdrawn, texts = set(), set()
    for _ in range(4):
        before = served.units
        result = poll(served, http, cursor)
        cursor = result.cursor
        assert served.units - before <= MOST_REQUESTS
        withdrawn |= set(result.withdrawn)
        texts |= {post.text for post in result.posts}
    assert withdrawn == {old[3]}
    assert "Corrigé" in texts
    assert {f"Réponse {number}" for number in range(7)} <= texts
    assert old[3] not in cursor


def test_replies_are_asked_for_where_they_are_new_and_not_all_shown(
    served: YouTubeServer, http: HttpClient
) -> None:
    threads = [served.add_thread(number) for number in range(30)]
    for thread in threads:
        for number in range(6):
            served.add_reply(thread, f"Réponse {number}")
    cursor = poll(served, http).cursor
    for thread in threads:
        served.add_reply(thread, "Encore")
    first = poll(served, http, cursor)
    second = poll(served, http, first.cursor)
    asked = {
        post.thread_id
        for post in (*first.posts, *second.posts)
        if post.text == "Réponse 0"  # the oldest is shown by no thread itself
    }
    assert asked == set(threads)
    before = served.units
    poll(served, http, second.cursor)
    assert served.units == before + 1


def test_a_mark_of_a_page_that_is_refused_keeps_the_first_page(
    served: YouTubeServer, http: HttpClient, loopback: LoopbackServer
) -> None:
    served.add_thread(900)
    cursor = poll(served, http).cursor
    for number in range(150):
        served.add_thread(number)
    whole = loopback._routes[f"/{HOST}{THREADS}"]
    failed = refused(400, "X", "The API server failed.", "processingFailure")
    served.auth.serve(
        "GET",
        HOST,
        THREADS,
        lambda request: failed if "pageToken" in request.path else whole(request),
    )
    result = poll(served, http, cursor)
    assert (len(result.posts), result.hole) == (101, True)


def test_the_units_of_the_day_are_spent(served: YouTubeServer, http: HttpClient) -> None:
    served.share = 0
    with pytest.raises(SourceError, match="share of today") as caught:
        poll(served, http)
    error = caught.value
    assert (error.action, error.retry_at) == (Action.RETRY, datetime(2026, 8, 3, 9, tzinfo=UTC))
    assert "<a" not in str(error)


def test_what_is_asked_in_a_day_stays_far_below_the_share() -> None:
    checks = 24 * 60 * 60 // KIND.info.min_interval
    assert checks * MOST_REQUESTS <= 2_000
    assert KIND.info.shares[HOST].requests <= 5_000


def test_an_ended_and_a_lesser_login_are_told(served: YouTubeServer, http: HttpClient) -> None:
    with pytest.raises(NotLoggedIn) as caught:
        poll(served, http, scope="https://www.googleapis.com/auth/youtube.readonly")
    assert SCOPE in str(caught.value.title)
    served.auth.off = True
    with pytest.raises(SourceError, match="not switched on") as off:
        poll(served, http)
    assert off.value.action is Action.PAUSE
    served.auth.serve("GET", HOST, THREADS, refused(401, "UNAUTHENTICATED", "Invalid."))
    with pytest.raises(NotLoggedIn, match="Invalid"):
        poll(served, http)


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (page(502), 502),
        (page(200), 200),
        (refused(403, "X", "Slow.", "rateLimitExceeded"), 429),
        (Reply(200, {}, b'{"error": {"code": 500}}'), 200),
    ],
)
def test_answers_that_are_none(
    served: YouTubeServer, http: HttpClient, reply: Reply, status: int
) -> None:
    served.auth.serve("GET", HOST, THREADS, reply)
    with pytest.raises(SourceError) as caught:
        poll(served, http)
    assert caught.value.status == status


# -- answers that Google really gave ----------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "tops", "replies", "first"),
    [
        ("comment_thread_single", 1, 0, "UgxKREWxIgDrw8w2e_Z4AaABAg"),
        ("comment_threads_all_to_me", 4, None, "UgyWeTdgc4sc1xgmbld4AaABAg"),
        ("comment_threads_by_channel", 2, None, ""),
        ("comment_threads_by_video_paged_1", 5, None, ""),
        ("comment_threads_by_video_paged_2", 5, None, ""),
        ("comment_threads_multi", 2, None, ""),
        ("comment_threads_with_search", 1, None, ""),
    ],
)
def test_recorded_threads(
    shared: Path,
    served: YouTubeServer,
    http: HttpClient,
    name: str,
    tops: int,
    replies: int | None,
    first: str,
) -> None:
    folder = shared / "fixtures/youtube/testdata/apidata/comment_threads"
    body = (folder / f"{name}.json").read_bytes()
    served.auth.serve("GET", HOST, THREADS, Reply(200, {}, body))
    result = poll(served, http)
    raw = {item["id"]: item for item in json.loads(body)["items"]}
    above = {post.native_id: post for post in result.posts if not post.parent_id}
    assert set(above) == set(raw)
    assert len(above) == tops
    assert not first or first in above
    for id_, post in above.items():
        said = raw[id_]["snippet"]["topLevelComment"]["snippet"]
        assert post.author.url.endswith(said["authorChannelId"]["value"])
        assert (post.likes, post.replies) == (
            said["likeCount"],
            raw[id_]["snippet"]["totalReplyCount"],
        )
        assert post.published == datetime.fromisoformat(said["publishedAt"])
        assert post.reply_to
    below = [post for post in result.posts if post.parent_id]
    assert len(below) == sum(
        len(one.get("replies", {}).get("comments", [])) for one in raw.values()
    )
    assert replies is None or len(below) == replies
    assert all(post.parent_id in above for post in below)


def test_recorded_replies(
    shared: Path, served: YouTubeServer, http: HttpClient, loopback: LoopbackServer
) -> None:
    folder = shared / "fixtures/youtube/testdata/apidata"
    body = (folder / "comments/comments_by_parent_paged_1.json").read_bytes()
    thread = "Ugw5zYU6n9pmIgAZWvN4AaABAg"
    served.add_thread(1)
    cursor = poll(served, http).cursor
    served.threads[0]["id"] = thread
    served.threads[0]["snippet"]["topLevelComment"]["id"] = thread
    served.replies[thread] = []
    for number in range(6):
        served.add_reply(thread, f"Réponse {number}")
    served.auth.serve("GET", HOST, f"{BASE}/comments", Reply(200, {}, body))
    found = {post.native_id: post for post in poll(served, http, cursor).posts}
    reply = found[f"{thread}.91zT3cYb5B291za6voUoRh"]
    assert (reply.text, reply.author.name) == ("this is the third reply!", "kun liu")
    assert (reply.parent_id, reply.published) == (
        thread,
        datetime(2019, 12, 1, 4, 46, 31, tzinfo=UTC),
    )
