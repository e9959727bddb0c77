"""Mentions, answers and quotes of a Bluesky account over loopback: no hole, deletions, own replies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpResponse
from monitor.model.outgoing import Sending, SendingState
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn, Refused
from monitor.networks.bluesky import NETWORK
from monitor.sources.base import FetchResult
from monitor.sources.bluesky_notifications import KIND
from monitor.sources.bluesky_pages import followers_in
from tests.support.bluesky_world import PDS, World
from tests.support.loopback import LoopbackServer, Reply
from tests.unit.sources.recorded.bluesky import NOTIFICATIONS, notification, notifications
from tests.unit.sources.samples import NOW

METHOD = "app.bsky.notification.listNotifications"


@pytest.fixture
def world(loopback: LoopbackServer) -> Iterator[World]:
    found = World(loopback, NOW)
    yield found
    found.close()


def poll(world: World, cursor: str = "") -> FetchResult:
    return world.poll(KIND, cursor)


def uris(result: FetchResult) -> set[str]:
    return {post.native_id for post in result.posts}


def sending(world: World, uri: str) -> Sending:
    """A reply to this mention, as the person sent it."""
    (post,) = [one for one in poll(world).posts if one.native_id == uri]
    return Sending(
        id=1,
        mention_id=1,
        account_id=1,
        key="key-1",
        text="Nous regardons.",
        language="fr",
        reply_to=post.reply_to,
        state=SendingState.SENDING,
        due_at=NOW,
        created_at=NOW,
        attempted_at=NOW - timedelta(minutes=5),
    )


def test_mentions_answers_and_quotes_come_with_their_counts(world: World) -> None:
    wanted = {
        world.reading.notice(f"{reason} de la Marque", 5, reason)
        for reason in ("mention", "reply", "quote")
    }
    world.reading.notice("autre", 4, "like")
    result = poll(world)
    assert uris(result) == wanted
    for post in result.posts:
        assert (post.likes, post.replies, post.shares) == (4, 1, 2)
        assert (post.author.handle, post.author.followers) == ("lea.example", 321)
    assert (result.title, result.hole, result.skipped) == (f"@{world.label}", False, 0)


def test_a_server_that_sends_all_kinds_is_understood(world: World) -> None:
    uri = world.reading.notice("de la Marque", 5)
    notice = world.reading._notice("mention", uri)
    like = {
        **notice,
        "reason": "like",
        "uri": "at://did:plc:bob/app.bsky.feed.like/3k",
        "record": {},
    }
    told = json.dumps({"notifications": [like, notice]})
    world.loopback.add(f"/{PDS}/xrpc/{METHOD}", told)
    result = poll(world)
    assert (uris(result), result.skipped) == ({uri}, 0)


def test_our_replies_come_as_the_accounts_own_posts_below_what_they_answer(world: World) -> None:
    """Below what a search found, too."""
    uri = world.reading.notice("en panne", 5)
    other = world.reading.write("trouvé par la recherche", 6)
    reply = sending(world, uri)
    sent = NETWORK.send(world.login, reply, world.http, NOW, CancelToken())
    world.bluesky.records["3kelse"] = {
        "text": "à quelqu’un d’autre",
        "createdAt": "2026-08-02T11:00:00.000Z",
        "reply": {"parent": {"uri": other}, "root": {"uri": other}},
    }
    world.bluesky.records["3kalone"] = {"text": "réponse à personne", "createdAt": NOW.isoformat()}
    own = [one for one in poll(world).posts if one.native_id != uri]
    account = world.login.account
    assert {one.author.handle for one in own} == {account.handle}
    assert {one.author.url for one in own} == {account.url}
    assert {one.parent_id: one.thread_id for one in own} == {uri: uri, other: other}
    assert sent.native_id in {one.native_id for one in own}


def test_a_burst_is_read_back_without_a_hole(world: World) -> None:
    world.reading.notice("la première", 3000)
    first = poll(world)
    new = {world.reading.notice(f"cas {number}", 1000 - number) for number in range(350)}
    again = poll(world, first.cursor)
    assert new <= uris(again)
    assert not again.hole


def test_more_than_can_be_walked_is_a_hole(world: World) -> None:
    world.reading.notice("la première", 3000)
    first = poll(world)
    for number in range(1100):
        world.reading.notice(f"cas {number}", 2000 - number)
    assert poll(world, first.cursor).hole


def test_a_crowd_after_silence_is_a_hole(world: World) -> None:
    silent = poll(world)
    for number in range(120):
        world.reading.notice(f"cas {number}", 200 - number)
    assert poll(world, silent.cursor).hole


def test_a_refusal_half_way_loses_nothing(world: World) -> None:
    world.reading.notice("la première", 3000)
    first = poll(world)
    new = {world.reading.notice(f"cas {number}", 1000 - number) for number in range(250)}
    world.reading.left = 1
    half = poll(world, first.cursor)
    assert half.wait_until == NOW + timedelta(minutes=5)
    assert 0 < len(new & uris(half)) < 250
    world.reading.left = 3000
    assert new <= uris(half) | uris(poll(world, half.cursor))


def test_a_deleted_mention_is_gone_at_the_second_look(world: World) -> None:
    kept, removed = (world.reading.notice(f"cas {n}", 9 - n) for n in range(2))
    first = poll(world)
    world.reading.delete(removed)
    second = poll(world, first.cursor)
    assert (uris(second), second.withdrawn) == ({kept}, ())
    third = poll(world, second.cursor)
    assert third.withdrawn == (removed,)
    assert poll(world, third.cursor).withdrawn == ()


def test_a_mention_that_was_deleted_while_we_draft_gets_no_reply(world: World) -> None:
    uri = world.reading.notice("en panne", 5)
    reply = sending(world, uri)
    world.reading.delete(uri)
    with pytest.raises(Refused):
        NETWORK.send(world.login, reply, world.http, NOW, CancelToken())
    assert not world.bluesky.records


def test_an_ended_session_is_told(world: World) -> None:
    world.bluesky.revoked = True
    with pytest.raises(NotLoggedIn):
        poll(world)


def test_without_counts_and_own_posts_the_mentions_still_come(world: World) -> None:
    uri = world.reading.notice("en panne", 5)
    for method in ("feed.getPosts", "feed.getAuthorFeed", "actor.getProfiles"):
        world.loopback.add(f"/{PDS}/xrpc/app.bsky.{method}", Reply(502, body=b"<html>"))
    (post,) = poll(world).posts
    assert (post.native_id, post.likes, post.author.followers) == (uri, None, None)


@pytest.mark.parametrize(
    "answer", [Reply(404), Reply(body=b"<html>a shop</html>"), Reply(body=b"{}"), Reply(500)]
)
def test_what_is_no_such_server_is_told(world: World, answer: Reply) -> None:
    world.loopback.add(f"/{PDS}/xrpc/{METHOD}", answer)
    with pytest.raises(SourceError) as caught:
        poll(world)
    assert str(caught.value.hint)


def test_recorded_answers_replay(shared: Path) -> None:
    """Of the reference server: some are whole answers, some the list alone."""
    read = 0
    source = Source(1, "bluesky-notifications", NOTIFICATIONS, "")
    file = shared / "fixtures/bluesky/appview-snapshots/notifications.json"
    for name, told in json.loads(file.read_text("utf-8")).items():
        notices = told if isinstance(told, list) else told["notifications"]
        body = json.dumps({"notifications": notices}).encode()
        url = f"https://{PDS}/xrpc/{METHOD}"
        result = KIND.read(source, "", (HttpResponse(200, url, "", {}, body),), NOW)
        wanted = {
            one["uri"]: one for one in notices if one["reason"] in ("mention", "reply", "quote")
        }
        assert uris(result) == set(wanted), name
        for post in result.posts:
            assert post.text == wanted[post.native_id]["record"]["text"].strip()
            assert post.author.handle == wanted[post.native_id]["author"]["handle"]
        read += len(wanted)
    assert read == 14


def test_recorded_profiles_and_own_posts_replay(shared: Path) -> None:
    folder = shared / "fixtures/bluesky/appview-snapshots"
    profiles = json.loads((folder / "profile.json").read_text("utf-8"))
    told = profiles["pds profile views > fetches multiple profiles 1"]
    followers = {one["did"]: one["followersCount"] for one in told}
    url = f"https://{PDS}/xrpc/app.bsky.actor.getProfiles?actors=x"
    body = json.dumps({"profiles": told}).encode()
    assert followers_in([HttpResponse(200, url, "", {}, body)]) == followers
    assert any(followers.values())

    source, own_replies = Source(1, "bluesky-notifications", NOTIFICATIONS, ""), 0
    for feed in json.loads((folder / "author-feed.json").read_text("utf-8")).values():
        for item in feed:
            reply = item["post"]["record"].get("reply")
            if reply is None:
                continue
            own = item["post"]["author"]["did"]
            answered = json.loads(notifications(notification(1, uri=reply["parent"]["uri"])))
            url = f"https://{PDS}/xrpc/app.bsky.feed.getAuthorFeed?actor={quote(own)}"
            answers = (
                HttpResponse(
                    200, f"https://{PDS}/xrpc/{METHOD}", "", {}, json.dumps(answered).encode()
                ),
                HttpResponse(200, url, "", {}, json.dumps({"feed": feed}).encode()),
            )
            found = {post.native_id: post for post in KIND.read(source, "", answers, NOW).posts}
            assert found[item["post"]["uri"]].parent_id == reply["parent"]["uri"]
            own_replies += 1
    assert own_replies > 3
