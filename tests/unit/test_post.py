"""What one line says of a post."""

from __future__ import annotations

import pytest

from monitor.model.post import Post


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
