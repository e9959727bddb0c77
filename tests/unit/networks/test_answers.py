"""What answers say, and what no answer means for a reply."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.networks.answers import json_of, not_answered, string, words_of
from monitor.networks.base import NoAnswer
from monitor.networks.login_calls import post_form
from monitor.text import text
from tests.support.loopback import LoopbackServer, Reply, Request


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"message": "Validation Failed", "errors": [{"message": "too long"}]}, "too long"),
        ({"errors": ["Body is too short", "Title, too"]}, "Body is too short Title, too"),
        ({"errors": [3, None, {"code": "x"}, ["y"]]}, ""),
        ({"errors": "all of it"}, ""),
        ({"error": "a\u202eb\x00c\n d"}, "abc d"),
        ({"error": "x" * 1000}, "x" * 300),
        ([{"message": "no object"}], ""),
        ("text", ""),
    ],
)
def test_the_words_of_a_refusal_are_one_readable_line(body: Any, words: str) -> None:
    said = words_of(HttpResponse(422, "", "", {}, json.dumps(body).encode()))
    assert said.endswith(words)
    assert len(said) <= 300
    assert bool(said) is bool(words)


@pytest.mark.parametrize("odd", ["\ud800", "a\udfffb", ["\ud800"], "\U0001f600", "\ud83d\ude00"])
def test_every_text_can_be_stored_and_sent(odd: Any) -> None:
    answer = HttpResponse(200, "", "", {}, json.dumps({"of": odd}).encode())
    told = string(json_of(answer), "of")
    told.encode()
    assert told in ("?", "a?b", "", "\U0001f600")


def test_a_refusal_repeats_nothing_that_opens_an_account(
    loopback: LoopbackServer, http: HttpClient
) -> None:
    """Its words are stored as the error of a source, and shown."""

    def repeat(request: Request) -> Reply:
        said = parse_qs(request.body.decode())
        told = {"error_description": f"no {said['refresh_token'][0]}"}
        return Reply(400, {}, json.dumps(told).encode())

    loopback.add("/social.example/oauth/token", repeat)
    fields = {"refresh_token": "s3cret-s3cret", "client_id": "vigie"}
    answer = post_form("https://social.example/oauth/token", fields, http, CancelToken())
    assert words_of(answer) == "no ***"


def test_what_never_left_is_not_unknown() -> None:
    error = SourceError(text("The server was not found."), text("a"), text("b"))
    assert isinstance(not_answered(error), NoAnswer)
    error.left = False
    told = not_answered(error)
    assert not isinstance(told, NoAnswer)
    assert str(told.message) == "Nothing was published. Your text is kept."
