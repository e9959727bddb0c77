"""Bluesky's search over loopback: no hole, deletions, followers, ended sessions, the gate before it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import Action, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpResponse
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.networks.bluesky import NETWORK
from monitor.sources.base import FetchResult
from monitor.sources.bluesky_search import KIND
from tests.support.bluesky_server import DID, HANDLE
from tests.support.bluesky_world import PDS, World
from tests.support.loopback import LoopbackServer, Reply
from tests.support.mastodon_statuses import told
from tests.unit.sources.recorded.bluesky import SEARCH
from tests.unit.sources.samples import NOW

METHOD = "app.bsky.feed.searchPosts"


@pytest.fixture
def world(loopback: LoopbackServer) -> Iterator[World]:
    found = World(loopback, NOW)
    yield found
    found.close()


def poll(world: World, cursor: str = "") -> FetchResult:
    return world.poll(KIND, cursor, words="Marque")


def uris(result: FetchResult) -> set[str]:
    return {post.native_id for post in result.posts}


def test_a_hit_is_told_whole(world: World) -> None:
    root = {"uri": "at://did:plc:bob/app.bsky.feed.post/3ka", "cid": "bafyroot"}
    parent = {"uri": "at://did:plc:bob/app.bsky.feed.post/3kb", "cid": "bafyparent"}
    uri = world.reading.write(
        "La Marque est en panne", 5, indexed=4, reply={"root": root, "parent": parent}
    )
    world.reading.write("Rien à voir", 4)
    result = poll(world)
    (post,) = result.posts
    key = uri.rpartition("/")[2]
    assert (post.native_id, post.text) == (uri, "La Marque est en panne")
    assert post.url == f"https://bsky.app/profile/did:plc:lea/post/{key}"
    assert (post.author.name, post.author.handle, post.author.followers) == (
        "Léa",
        "lea.example",
        321,
    )
    assert (post.likes, post.replies, post.shares, post.language) == (4, 1, 2, "fr")
    assert (post.thread_id, post.parent_id) == (root["uri"], parent["uri"])
    assert post.published == NOW - timedelta(minutes=5)
    target = json.loads(post.reply_to)
    assert target["uri"] == uri
    assert (target["root_uri"], target["root_cid"]) == (root["uri"], root["cid"])
    assert (result.title, result.hole) == (f"“Marque” · {world.label}", False)


def test_a_post_that_takes_no_replies_says_so(world: World) -> None:
    uri = world.reading.write("Marque", 5)
    world.bluesky.posts[uri]["viewer"] = {"replyDisabled": True}
    (post,) = poll(world).posts
    assert post.reply_to == ""


def test_a_date_in_the_future_is_not_believed(world: World) -> None:
    world.reading.write("Marque", -600, indexed=3)
    (post,) = poll(world).posts
    assert post.published == NOW - timedelta(minutes=3)


def test_more_than_a_page_comes_without_a_hole(world: World) -> None:
    world.reading.write("Marque, la première", 3000)
    first = poll(world)
    new = {world.reading.write(f"Marque, cas {number}", 1000 - number) for number in range(250)}
    again = poll(world, first.cursor)
    assert new <= uris(again)
    assert not again.hole
    assert poll(world, again.cursor).hole is False


def test_more_than_can_be_walked_is_a_hole(world: World) -> None:
    world.reading.write("Marque, la première", 3000)
    first = poll(world)
    for number in range(1100):
        world.reading.write(f"Marque, cas {number}", 2000 - number)
    assert poll(world, first.cursor).hole


def test_a_crowd_after_silence_is_a_hole(world: World) -> None:
    silent = poll(world)
    for number in range(120):
        world.reading.write(f"Marque, cas {number}", 200 - number)
    assert poll(world, silent.cursor).hole


def test_what_the_index_shows_late_is_found(world: World) -> None:
    world.reading.write("Marque, maintenant", 1)
    first = poll(world)
    late = world.reading.write("Marque, en retard", 6, indexed=0)
    assert late in uris(poll(world, first.cursor))


def test_a_deleted_post_is_gone_at_the_second_look(world: World) -> None:
    kept, removed = (world.reading.write(f"Marque {n}", 90 - n) for n in range(2))
    first = poll(world)
    world.reading.delete(removed)
    second = poll(world, first.cursor)
    assert second.withdrawn == ()
    third = poll(world, second.cursor)
    assert third.withdrawn == (removed,)
    fourth = poll(world, third.cursor)
    assert fourth.withdrawn == ()
    assert kept in uris(fourth)


def test_a_service_that_forgets_for_a_moment_withdraws_nothing(world: World) -> None:
    world.reading.write("Marque", 90)
    world.reading.write("Marque, encore", 10)
    first = poll(world)
    world.reading.blind = True
    second = poll(world, first.cursor)
    world.reading.blind = False
    third = poll(world, second.cursor)
    world.reading.blind = True
    fourth = poll(world, third.cursor)
    assert (second.withdrawn, third.withdrawn, fourth.withdrawn) == ((), (), ())


def test_every_seen_post_has_its_turn(world: World) -> None:
    them = [world.reading.write(f"Marque {number}", 300 - number) for number in range(80)]
    cursor = poll(world).cursor
    world.reading.delete(them[0])
    gone: list[str] = []
    for _ in range(6):
        result = poll(world, cursor)
        cursor = result.cursor
        gone += result.withdrawn
    assert gone == [them[0]]


def test_an_expired_session_is_no_end(world: World) -> None:
    """The engine renews once and asks again."""
    world.reading.write("Marque", 5)
    world.bluesky.expired_up_to = 1
    with pytest.raises(NotLoggedIn) as caught:
        poll(world)
    assert "Token has expired" in str(caught.value.title)
    world.login = NETWORK.renew(world.login, world.http, NOW, CancelToken(), refused=True)
    assert len(poll(world).posts) == 1


def test_a_session_that_expires_in_the_middle_of_a_fetch_loses_nothing(world: World) -> None:
    world.reading.write("Marque, la première", 3000)
    first = poll(world)
    new = {world.reading.write(f"Marque, cas {number}", 1000 - number) for number in range(150)}
    asked = world.asked(METHOD)

    def expire(method: str) -> None:
        if method == METHOD and world.asked(METHOD) == asked + 2:
            world.bluesky.expired_up_to = 1

    world.reading.before = expire
    with pytest.raises(NotLoggedIn):
        poll(world, first.cursor)
    world.login = NETWORK.renew(world.login, world.http, NOW, CancelToken(), refused=True)
    assert new <= uris(poll(world, first.cursor))


def test_a_revoked_app_password_must_be_made_anew(world: World) -> None:
    world.bluesky.revoked = True
    with pytest.raises(NotLoggedIn) as caught:
        poll(world)
    assert "Bad token" in str(caught.value.title)
    assert world.login.secret["access"] not in f"{caught.value.title}{caught.value.message}"


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (told({"error": "AccountTakedown", "message": "Account has been suspended"}, 400), "susp"),
        (told({"error": "AuthMissing"}, 401), "AuthMissing"),
        (
            told({"error": "ScopeMissingError", "message": "Missing required scope"}, 403),
            METHOD,
        ),
    ],
)
def test_a_login_that_is_not_enough_is_told(world: World, refusal: Reply, words: str) -> None:
    world.loopback.add(f"/{PDS}/xrpc/{METHOD}", refusal)
    with pytest.raises(NotLoggedIn) as caught:
        poll(world)
    assert words in str(caught.value.title)


def test_the_gate_before_the_network_is_no_lost_login(world: World) -> None:
    world.reading.gated = True
    with pytest.raises(SourceError) as caught:
        poll(world)
    assert (caught.value.action, caught.value.status) == (Action.RETRY, 403)
    assert caught.value.retry_at == NOW + timedelta(hours=1)
    assert "gate" in str(caught.value.title)


def test_a_storm_of_429_waits_for_the_reset(world: World) -> None:
    world.reading.left = 0
    with pytest.raises(SourceError) as caught:
        poll(world)
    assert caught.value.whole_host
    assert caught.value.retry_at == NOW + timedelta(minutes=5)


def test_a_refusal_half_way_loses_nothing(world: World) -> None:
    world.reading.write("Marque, la première", 3000)
    first = poll(world)
    new = {world.reading.write(f"Marque, cas {number}", 1000 - number) for number in range(250)}
    world.reading.left = 1
    half = poll(world, first.cursor)
    assert 0 < len(new & uris(half)) < 250
    assert half.wait_until == NOW + timedelta(minutes=5)
    world.reading.left = 3000
    assert new <= uris(half) | uris(poll(world, half.cursor))


@pytest.mark.parametrize("hours", [-20, 20])
def test_a_wrong_clock_loses_no_post(world: World, hours: int) -> None:
    world.skew = timedelta(hours=hours)
    world.reading.write("Marque, avant", 300)
    first = poll(world)
    new = {world.reading.write(f"Marque, cas {number}", 150 - number) for number in range(120)}
    assert new <= uris(poll(world, first.cursor))


@pytest.mark.parametrize(
    "answer",
    [
        Reply(404, body=b"<html>no such page</html>"),
        Reply(body=b"<html>a shop</html>"),
        Reply(body=b'{"feed":[]}'),
        told({"error": "BadQueryString", "message": "Query string too long"}, 400),
        told({"error": "UpstreamFailure", "message": "Upstream failed"}, 502),
        Reply(410),
    ],
)
def test_what_is_no_such_server_or_gone_is_told(world: World, answer: Reply) -> None:
    world.loopback.add(f"/{PDS}/xrpc/{METHOD}", answer)
    with pytest.raises(SourceError) as caught:
        poll(world)
    assert str(caught.value.hint)


def test_an_own_post_is_the_accounts(world: World) -> None:
    uri = world.reading.write("Marque, un mot de nous", 5)
    world.bluesky.posts[uri]["author"] = {"did": DID, "handle": HANDLE}
    own = uri.replace("did:plc:lea", DID)
    world.bluesky.posts[uri]["uri"] = own
    (post,) = poll(world).posts
    account = world.login.account
    assert (post.author.handle, post.author.url) == (account.handle, account.url)


def views(found: Any) -> Iterator[dict[str, Any]]:
    """Every post view in a recorded answer, wherever it stands."""
    if isinstance(found, dict):
        record = found.get("record")
        if {"uri", "cid", "author", "indexedAt"} <= found.keys() and isinstance(record, dict):
            yield found
        for inner in found.values():
            yield from views(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from views(inner)


def test_recorded_answers_replay(shared: Path) -> None:
    """The reference server's answers that hold posts, read as hits of a search."""
    read = 0
    source = Source(1, "bluesky-search", SEARCH, "")
    for file in sorted((shared / "fixtures/bluesky/appview-snapshots").glob("*.json")):
        for name, answer in json.loads(file.read_text("utf-8")).items():
            posts = {
                view["uri"]: view
                for view in views(answer)
                if view["record"].get("$type") == "app.bsky.feed.post" and "reason" not in view
            }
            body = json.dumps({"posts": list(posts.values())}).encode()
            url = f"https://{PDS}/xrpc/{METHOD}"
            result = KIND.read(source, "", (HttpResponse(200, url, "", {}, body),), NOW)
            assert len(result.posts) + result.skipped == len(posts), name
            for post in result.posts:
                view = posts[post.native_id]
                assert post.text == view["record"]["text"].strip()
                assert post.author.handle == view["author"]["handle"]
                assert post.likes == view.get("likeCount")
                reply = view["record"].get("reply")
                assert post.parent_id == (reply["parent"]["uri"] if reply else "")
                assert json.loads(post.reply_to or "{}").get("cid", view["cid"]) == view["cid"]
            read += len(result.posts)
    assert read == 236
