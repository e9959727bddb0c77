from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.sources.charset import decode

CAFE = "<?xml version='1.0' encoding='{}'?><a>Café – œuf</a>"


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-15", "windows-1252", "mac-roman"])
def test_the_declaration_is_believed(encoding: str) -> None:
    text = CAFE.format(encoding).replace("–", "-")
    assert decode(text.encode(encoding)) == text


def test_the_http_header_comes_before_the_declaration() -> None:
    body = CAFE.format("utf-8").encode("windows-1252")
    assert "Café – œuf" in decode(body, "text/xml; charset=windows-1252")


def test_a_byte_order_mark_comes_first() -> None:
    text = CAFE.format("iso-8859-1")
    assert decode(codecs.BOM_UTF8 + text.encode(), "text/xml; charset=koi8-r") == text
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_letters_are_seen_without_a_mark(encoding: str) -> None:
    assert decode(CAFE.format("x").encode(encoding)) == CAFE.format("x")


def test_utf8_under_a_wrong_label() -> None:
    text = CAFE.format("iso-8859-1")
    assert decode(text.encode(), "text/xml; charset=ISO-8859-1") == text


def test_latin1_means_windows_1252() -> None:
    assert decode(b"<a>\x93x\x94</a>", "text/xml; charset=iso-8859-1") == "<a>“x”</a>"


def test_no_label_and_no_utf8() -> None:
    assert decode("<a>Café</a>".encode("windows-1252")) == "<a>Café</a>"


def test_utf8_cut_in_the_middle_stays_utf8() -> None:
    assert decode(("é" * 50).encode()[:-1]).startswith("é" * 49)


@pytest.mark.parametrize("label", ["base64", "rot13", "utf-7", "nonsense", "idna", "\x00"])
def test_odd_labels_do_no_harm(label: str) -> None:
    assert decode("<a>é</a>".encode("latin-1"), f"text/xml; charset={label}") == "<a>é</a>"


@pytest.mark.parametrize("label", ["punycode", "IDNA", "unicode_escape", "raw-unicode-escape"])
def test_what_is_no_charset_is_not_taken_apart(label: str) -> None:
    """Punycode of some megabytes would take hours."""
    body = b"<a>xn--caf-dma \\u00e9-9ca</a>"
    assert decode(body, f"text/xml; charset={label}") == body.decode()


@given(st.binary(max_size=200), st.text(max_size=30))
@example(b"\x00", "UNDEFINED")
def test_nothing_raises(body: bytes, label: str) -> None:
    decode(body, f"text/xml; charset={label}")
