"""Every network counts in its own way; X's official vectors replay."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from monitor.networks.lengths import graphemes, links_in, mastodon_length, x_length

VECTOR = re.compile(r'text: (".*")\n\s+expected:\n\s+weightedLength: (\d+)')
TWEET = re.compile(r'text: (".*")\n\s+expected: (true|false)')


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 0), ("été", 3), ("e\u0301", 1), ("👨‍👩‍👧‍👦", 1), ("🇫🇷", 1), ("a\r\nb", 3), ("क्षि", 1)],
)
def test_graphemes_are_what_a_reader_sees(words: str, count: int) -> None:
    assert graphemes(words) == count


def test_mastodon_counts_links_and_servers_of_people_its_own_way() -> None:
    link = "https://lumen.example/" + "x" * 80
    assert mastodon_length(f"Voir {link}.", 23) == 5 + 23 + 1
    assert mastodon_length("@lea@autre.example bonjour", 23) == len("@lea bonjour")
    assert mastodon_length("ecrire a nom@autre.example", 23) == 26


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("Voir https://a.example/x, puis", ["https://a.example/x"]),
        ("(https://a.example/x)", ["https://a.example/x"]),
        ("https://a.example/x_(y).", ["https://a.example/x_(y)"]),
        ("« https://a.example/é »", ["https://a.example/é"]),
        ("ftp://a.example", []),
    ],
)
def test_a_link_ends_where_its_sentence_ends(words: str, links: list[str]) -> None:
    assert [words[start:end] for start, end in links_in(words)] == links


def test_x_counts_as_its_own_vectors_say(shared: Path) -> None:
    told = (shared / "fixtures/x-twitter-text/conformance/validate.yml").read_text("utf-8")
    # The first group counts emoji as configuration 2 did.
    vectors = VECTOR.findall(told.partition("WeightedTweetsWithDiscountedEmojiCounterTest")[2])
    assert len(vectors) > 20
    for words, weight in vectors:
        assert x_length(ast.literal_eval(words)) == int(weight), words[:80]


def test_a_domain_without_http_is_a_link_on_x() -> None:
    assert x_length("lumen.fr") == 23
    assert x_length("lumen.fr/avis?x=1 merci") == 23 + 6
    assert x_length("version 2.3 du nom.propre") == 25
