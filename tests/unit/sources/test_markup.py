from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.post import MAX_TEXT
from monitor.sources import markup


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Un</p><p>Deux</p>", "Un\n\nDeux"),
        ("Un<br>Deux<br/>Trois", "Un\nDeux\nTrois"),
        ("<ul><li>a</li><li>b</li></ul>fin", "a\n\nb\n\nfin"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        ("a <b>b</b>\n  c\u00a0d", "a b c d"),
        ("<pre>a\nb</pre>c\nd", "a\nb\n\nc d"),
        ("AT&amp;T &lt;3 &eacute;", "AT&T <3 é"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("a<script>x()</script>b<style>p{}</style>c<!-- d -->e", "abce"),
        ("a<script/>b", "a b"),
        ("safe<iframe src=x> <b>text</b>", "safe text"),
        ('<img src="t.gif" alt="un chat"><img alt="😡">', "😡"),
        ("<title>t</title><svg><text>s</text></svg>z", "z"),
        ("<plaintext", ""),
        ("", ""),
        ("<div>" * 3000 + "deep" + "</div>" * 3000, "deep"),
    ],
)
def test_html_becomes_the_words_a_reader_sees(written: str, read: str) -> None:
    assert markup.html_to_text(written) == read


@pytest.mark.parametrize(
    ("value", "is_html"),
    [
        ("1 < 2 and 3 > 2", False),
        ("I <3 you", False),
        ("a & b", False),
        ("Using <T> in Rust", False),
        ("AT&amp;T", True),
        ("a <em>b</em>", True),
        ("<!-- x -->y", True),
    ],
)
def test_plain_and_markup_are_told_apart(value: str, is_html: bool) -> None:
    assert markup.looks_like_html(value) is is_html


def test_titles_keep_their_angle_brackets() -> None:
    assert markup.title_to_text("Using  <T>\nin Rust") == "Using <T> in Rust"
    assert markup.title_to_text("<b>AT&amp;T</b>") == "AT&T"


def test_controls_bidi_overrides_and_hidden_letters_go() -> None:
    dirty = "a\x00b\u202ec\u2066d\u200be\ufefff\xadg\ud800h\x1bi"
    assert markup.plain_to_text(dirty) == "abcdefg\ufffdhi"


def test_joiners_stay_for_emoji_and_persian() -> None:
    assert markup.plain_to_text("👩\u200d💻 می\u200cخواهم") == "👩\u200d💻 می\u200cخواهم"


def test_plain_text_keeps_its_lines() -> None:
    assert markup.plain_to_text(" a  b \r\n\r\n\r\n\r\nc\u2028d ") == "a b\n\nc\nd"


def test_length_is_bounded() -> None:
    assert len(markup.html_to_text("<p>é</p>" * 100_000)) <= MAX_TEXT
    assert len(markup.plain_to_text("x" * 100_000)) == MAX_TEXT
    assert len(markup.title_to_text("x " * 1000)) == markup.MAX_TITLE


@pytest.mark.parametrize(
    ("link", "safe"),
    [
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("/b", "https://base.example/b"),
        ("b?c", "https://base.example/dir/b?c"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("file:///etc/passwd", ""),
        ("http://", ""),
        ("http://[", ""),
        ("https://a.example/" + "x" * 3000, ""),
        ("", ""),
    ],
)
def test_links(link: str, safe: str) -> None:
    assert markup.safe_link(link, "https://base.example/dir/page") == safe


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_survives(value: str) -> None:
    for read in (
        markup.html_to_text,
        markup.any_to_text,
        markup.plain_to_text,
        markup.title_to_text,
    ):
        words = read(value)
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", words)
        words.encode("utf-8")


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b ",
                ">",
                "<script>",
                "</script>",
                "&amp;",
                "&",
                "x",
                "<!--",
                "-->",
                "<pre>",
                "\n",
                "<![CDATA[",
                "<iframe>",
            ]
        ),
        max_size=40,
    )
)
def test_any_markup_survives(pieces: list[str]) -> None:
    markup.html_to_text("".join(pieces))


_TRACE = re.compile(
    r"<\s*(?:script|img|iframe|svg|object|embed|style|link|meta|body|a)\b[^>]*>", re.IGNORECASE
)


# An author who writes about markup escapes it; those words are text and stay.
_ESCAPED = re.compile(r"&(?:lt|#0*60|#x0*3c);?", re.IGNORECASE)


def test_known_attacks_leave_no_markup(shared: Path) -> None:
    attacks = json.loads((shared / "fixtures" / "xss-h5sc" / "items.json").read_text("utf-8"))
    assert len(attacks) > 100
    for attack in attacks:
        written = _ESCAPED.sub("", attack["data"])
        assert not _TRACE.search(markup.html_to_text(written)), written
        if not re.search("<[^>]*<", written):  # half a tag is not taken for markup
            assert not _TRACE.search(markup.any_to_text(written)), written
