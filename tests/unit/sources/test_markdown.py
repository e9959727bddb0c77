"""Markdown as people write it, and as nobody should."""

from __future__ import annotations

import pytest

from monitor.model.post import MAX_TEXT
from monitor.sources.markdown import markdown_to_text


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("La **Marque** ne répond *pas*, ~~jamais~~", "La Marque ne répond pas, jamais"),
        ("__très__ _lent_ et ***triste***", "très lent et triste"),
        ("snake_case_name, 2 * 3 * 4, * seul", "snake_case_name, 2 * 3 * 4, * seul"),
        ("[lien](https://a.example 'titre') et ![photo](x.png)", "lien et photo"),
        ("[lien][1]\n\n[1]: https://a.example\nfin", "lien\n\nfin"),
        ("[x](javascript:alert(1))", "x"),
        ("voir <https://a.example/b>", "voir https://a.example/b"),
        ("## Titre ##\n\ntexte", "Titre\n\ntexte"),
        ("> cité\n\n- un\n- deux", "> cité\n\n- un\n- deux"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("::: spoiler Suite\ncaché\n:::", "Suite\ncaché"),
        ("```python\nprint(1)\n```\n`code` \\*pas\\*", "print(1)\n\ncode *pas*"),
        ("un &amp; deux<br>trois\nquatre", "un & deux\ntrois\nquatre"),
        ("1 < 2 et <3", "1 < 2 et <3"),
        ("", ""),
    ],
)
def test_what_a_reader_sees(markdown: str, words: str) -> None:
    assert markdown_to_text(markdown) == words


@pytest.mark.parametrize(
    "piece", ["*a ", "**a ", "_a ", "[", "![", "](", "`", "`a", "[a](", "<http://", "#", "- ", "\\"]
)
def test_no_text_takes_long(piece: str) -> None:
    assert len(markdown_to_text(piece * 100_000)) <= MAX_TEXT
