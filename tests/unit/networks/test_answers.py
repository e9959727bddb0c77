"""What answers say, and what no answer means for a reply."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.errors import SourceError
from monitor.infra.http import HttpResponse
from monitor.networks.answers import not_answered, words_of
from monitor.networks.base import NoAnswer
from monitor.text import text


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


def test_what_never_left_is_not_unknown() -> None:
    error = SourceError(text("The server was not found."), text("a"), text("b"))
    assert isinstance(not_answered(error), NoAnswer)
    error.left = False
    told = not_answered(error)
    assert not isinstance(told, NoAnswer)
    assert str(told.message) == "Nothing was published. Your text is kept."
