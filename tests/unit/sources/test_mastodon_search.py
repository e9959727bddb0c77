"""The search of the account's server over loopback: no hole, edits, deletions, servers without search."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import Action, BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpResponse
from monitor.model.outgoing import Sending, SendingState
from monitor.model.source import Source
from monitor.networks import mastodon_send
from monitor.networks.base import NotLoggedIn
from monitor.sources.base import FetchResult
from monitor.sources.mastodon_search import KIND
from tests.support.loopback import LoopbackServer, Reply
from tests.support.mastodon_reading import stamp
from tests.support.mastodon_world import HOST, LABEL, World
from tests.support.networks import RedirectedClient
from tests.unit.sources.samples import NOW


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
    uri = world.reading.write("La Marque est en panne", 5, server=HOST, spoiler_text="Colis")
    world.reading.write("Rien à voir", 4)
    result = poll(world)
    (post,) = result.posts
    assert (post.native_id, post.title, post.text) == (uri, "Colis", "La Marque est en panne")
    assert (post.author.handle, post.author.followers) == (f"lea@{HOST}", 321)
    assert (post.likes, post.replies, post.shares, post.language) == (3, 1, 2, "fr")
    assert post.published == NOW - timedelta(minutes=5)
    target = json.loads(post.reply_to)
    assert (target["server"], target["acct"]) == (HOST, f"lea@{HOST}")
    assert (result.title, result.note, result.hole) == (f"“Marque” · {LABEL}", None, False)


def test_our_reply_comes_as_the_accounts_own_post_below_the_find(
    world: World, loopback: LoopbackServer
) -> None:
    uri = world.reading.write("La Marque est en panne", 5)
    (find,) = poll(world).posts
    reply = Sending(
        id=1,
        mention_id=1,
        account_id=1,
        key="key-1",
        text="Nous regardons.",
        language="fr",
        reply_to=find.reply_to,
        state=SendingState.SENDING,
        due_at=NOW,
        created_at=NOW,
        attempted_at=NOW,
    )
    http = RedirectedClient(loopback)
    sent = mastodon_send.send(world.login, reply, http, NOW, CancelToken())
    http.close()
    (own,) = [one for one in poll(world).posts if one.native_id == sent.native_id]
    account = world.login.account
    assert (own.author.handle, own.author.url) == (account.handle, account.url)
    assert own.parent_id == uri


def test_more_than_a_page_comes_without_a_hole(world: World) -> None:
    world.reading.write("Marque, la première", 3000)
    first = poll(world)
    new = {world.reading.write(f"Marque, cas {number}", 1000 - number) for number in range(130)}
    again = poll(world, first.cursor)
    assert new <= uris(again)
    assert len(again.posts) == 131
    assert not again.hole
    assert len(world.asked("/api/v2/search")) == 6  # the last page reaches beyond what was seen


def test_what_arrives_late_from_another_server_is_found(world: World) -> None:
    for number in range(50):
        world.reading.write(f"Marque, cas {number}", 60 + number / 10)
    first = poll(world)
    late = world.reading.write("Marque, en retard", 90)
    assert late in uris(poll(world, first.cursor))


def test_more_than_can_be_walked_is_a_hole(world: World) -> None:
    world.reading.write("Marque, la première", 3000)
    first = poll(world)
    for number in range(400):
        world.reading.write(f"Marque, cas {number}", 1000 - number)
    assert poll(world, first.cursor).hole


def test_a_crowd_after_silence_is_a_hole(world: World) -> None:
    world.reading.write("mastodon")
    silent = poll(world)
    assert not silent.posts
    for number in range(60):
        world.reading.write(f"Marque, cas {number}", 100 - number)
    assert poll(world, silent.cursor).hole


def test_edits_and_deletions_of_the_newest_are_seen(world: World) -> None:
    kept, removed, edited = (world.reading.write(f"Marque {n}", 9 - n) for n in range(3))
    first = poll(world)
    world.reading.delete(removed)
    world.reading.edit(edited, "Marque, tout va bien")
    again = poll(world, first.cursor)
    assert again.withdrawn == (removed,)
    assert uris(again) == {kept, edited}
    assert "tout va bien" in " ".join(post.text for post in again.posts)
    assert poll(world, again.cursor).withdrawn == ()


def test_a_server_without_full_text_search_says_so(world: World) -> None:
    world.reading.full_text = False
    world.reading.write("Marque")
    result = poll(world)
    assert not result.posts
    assert "full-text search" in str(result.note)
    asked = len(world.asked("/api/v2/search"))
    still = poll(world, result.cursor)
    assert still.note == result.note
    assert len(world.asked("/api/v2/search")) == asked + 1  # not looked at again the same day
    world.reading.full_text = True
    assert poll(world, still.cursor).note is None


def test_a_server_that_searches_but_finds_nothing_has_no_note(world: World) -> None:
    world.reading.write("Bonjour Mastodon")
    assert poll(world).note is None


def test_a_search_that_is_out_of_order_withdraws_nothing(world: World) -> None:
    uri = world.reading.write("Marque", 9)
    first = poll(world)
    world.reading.full_text = False
    out = poll(world, first.cursor)
    assert out.note is not None
    assert not out.withdrawn
    world.reading.full_text = True
    world.reading.delete(uri)
    world.reading.write("Marque, encore")
    assert poll(world, out.cursor).withdrawn == (uri,)


@pytest.mark.parametrize("known", [True, False])
def test_a_login_without_the_right_names_it(world: World, known: bool) -> None:
    before = world.login
    world.without("read:search")
    if not known:
        world.login = before
    with pytest.raises(NotLoggedIn) as caught:
        poll(world)
    assert "read:search" in str(caught.value.title)
    assert len(world.asked("/api/v2/search")) == (0 if known else 1)


def test_a_revoked_login_is_told_in_the_servers_words(world: World) -> None:
    world.reading.ended = True
    with pytest.raises(NotLoggedIn) as caught:
        poll(world)
    assert "The access token was revoked" in str(caught.value.title)
    assert "good-token" not in f"{caught.value.title} {caught.value.message} {caught.value.hint}"


def test_a_suspended_account_must_be_looked_at(world: World) -> None:
    words = b'{"error":"Your login is currently disabled"}'
    world.loopback.add(f"/{HOST}/api/v2/search", Reply(403, body=words))
    with pytest.raises(NotLoggedIn) as caught:
        poll(world)
    assert "currently disabled" in str(caught.value.title)


def test_a_wall_before_the_server_is_no_lost_login(world: World) -> None:
    wall = Reply(403, {"Content-Type": "text/html"}, b"<html>checking your browser</html>")
    world.loopback.add(f"/{HOST}/api/v2/search", wall)
    with pytest.raises(SourceError) as caught:
        poll(world)
    assert (caught.value.action, caught.value.status) == (Action.RETRY, 403)


def test_a_storm_of_429_waits_for_the_reset(world: World) -> None:
    world.reading.left = 0
    with pytest.raises(SourceError) as caught:
        poll(world)
    assert caught.value.whole_host
    assert caught.value.retry_at == NOW + timedelta(minutes=5)


def test_a_refusal_half_way_loses_nothing(world: World) -> None:
    world.reading.write("Marque, la première", 3000)
    first = poll(world)
    new = {world.reading.write(f"Marque, cas {number}", 1000 - number) for number in range(130)}
    world.reading.left = 2
    half = poll(world, first.cursor)
    assert 0 < len(new & uris(half)) < 130
    assert half.wait_until == NOW + timedelta(minutes=5)
    world.reading.left = 300
    assert new <= uris(half) | uris(poll(world, half.cursor))


def test_the_reset_is_by_the_servers_clock(world: World) -> None:
    """Ours is an hour ahead: by our clock the reset is long over."""
    world.skew = timedelta(hours=1)
    limits = {
        "Date": "Sun, 02 Aug 2026 12:00:00 GMT",
        "X-RateLimit-Reset": stamp(NOW + timedelta(minutes=5)),
    }
    world.loopback.add(f"/{HOST}/api/v2/search", Reply(429, limits, b'{"error":"Too many"}'))
    with pytest.raises(SourceError) as caught:
        poll(world)
    assert caught.value.retry_at == NOW + timedelta(hours=1, minutes=5)


@pytest.mark.parametrize("hours", [-20, 20])
def test_a_wrong_clock_loses_no_post(world: World, hours: int) -> None:
    world.skew = timedelta(hours=hours)
    world.reading.write("Marque, avant", 200)
    first = poll(world)
    new = {world.reading.write(f"Marque, cas {number}", 100 - number) for number in range(60)}
    assert new <= uris(poll(world, first.cursor))


@pytest.mark.parametrize(
    "answer",
    [
        Reply(404, body=b"<html>no such page</html>"),
        Reply(body=b"<html>a shop</html>"),
        Reply(body=b'{"accounts":[]}'),
        Reply(422, body=b'{"error":"This method requires an authenticated user"}'),
        Reply(502, body=b"<html>Bad gateway</html>"),
    ],
)
def test_what_is_no_such_server_or_gone_is_told(world: World, answer: Reply) -> None:
    world.loopback.add(f"/{HOST}/api/v2/search", answer)
    with pytest.raises(SourceError) as caught:
        poll(world)
    assert str(caught.value.hint)


def test_two_accounts_are_two_sources_and_the_server_is_the_accounts() -> None:
    one = KIND.address_of({"words": "Moka", "account": "lea@a.example"})
    other = KIND.address_of({"words": "Moka", "account": "lea@b.example"})
    assert one.startswith("https://a.example/api/v2/search?")
    assert one != other


@pytest.mark.parametrize("account", ["", "lea", "lea@", "lea@a b", "lea@a.example/x", "a#b@c.d"])
def test_what_is_no_account_is_said(account: str) -> None:
    with pytest.raises(BadInput):
        KIND.address_of({"words": "Moka", "account": account})


def test_recorded_answers_replay(shared: Path) -> None:
    """The recorded server has no full-text search: its answers hold people and no posts."""
    found = json.loads((shared / "fixtures/mastodon/api/test_search.json").read_text("utf-8"))
    for one in found["interactions"]:
        url, response = one["request"]["uri"], one["response"]
        body = json.dumps(response["json"]).encode()
        answer = HttpResponse(response["status"]["code"], url, "", response["headers"], body)
        source = Source(1, "mastodon-search", f"{url}#admin@localhost:3000", "")
        probe = HttpResponse(200, f"{url}&limit=1", "", {}, body)
        result = KIND.read(source, "", (answer, probe), NOW)
        assert (result.posts, result.note is None) == ((), False)


def test_a_recorded_refusal_is_no_login(world: World, shared: Path) -> None:
    file = shared / "fixtures/mastodon/api/test_unauthed_home_tl_throws.json"
    answers = [one["response"] for one in json.loads(file.read_text("utf-8"))["interactions"]]
    (told,) = [one for one in answers if one["status"]["code"] == 401]
    world.loopback.add(f"/{HOST}/api/v2/search", Reply(401, {}, json.dumps(told["json"]).encode()))
    with pytest.raises(NotLoggedIn) as caught:
        poll(world)
    assert "The access token is invalid" in str(caught.value.title)
