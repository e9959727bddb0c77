"""The mentions of an account over loopback: no hole, edits, deletions, own replies, refused logins."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpResponse
from monitor.model.outgoing import Sending, SendingState
from monitor.model.source import Source
from monitor.networks import mastodon_send
from monitor.networks.base import NotLoggedIn, Refused
from monitor.sources.base import FetchResult
from monitor.sources.mastodon_notifications import KIND
from tests.support.loopback import LoopbackServer, Reply
from tests.support.mastodon_world import HOST, LABEL, LOGIN, World
from tests.support.networks import RedirectedClient
from tests.unit.sources.samples import NOW


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


def test_a_mention_is_told_whole(world: World) -> None:
    uri = world.reading.mention("@marque colis jamais reçu", 5, visibility="private")
    result = poll(world)
    (post,) = result.posts
    assert (post.native_id, post.text) == (uri, "@marque colis jamais reçu")
    assert post.author.handle == "lea@autre.example"
    assert json.loads(post.reply_to)["visibility"] == "private"
    assert (result.title, result.hole) == (f"@{LABEL}", False)


def test_our_reply_comes_as_the_accounts_own_post_below_the_mention(
    world: World, loopback: LoopbackServer
) -> None:
    uri = world.reading.mention("@marque en panne", 5)
    reply = sending(world, uri)
    http = RedirectedClient(loopback)
    sent = mastodon_send.send(LOGIN, reply, http, NOW, CancelToken())
    http.close()
    (own,) = [one for one in poll(world).posts if one.native_id == sent.native_id]
    account = LOGIN.account
    assert (own.author.handle, own.author.url) == (account.handle, account.url)
    (mention,) = [one for one in poll(world).posts if one.native_id == uri]
    assert (own.parent_id, own.thread_id) == (uri, mention.thread_id)


def test_a_burst_is_walked_forward_without_a_hole(world: World) -> None:
    world.reading.mention("la première", 3000)
    first = poll(world)
    new = {world.reading.mention(f"cas {number}", 1000 - number) for number in range(150)}
    again = poll(world, first.cursor)
    assert new <= uris(again)
    assert not again.hole


def test_what_does_not_fit_into_one_fetch_comes_with_the_next(world: World) -> None:
    world.reading.mention("la première", 3000)
    first = poll(world)
    new = {world.reading.mention(f"cas {number}", 1000 - number) for number in range(600)}
    second = poll(world, first.cursor)
    third = poll(world, second.cursor)
    assert new <= uris(second) | uris(third)


def test_a_refusal_half_way_loses_nothing(world: World) -> None:
    world.reading.mention("la première", 3000)
    first = poll(world)
    new = {world.reading.mention(f"cas {number}", 1000 - number) for number in range(150)}
    world.reading.left = 2
    half = poll(world, first.cursor)
    assert half.wait_until == NOW + timedelta(minutes=5)
    assert 0 < len(new & uris(half)) < 150
    world.reading.left = 300
    assert new <= uris(half) | uris(poll(world, half.cursor))


def test_a_crowd_after_silence_is_a_hole(world: World) -> None:
    silent = poll(world)
    for number in range(60):
        world.reading.mention(f"cas {number}", 100 - number)
    assert poll(world, silent.cursor).hole


def test_edits_deletions_and_what_was_waved_away(world: World) -> None:
    kept, removed, edited, waved = (world.reading.mention(f"cas {n}", 9 - n) for n in range(4))
    first = poll(world)
    world.reading.delete(removed)
    world.reading.edit(edited, "tout va bien")
    world.reading.dismiss(waved)
    again = poll(world, first.cursor)
    assert again.withdrawn == (removed,)
    assert uris(again) == {kept, edited}
    assert "tout va bien" in {post.text for post in again.posts}
    assert poll(world, again.cursor).withdrawn == ()


def test_a_mention_that_was_deleted_while_we_draft_gets_no_reply(
    world: World, loopback: LoopbackServer
) -> None:
    uri = world.reading.mention("@marque en panne", 5)
    reply = sending(world, uri)
    world.reading.delete(uri)
    http = RedirectedClient(loopback)
    with pytest.raises(Refused):
        mastodon_send.send(LOGIN, reply, http, NOW, CancelToken())
    http.close()
    assert not world.statuses.published


def test_somebody_who_blocks_the_account_does_not_end_its_login(world: World) -> None:
    uri, other = (world.reading.mention(f"cas {n}", 9 - n) for n in range(2))
    first = poll(world)
    world.reading.dismiss(uri)
    number = uri.rpartition("/")[2]
    blocked = Reply(403, body=b'{"error":"This action is not allowed"}')
    world.loopback.add(f"/{HOST}/api/v1/statuses/{number}", blocked)
    again = poll(world, first.cursor)
    assert (uris(again), again.withdrawn) == ({other}, ())


@pytest.mark.parametrize("known", [True, False])
def test_a_login_without_the_right_names_it(world: World, known: bool) -> None:
    before = world.login
    world.without("read:notifications")
    if not known:
        world.login = before
    with pytest.raises(NotLoggedIn) as caught:
        poll(world)
    assert "read:notifications" in str(caught.value.title)


def test_a_revoked_login_must_be_renewed_by_the_person(world: World) -> None:
    world.reading.ended = True
    with pytest.raises(NotLoggedIn) as caught:
        poll(world)
    assert "revoked" in str(caught.value.title)


def test_without_the_accounts_own_posts_the_mentions_still_come(world: World) -> None:
    uri = world.reading.mention("@marque en panne", 5)
    world.loopback.add(f"/{HOST}/api/v1/accounts/1/statuses", Reply(502, body=b"<html>"))
    assert uris(poll(world)) == {uri}


@pytest.mark.parametrize(
    "answer",
    [Reply(404), Reply(body=b"<html>a shop</html>"), Reply(body=b"{}"), Reply(410), Reply(500)],
)
def test_what_is_no_such_server_or_gone_is_told(world: World, answer: Reply) -> None:
    world.loopback.add(f"/{HOST}/api/v1/notifications", answer)
    with pytest.raises(SourceError) as caught:
        poll(world)
    assert str(caught.value.hint)


def test_other_notifications_are_left_out(world: World) -> None:
    uri = world.reading.mention("@marque en panne", 5)
    status = world.statuses.parents[uri]
    told = [
        {"id": "31", "type": "favourite", "status": {**status, "uri": "https://a.example/1"}},
        {"id": "30", "type": "mention", "status": status},
        {"id": "29", "type": "follow"},
    ]
    world.loopback.add(f"/{HOST}/api/v1/notifications", json.dumps(told))
    result = poll(world)
    assert (uris(result), result.skipped) == ({uri}, 0)


def test_recorded_answers_replay(shared: Path) -> None:
    read = 0
    for file in sorted((shared / "fixtures/mastodon/api").glob("*.json")):
        for one in json.loads(file.read_text("utf-8"))["interactions"]:
            url, response = one["request"]["uri"], one["response"]
            if urlsplit(url).path != "/api/v1/notifications":
                continue
            body = json.dumps(response["json"]).encode()
            answer = HttpResponse(response["status"]["code"], url, "", response["headers"], body)
            source = Source(1, "mastodon-notifications", f"{url}#admin@localhost:3000", "")
            result = KIND.read(source, "", (answer,), NOW)
            mentions = [told["status"] for told in response["json"] if told["type"] == "mention"]
            assert [post.native_id for post in result.posts] == [told["uri"] for told in mentions]
            for post, told in zip(result.posts, mentions, strict=True):
                assert post.text == "@mastodonpy_test hello!"
                assert post.author.handle == "admin@localhost:3000"
                assert json.loads(post.reply_to)["id"] == told["id"]
            read += len(mentions)
    assert read == 6
