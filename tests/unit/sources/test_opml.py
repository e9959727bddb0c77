from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from monitor.errors import BadInput
from monitor.model.source import Source
from monitor.sources.opml import read_opml, without_secrets, write_opml
from monitor.sources.registry import kinds


def opml(body: str) -> bytes:
    return f'<opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def test_nested_folders_come_and_go() -> None:
    data = opml(
        '<outline text="Presse"><outline text="Région"><outline type="rss" text="Le Quotidien" '
        'xmlUrl="https://q.example/rss.xml" language="fr-FR"/></outline></outline>'
        '<outline text="Seul" xmlUrl="https://s.example/f"/>'
    )
    first, second = read_opml(data).sources
    assert (first.folder, first.name, first.language) == ("Presse / Région", "Le Quotidien", "fr")
    assert (second.folder, second.name, second.kind, second.id) == ("", "Seul", "feed", 0)
    again = read_opml(write_opml((first, second)))
    assert sorted(again.sources, key=lambda source: source.name) == [first, second]
    assert again.unusable == ()


@pytest.mark.parametrize(
    ("outline", "address"),
    [
        ('<outline xmlURL="https://a.example/f"/>', "https://a.example/f"),
        ('<outline XMLURL=" https://a.example/f "/>', "https://a.example/f"),
        ('<outline xmlUrl="feed://a.example/f"/>', "https://a.example/f"),
        ('<outline xmlUrl="feed:http://a.example/f"/>', "http://a.example/f"),
        ('<outline xmlUrl="https://a.example/?a=1&b=2"/>', "https://a.example/?a=1&b=2"),
        ('<outline text="a&nbsp;b" xmlUrl="https://a.example/f">', "https://a.example/f"),
        ('<outline text="x" xmlUrl="https://a.example/f"></outlin>', "https://a.example/f"),
    ],
)
def test_what_other_readers_write(outline: str, address: str) -> None:
    assert [source.address for source in read_opml(opml(outline)).sources] == [address]


def test_names_fall_back_to_title_then_host() -> None:
    body = '<outline title="T" xmlUrl="https://a.example/"/><outline xmlUrl="https://b.example/f"/>'
    assert [source.name for source in read_opml(opml(body)).sources] == ["T", "b.example"]


def test_one_address_counts_once() -> None:
    body = '<outline xmlUrl="https://A.example/f/"/><outline xmlUrl="http://www.a.example/f"/>'
    assert len(read_opml(opml(body)).sources) == 1


def test_a_category_is_a_folder() -> None:
    body = '<outline xmlUrl="https://a.example/f" category="/Presse/Région,x"/>'
    assert read_opml(opml(body)).sources[0].folder == "Presse / Région"


def test_unusable_lines_are_named() -> None:
    body = (
        '<outline type="rss" text="Sans adresse"/><outline text="Script" xmlUrl="javascript:alert(1)"/>'
        '<outline type="include" text="Autre liste" url="https://a.example/l.opml"/>'
        '<outline text="Un titre"/><outline text="Vide" type="rss" xmlUrl=""/>'
    )
    content = read_opml(opml(body))
    assert content.sources == ()
    assert content.unusable == ("Sans adresse", "Script", "Autre liste", "Vide")


def test_ten_thousand_lines() -> None:
    body = "".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(10_000))
    assert len(read_opml(opml(body)).sources) == 10_000


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff", b"hello", b"<html><body/></html>", b"<rss/>", b"{}"]
)
def test_what_is_no_list(data: bytes) -> None:
    with pytest.raises(BadInput, match="not a list of feeds"):
        read_opml(data)


def test_entities_do_no_harm() -> None:
    data = b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + opml(
        '<outline text="a&x;b" xmlUrl="https://a.example/"/>'
    )
    assert read_opml(data).sources[0].name == "a&x;b"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://ann:pw@a.example/f", "https://a.example/f"),
        ("https://www.reddit.com/.rss?feed=abc&user=ann", "https://www.reddit.com/.rss?user=ann"),
        ("https://a.example/f?access_token=x&page=2", "https://a.example/f?page=2"),
        ("https://a.example/f?key=x", "https://a.example/f"),
        ("https://a.example/?feed=rss2", "https://a.example/?feed=rss2"),
        ("https://a.example/?feed=comments-rss2&p=1", "https://a.example/?feed=comments-rss2&p=1"),
        ("https://a.example/f?q=a%20b&tag=key", "https://a.example/f?q=a%20b&tag=key"),
    ],
)
def test_no_secret_leaves(address: str, written: str) -> None:
    assert without_secrets(address) == written
    assert written.replace("&", "&amp;").encode() in write_opml([Source(0, "feed", address, "x")])


