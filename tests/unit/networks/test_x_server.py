"""Our stand-in of X, proved by tweepy, a client library that others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
import tweepy
from requests.adapters import HTTPAdapter

from tests.support.loopback import LoopbackServer
from tests.support.x_server import CLIENT, ME, REDIRECT, XServer

SCOPES = ["tweet.read", "users.read", "offline.access"]


class _ToLoopback(HTTPAdapter):
    """The library knows one host: what it asks there is asked here."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        assert request.url is not None
        request.url = request.url.replace("https://api.twitter.com", self._base)
        return super().send(request, *args, **kwargs)


@pytest.fixture
def server(loopback: LoopbackServer) -> XServer:
    return XServer(loopback)


@pytest.fixture
def handler(server: XServer) -> Iterator[tweepy.OAuth2UserHandler]:
    found = tweepy.OAuth2UserHandler(client_id=CLIENT, redirect_uri=REDIRECT, scope=SCOPES)
    found.mount("https://api.twitter.com", _ToLoopback(server.base))
    yield found
    found.close()


def client_of(server: XServer, token: str) -> tweepy.Client:
    client = tweepy.Client(token)
    client.session.mount("https://api.twitter.com", _ToLoopback(server.base))
    return client


def test_the_library_logs_in_renews_and_reads(
    server: XServer, handler: tweepy.OAuth2UserHandler
) -> None:
    back = server.authorize(handler.get_authorization_url())
    first = handler.fetch_token(f"{REDIRECT.replace('http:', 'https:')}?{urlencode(back)}")
    assert first["scope"] == SCOPES
    address = "https://api.twitter.com/2/oauth2/token"
    fresh = handler.refresh_token(
        address, refresh_token=first["refresh_token"], body=f"client_id={CLIENT}"
    )
    assert fresh["refresh_token"] != first["refresh_token"]
    client = client_of(server, fresh["access_token"])
    assert client.get_me(user_auth=False).data.username == ME
    with pytest.raises(tweepy.Unauthorized):
        client_of(server, first["access_token"]).get_me(user_auth=False)


def test_the_library_searches_page_by_page(server: XServer) -> None:
    client = client_of(server, server.log_in())
    for number in range(25):
        server.add(number, minutes=100 - number, user=f"lea{number % 3}")
    pages = list(
        tweepy.Paginator(
            client.search_recent_tweets,
            "(@marque) -is:retweet",
            max_results=10,
            expansions=["author_id"],
            tweet_fields=["created_at", "author_id", "public_metrics"],
            user_fields=["username", "public_metrics"],
        )
    )
    assert [len(page.data) for page in pages] == [10, 10, 5]
    first = pages[0].data[0]
    assert (first.text, first.public_metrics["like_count"]) == (
        server.tweets[str(first.id)]["text"],
        3,
    )
    assert {user.username for user in pages[0].includes["users"]} == {"lea0", "lea1", "lea2"}
    assert server.billed == 25 * 5_000 + 9 * 10_000
    newest = pages[0].meta["newest_id"]
    assert client.search_recent_tweets("(@marque)", since_id=newest).data is None
    assert server.billed == 25 * 5_000 + 9 * 10_000


def test_the_library_looks_up_what_is_gone(server: XServer) -> None:
    client = client_of(server, server.log_in())
    there, gone = server.add(1)["id"], server.add(2)["id"]
    server.hidden.add(gone)
    found = client.get_tweets([there, gone, "1"])
    assert [str(one.id) for one in found.data] == [there]
    assert [error["resource_id"] for error in found.errors] == [gone, "1"]
    assert server.billed == 5_000


def test_the_library_is_told_of_refusals(server: XServer) -> None:
    client = client_of(server, server.log_in())
    with pytest.raises(tweepy.BadRequest, match="max_results"):
        client.search_recent_tweets("(@marque)", max_results=5)
    server.remaining = 0
    with pytest.raises(tweepy.TooManyRequests):
        client.search_recent_tweets("(@marque)")
    server.remaining = 5
    with pytest.raises(tweepy.Forbidden, match="scope"):
        client_of(server, server.log_in("users.read")).search_recent_tweets("(@marque)")
    with pytest.raises(tweepy.Unauthorized):
        client_of(server, "other").search_recent_tweets("(@marque)")
    assert server.billed == 0
