"""Our stand-in of a Lemmy server, proved by plemmy, a client library that others wrote."""

from __future__ import annotations

import importlib.util
import json

import pytest

if importlib.util.find_spec("pkg_resources") is None:
    pytest.skip(
        "plemmy needs pkg_resources, which environments of Python 3.12 and newer do not bring",
        allow_module_level=True,
    )

from plemmy import LemmyHttp
from plemmy.responses import (
    CommentResponse,
    GetPersonDetailsResponse,
    ResolveObjectResponse,
)

from tests.support.lemmy_server import PASSWORD, LemmyServer
from tests.support.loopback import LoopbackServer


@pytest.fixture
def served(loopback: LoopbackServer) -> LemmyServer:
    return LemmyServer(loopback)


@pytest.fixture
def client(served: LemmyServer) -> LemmyHttp:
    known = LemmyHttp(served.base)
    known.login("marque", PASSWORD)
    return known


def test_the_library_logs_in_and_is_refused_with_a_wrong_password(
    served: LemmyServer, client: LemmyHttp
) -> None:
    person = client.get_site().json()["my_user"]["local_user_view"]["person"]
    assert (person["name"], person["id"]) == ("marque", 7)
    with pytest.raises(Exception, match="status code: 401"):
        LemmyHttp(served.base).login("marque", "wrong")
    served.jwts.clear()
    assert "my_user" not in client.get_site().json()


def test_the_library_answers_and_reads_its_own_answers(
    served: LemmyServer, client: LemmyHttp
) -> None:
    parent = int(json.loads(served.add_comment("En panne"))["parent_id"])
    made = CommentResponse(client.create_comment("Bonjour", 5, parent_id=parent)).comment_view
    assert made.comment.path == f"0.{parent}.{made.comment.id}"
    assert made.creator.actor_id == "https://lemmy.example/u/marque"
    shown = CommentResponse(client.get_comment(parent)).comment_view
    assert (shown.comment.content, shown.post.id) == ("En panne", 5)
    listed = GetPersonDetailsResponse(client.get_person_details(person_id=7, sort="New"))
    assert [view.comment.content for view in listed.comments] == ["Bonjour"]


def test_the_library_finds_what_stands_elsewhere(served: LemmyServer, client: LemmyHttp) -> None:
    uri = json.loads(served.add_elsewhere())["uri"]
    found = ResolveObjectResponse(client.resolve_object(uri))
    assert found.comment.comment.ap_id == uri
    assert client.resolve_object("https://autre.example/comment/1").json() == {
        "error": "couldnt_find_object"
    }


def test_the_library_is_refused_in_the_servers_words(
    served: LemmyServer, client: LemmyHttp
) -> None:
    served.post["locked"] = True
    assert client.create_comment("Bonjour", 5).json() == {"error": "locked"}
    served.post["locked"] = False
    assert client.create_comment("a" * 10_001, 5).json() == {"error": "invalid_body_field"}
    assert client.create_comment("Bonjour", 6).json() == {"error": "couldnt_find_post"}
