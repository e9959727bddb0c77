"""Our stand-in of a Discourse forum, proved by pydiscourse, a client library that others wrote."""

from __future__ import annotations

import pydiscourse
import pytest
from pydiscourse.exceptions import DiscourseClientError

from tests.support.discourse_server import ADMIN_KEY, DiscourseServer
from tests.support.loopback import LoopbackServer


@pytest.fixture
def served(loopback: LoopbackServer) -> DiscourseServer:
    return DiscourseServer(loopback)


def client(served: DiscourseServer, key: str = ADMIN_KEY) -> pydiscourse.DiscourseClient:
    return pydiscourse.DiscourseClient(served.base, served.username, key, timeout=30)


def test_the_library_posts_and_reads_what_it_posted(served: DiscourseServer) -> None:
    served.add_post("La Marque ne répond pas du tout")
    words = "Bonjour, écrivez-nous s'il vous plaît"
    made = client(served).create_post(words, topic_id=77, reply_to_post_number=1)
    assert (made["post_number"], made["reply_to_post_number"]) == (2, 1)
    assert client(served).post_by_id(made["id"])["raw"] == words


def test_the_library_is_refused_in_the_forums_words(served: DiscourseServer) -> None:
    served.closed.add(77)
    with pytest.raises(DiscourseClientError, match="not permitted"):
        client(served).create_post("Une réponse assez longue", topic_id=77)
    served.closed.clear()
    with pytest.raises(DiscourseClientError, match="too short"):
        client(served).create_post("Non", topic_id=77)
    with pytest.raises(DiscourseClientError, match="could not be found"):
        client(served).create_post("Une réponse assez longue", topic_id=78)
    with pytest.raises(DiscourseClientError, match="not permitted"):
        client(served, "wrong").create_post("Une réponse assez longue", topic_id=77)


def test_the_library_is_told_that_a_post_waits(served: DiscourseServer) -> None:
    served.moderated = True
    told = client(served).create_post("Une réponse assez longue", topic_id=77)
    assert (told["action"], told["pending_post"]["id"]) == ("enqueued", 300)
