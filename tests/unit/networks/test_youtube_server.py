"""Our stand-in of YouTube's interface, proved by python-youtube, a client library that others wrote."""

from __future__ import annotations

import pytest
import pyyoutube

from monitor.networks.youtube import SCOPE
from tests.support.loopback import LoopbackServer
from tests.support.youtube_server import CHANNEL, YouTubeServer


@pytest.fixture
def served(loopback: LoopbackServer) -> YouTubeServer:
    return YouTubeServer(loopback)


def client_of(served: YouTubeServer, *scopes: str) -> pyyoutube.Client:
    client = pyyoutube.Client(access_token=served.auth.new_token(*scopes))
    client.BASE_URL = served.base
    return client


def test_the_library_reads_threads_and_replies(served: YouTubeServer) -> None:
    for number in range(130):
        served.add_thread(number)
    busy = served.add_thread(200)
    for number in range(7):
        served.add_reply(busy, f"Réponse {number}")
    client = client_of(served, SCOPE)
    first = client.commentThreads.list(
        parts="snippet,replies",
        all_threads_related_to_channel_id=CHANNEL,
        order="time",
        max_results=100,
    )
    assert (len(first.items), first.nextPageToken) == (100, "p100")
    assert first.items[0].snippet.topLevelComment.snippet.authorDisplayName == "@lea"
    (thread,) = client.commentThreads.list(parts="snippet,replies", thread_id=busy).items
    assert (thread.snippet.totalReplyCount, len(thread.replies.comments)) == (7, 5)
    below = client.comments.list(parts="snippet", parent_id=busy, max_results=100)
    assert below.items[0].snippet.textOriginal == "Réponse 6"
    assert served.units == 3


def test_the_library_publishes_a_reply(served: YouTubeServer) -> None:
    thread = served.add_thread(1)
    client = client_of(served, SCOPE)
    body = pyyoutube.Comment(
        snippet=pyyoutube.models.CommentSnippet(parentId=thread, textOriginal="Bonjour")
    )
    published = client.comments.insert(body=body, parts="snippet")
    assert published.snippet.parentId == thread
    assert client.comments.list(parent_id=thread).items[0].id == published.id
    assert client.channels.list(mine=True).items[0].snippet.customUrl == "@marque"


@pytest.mark.parametrize(
    ("scopes", "words"), [((), "insufficient authentication"), ((SCOPE,), "exceeded your")]
)
def test_the_library_is_refused(served: YouTubeServer, scopes: tuple[str, ...], words: str) -> None:
    served.share = 0
    with pytest.raises(pyyoutube.PyYouTubeException, match=words):
        client_of(served, *scopes).channels.list(mine=True)
