"""Our stand-in of a Bluesky server, proved by atproto, a client library that others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from atproto import Client, models
from atproto.exceptions import AtProtocolError, BadRequestError, UnauthorizedError

from tests.support.bluesky_reading import BlueskyReading
from tests.support.bluesky_server import DID, HANDLE, PASSWORD, BlueskyServer
from tests.support.loopback import LoopbackServer

HOST = "bsky.social"


@pytest.fixture
def bluesky(loopback: LoopbackServer, now: datetime) -> BlueskyServer:
    served = BlueskyServer(loopback, now, host=HOST)
    served.endpoint = loopback.url(f"/{HOST}")
    return served


@pytest.fixture
def reading(loopback: LoopbackServer, bluesky: BlueskyServer) -> BlueskyReading:
    return BlueskyReading(loopback, bluesky)


@pytest.fixture
def client(loopback: LoopbackServer, reading: BlueskyReading) -> Iterator[Client]:
    found = Client(base_url=loopback.url(f"/{HOST}"))
    yield found
    found.request.close()


def logged_in(client: Client) -> Client:
    client.login(HANDLE, PASSWORD, fetch_bsky_profile=False)
    return client


def test_the_library_logs_in_and_is_refused(client: Client, bluesky: BlueskyServer) -> None:
    with pytest.raises(UnauthorizedError):
        client.login(HANDLE, "wrong", fetch_bsky_profile=False)
    with pytest.raises(AtProtocolError, match="AuthFactorTokenRequired"):
        client.login("factor.example", PASSWORD, fetch_bsky_profile=False)
    assert logged_in(client).export_session_string()


def test_the_library_renews_an_expired_session(
    client: Client, bluesky: BlueskyServer, reading: BlueskyReading
) -> None:
    reading.write("La Marque", 5)
    logged_in(client)
    bluesky.expired_up_to = 1
    with pytest.raises(BadRequestError, match="ExpiredToken"):
        client.app.bsky.feed.search_posts({"q": "marque"})
    client._refresh_and_set_session()
    assert len(client.app.bsky.feed.search_posts({"q": "marque"}).posts) == 1


def test_the_library_replies_and_finds_its_reply(
    client: Client, bluesky: BlueskyServer, reading: BlueskyReading
) -> None:
    uri = reading.notice("@marque en panne", 5)
    logged_in(client)
    (post,) = client.get_posts([uri]).posts
    ref = models.create_strong_ref(post)
    reply = models.AppBskyFeedPost.ReplyRef(parent=ref, root=ref)
    sent = client.send_post("Nous regardons.", profile_identify=DID, reply_to=reply, langs=["fr"])
    (item,) = client.get_author_feed(DID, filter="posts_with_replies").feed
    assert item.post.uri == sent.uri
    assert item.post.record.reply.parent.uri == uri
    (record,) = bluesky.records.values()
    assert record["langs"] == ["fr"]


def test_the_library_cannot_use_a_key_twice(client: Client, bluesky: BlueskyServer) -> None:
    logged_in(client)
    record = models.AppBskyFeedPost.Record(text="Bonjour", created_at=client.get_current_time_iso())
    data = models.ComAtprotoRepoCreateRecord.Data(
        repo=DID, collection="app.bsky.feed.post", record=record, rkey="3kabc"
    )
    client.com.atproto.repo.create_record(data)
    with pytest.raises(AtProtocolError):
        client.com.atproto.repo.create_record(data)
    assert list(bluesky.records) == ["3kabc"]
    asked = {"repo": DID, "collection": "app.bsky.feed.post", "rkey": "3kabc"}
    assert client.com.atproto.repo.get_record(asked).uri.endswith("/3kabc")
    with pytest.raises(BadRequestError, match="RecordNotFound"):
        client.com.atproto.repo.get_record({**asked, "rkey": "3kabd"})


def test_the_library_searches_and_pages(client: Client, reading: BlueskyReading) -> None:
    them = [reading.write(f"La Marque, cas {number}", 200 - number) for number in range(130)]
    logged_in(client)
    asked = {"q": '"la marque"', "sort": "latest", "limit": 100}
    newest = client.app.bsky.feed.search_posts(asked)
    assert [post.uri for post in newest.posts] == list(reversed(them))[:100]
    rest = client.app.bsky.feed.search_posts({**asked, "cursor": newest.cursor})
    assert (len(rest.posts), rest.cursor) == (30, None)
    since = newest.posts[4].indexed_at
    assert len(client.app.bsky.feed.search_posts({**asked, "since": since}).posts) == 5


def test_the_library_reads_notifications_and_profiles(
    client: Client, reading: BlueskyReading
) -> None:
    for reason in ("mention", "like", "quote"):
        reading.notice(f"{reason} de la Marque", 5, reason)
    logged_in(client)
    found = client.app.bsky.notification.list_notifications({"reasons": ["mention", "quote"]})
    assert [one.reason for one in found.notifications] == ["quote", "mention"]
    (profile,) = client.get_profiles(["did:plc:lea"]).profiles
    assert profile.followers_count == 321


def test_the_library_meets_deletions_limits_and_the_gate(
    client: Client, reading: BlueskyReading
) -> None:
    uri = reading.write("La Marque", 5)
    logged_in(client)
    assert client.resolve_handle("lea.example").did == "did:plc:lea"
    reading.delete(uri)
    assert client.get_posts([uri]).posts == []
    reading.left = 0
    with pytest.raises(AtProtocolError, match="RateLimitExceeded"):
        client.app.bsky.feed.search_posts({"q": "marque"})
    reading.gated = True
    with pytest.raises(AtProtocolError):
        client.app.bsky.feed.search_posts({"q": "marque"})
