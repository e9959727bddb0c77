"""Our stand-in of Reddit, proved by praw, a client library that others wrote."""

from __future__ import annotations

from collections.abc import Iterator

import praw
import praw.exceptions
import prawcore
import pytest
from praw.models import Comment

from tests.support.loopback import LoopbackServer
from tests.support.reddit_server import CLIENT, ME, REDIRECT, RedditServer

SCOPES = ["identity", "read", "history", "privatemessages", "submit"]


@pytest.fixture
def server(loopback: LoopbackServer) -> RedditServer:
    return RedditServer(loopback)


@pytest.fixture
def client(server: RedditServer) -> Iterator[praw.Reddit]:
    with praw.Reddit(
        client_id=CLIENT,
        client_secret=None,
        redirect_uri=REDIRECT,
        user_agent="test:vigie:v0 (by /u/test)",
        reddit_url=server.base,
        oauth_url=server.base,
        check_for_updates=False,
        ratelimit_seconds=0,
    ) as reddit:
        yield reddit


def logged_in(server: RedditServer, client: praw.Reddit, scopes: list[str] = SCOPES) -> str:
    url = client.auth.url(scopes=scopes, state="s", duration="permanent")
    back = server.authorize(url)
    assert back["state"] == "s"
    return str(client.auth.authorize(back["code"]))


def test_the_library_logs_in_and_asks_who_it_is(server: RedditServer, client: praw.Reddit) -> None:
    assert logged_in(server, client).startswith("refresh-")
    me = client.user.me()
    assert me is not None
    assert me.name == ME
    assert client.auth.scopes() == set(SCOPES)
    assert client.auth.limits["remaining"] == 598


def test_the_library_cannot_use_a_wrong_code(server: RedditServer, client: praw.Reddit) -> None:
    with pytest.raises(prawcore.OAuthException, match="invalid_grant"):
        client.auth.authorize("wrong")


def test_the_library_searches_reads_and_replies(server: RedditServer, client: praw.Reddit) -> None:
    logged_in(server, client)
    for number in range(130):
        server.add_post(number, minutes=200 - number)
    found = list(client.subreddit("all").search("Café Lumen", sort="new", limit=None))
    assert [one.title for one in found[:2]] == ["Café Lumen, acte 129", "Café Lumen, acte 128"]
    assert len(found) == 130
    reply = found[0].reply("Bonjour, on regarde.")
    assert isinstance(reply, Comment)
    assert reply.author is not None
    assert (reply.parent_id, reply.author.name) == (found[0].name, ME)
    assert [one.body for one in client.redditor(ME).comments.new()] == ["Bonjour, on regarde."]
    (again,) = client.info(fullnames=[reply.name])
    assert again.body == "Bonjour, on regarde."


def test_the_library_reads_mentions_and_answers(server: RedditServer, client: praw.Reddit) -> None:
    logged_in(server, client)
    post = server.add_post()
    server.add_comment(1, post["name"], "lea", "u/marque ?", type="username_mention")
    server.add_comment(2, post["name"], "lea", "Non", type="comment_reply")
    server.add_comment(3, post["name"], "lea", "Si", type="post_reply")
    assert [one.body for one in client.inbox.mentions()] == ["u/marque ?"]
    assert [one.body for one in client.inbox.comment_replies()] == ["Non"]
    assert [one.body for one in client.inbox.submission_replies()] == ["Si"]


def test_the_library_understands_complaints(server: RedditServer, client: praw.Reddit) -> None:
    logged_in(server, client)
    post = client.submission(server.add_post()["id"])
    words = (
        "Looks like you've been doing that a lot. Take a break for 9 minutes before trying again."
    )
    server.complaint = ["RATELIMIT", words, "ratelimit"]
    with pytest.raises(praw.exceptions.RedditAPIException, match="RATELIMIT"):
        post.reply("Bonjour")
    server.complaint = []
    with pytest.raises(praw.exceptions.RedditAPIException, match="TOO_LONG"):
        post.reply("a" * 10_001)


def test_the_library_is_told_of_missing_rights_and_ended_logins(
    server: RedditServer, client: praw.Reddit
) -> None:
    logged_in(server, client, ["identity"])
    with pytest.raises(prawcore.InsufficientScope):
        list(client.inbox.mentions())
    (grant,) = server.grants
    grant.revoked = True
    # It tries to renew what was refused, and that is refused too.
    with pytest.raises(prawcore.ResponseException, match="400"):
        client.user.me(use_cache=False)
