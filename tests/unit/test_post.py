"""What one line says of a post, and what makes it another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.model.post import Author, Post


@pytest.mark.parametrize(
    ("title", "text", "longest", "line"),
    [
        ("Froid", "Café froid\n\nce matin.", 80, "Froid · Café froid ce matin."),
        ("", "Café\n\nfroid", 80, "Café froid"),
        ("Café froid", "", 80, "Café froid"),
        ("Café", "Café froid", 80, "Café froid"),
        ("Froid", "Café très froid", 13, "Froid · Café…"),
    ],
)
def test_an_excerpt_is_one_line_with_a_dot_after_the_title(
    title: str, text: str, longest: int, line: str
) -> None:
    assert Post("1", "https://example.org/1", title, text).excerpt(longest) == line


PLAIN = Post("1", "https://example.org/1", "Froid", "Café froid", Author("Léa", "lea"))


def test_a_post_without_stars_has_the_hash_it_always_had() -> None:
    assert PLAIN.content_hash == "a987845e86d3269252ea5ce1adedba2b"


def test_stars_are_content_and_what_others_do_is_not() -> None:
    liked = replace(PLAIN, likes=3, replies=2, shares=1, parent_id="0", reply_to="{}")
    assert liked.content_hash == PLAIN.content_hash
    hashes = {replace(PLAIN, rating=stars).content_hash for stars in (None, 1, 2, 5)}
    assert len(hashes) == 4