def test_sources_of_networks_come_and_go() -> None:
    address = "https://lemmy.world/api/v3/search?q=%22Moka%22"
    lemmy = Source(1, "lemmy", address, "Lemmy · Moka")
    feed = Source(2, "feed", "https://moka.example/feed", "Moka")
    again = read_opml(write_opml([lemmy, feed])).sources
    assert [(one.kind, one.address, one.name) for one in again] == [
        (one.kind, one.address, one.name) for one in (lemmy, feed)
    ]
    unknown = read_opml(write_opml([Source(3, "nonesuch", address, "Odd")]))
    assert (unknown.sources, unknown.unusable) == ((), ("Odd",))


def test_what_a_source_is_about_comes_and_goes_by_name() -> None:
    address = "https://itunes.apple.com/fr/rss/customerreviews/id=123456789/json"
    reviews = Source(1, "appstore", address, "", about=7)
    feed = Source(2, "feed", "https://moka.example/feed", "Moka")
    written = write_opml([reviews, feed], {7: "Café Lumen"})
    again = read_opml(written)
    assert again.about == ("Café Lumen", "")
    assert [one.name for one in again.sources] == ["", "Moka"]
    names = [line.get("text") for line in etree.fromstring(written).iter("outline")]
    assert names == ["App Store reviews · 123456789 · fr", "Moka"]


def test_a_host_in_an_older_list_is_no_name_of_a_networks_source() -> None:
    line = (
        '<outline type="vigie" kind="appstore" text="itunes.apple.com" xmlUrl='
        '"https://itunes.apple.com/fr/rss/customerreviews/id=123456789/json"/>'
    )
    assert [one.name for one in read_opml(opml(line)).sources] == [""]


def test_any_name_fits() -> None:
    sources = [
        Source(0, "feed", "https://a.example/f", 'a & b < "c" \x01\ufffe', "d & e"),
        Source(0, "other", "x", "y"),
    ]
    root = etree.fromstring(write_opml(sources))
    names = [line.get("text") for line in root.iter("outline")]
    assert names == ["d & e", 'a & b < "c" ', "y"]


def test_lists_of_the_world(shared: Path) -> None:
    files = sorted((shared / "fixtures" / "opml-awesome-rss-feeds").rglob("*.opml"))
    assert len(files) > 50
    for file in files:
        data = file.read_bytes()
        content = read_opml(data)
        lines = data.lower().count(b"xmlurl=")
        assert len(content.sources) >= lines * 0.9, file.name
        assert read_opml(write_opml(content.sources)).sources == content.sources


def test_odd_and_broken_lists(shared: Path) -> None:
    files = sorted((shared / "fixtures" / "opml-listparser" / "tests" / "files").rglob("*.xml"))
    read = 0
    for file in files:
        try:
            read += len(read_opml(file.read_bytes()).sources) > 0
        except BadInput:
            continue
    assert len(files) > 80
    assert read >= 25


def test_sources_that_read_with_an_account_say_whose_and_keep_their_answers() -> None:
    listed = []
    for label in ("ann@social.example", "lea@social.example"):
        fields = {"account": label}
        address = kinds()["mastodon-notifications"].address_of(fields)
        listed.append(Source(0, "mastodon-notifications", address, label, fields=fields))
    assert read_opml(write_opml(listed)).sources == tuple(listed)


@pytest.mark.parametrize(
    ("kind", "line", "asked"),
    [
        (
            "mastodon-notifications",
            "https://evil.example/api/v1/notifications?x=1#ann@social.example",
            "https://social.example/api/v1/notifications?types%5B%5D=mention&limit=40"
            "#ann@social.example",
        ),
        (
            "mastodon-search",
            "https://evil.example/api/v2/search?q=%22Moka%22#ann@social.example",
            "https://social.example/api/v2/search?q=%22Moka%22&type=statuses&limit=40"
            "#ann@social.example",
        ),
        (
            "x-search",
            "https://api.x.com/2/tweets/search/recent?query=(Moka)+-is:retweet&amp;max_results=100#ann",
            "https://api.x.com/2/tweets/search/recent?query=%28%22Moka%22%29+-is%3Aretweet#ann",
        ),
        (
            "reddit-search",
            "http://me@oauth.reddit.com:8080/search?q=%22Moka%22#ann",
            "https://oauth.reddit.com/search?q=%22Moka%22&sort=new&type=link&limit=100&raw_json=1"
            "#ann",
        ),
    ],
)
def test_with_an_account_a_list_does_not_say_who_is_asked(kind: str, line: str, asked: str) -> None:
    """Whoever is asked is given the login."""
    outline = f'<outline type="vigie" kind="{kind}" xmlUrl="{line}"/>'
    (source,) = read_opml(opml(outline)).sources
    assert source.address == asked


def test_with_an_account_a_line_without_one_is_of_no_use() -> None:
    outline = (
        '<outline type="vigie" kind="mastodon-search" text="M" xmlUrl="https://evil.example/"/>'
    )
    assert read_opml(opml(outline)).unusable == ("M",)
