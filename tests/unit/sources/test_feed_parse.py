"""Formats, identity, and XML that attacks. Real feeds are in test_real_feeds.py."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from monitor.model.post import Post
from monitor.sources.feed_parse import ParsedFeed, parse_feed
from tests.unit.sources.samples import NOW, URL, atom, item, rss


def parse(body: bytes | str, content_type: str = "") -> ParsedFeed:
    parsed = parse_feed(body.encode() if isinstance(body, str) else body, content_type, URL, NOW)
    assert parsed is not None
    return parsed


def only(body: bytes | str) -> Post:
    (post,) = parse(body).posts
    return post


def test_rss_2() -> None:
    more = "<dc:creator>Léa</dc:creator><content:encoded>&lt;p&gt;En entier&lt;/p&gt;</content:encoded>"
    parsed = parse(rss(item(3, more=more)))
    assert (parsed.title, parsed.language, parsed.skipped) == ("Blog", "fr", 0)
    (post,) = parsed.posts
    assert (post.native_id, post.url) == ("id-3", "https://blog.example/3")
    assert (post.title, post.text, post.author.name) == ("Titre 3", "En entier", "Léa")
    assert post.published == datetime(2026, 8, 1, 8, 3, tzinfo=UTC)
    assert post.language == "fr"


@pytest.mark.parametrize("title", ["&l11;", "&amp;l11;", "<![CDATA[&l11; &nom;]]>"])
def test_entities_that_nobody_defined_are_no_name(title: str) -> None:
    feed = f"<rss><channel><title>{title}</title><item><title>x</title></item></channel></rss>"
    assert parse(feed).title == ""


def test_atom() -> None:
    post = only(
        atom(
            '<entry xml:lang="de"><id>tag:1</id><title type="html">A &amp;lt;b&gt;</title>'
            '<link rel="self" href="/self"/><link rel="alternate" href="/a"/>'
            "<author><name>Ann</name><uri>/ann</uri></author>"
            "<published>2026-08-01T10:00:00Z</published><updated>2026-08-02T10:00:00Z</updated>"
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un</p><p>Deux</p></div></content>'
            "</entry>"
        )
    )
    assert (post.native_id, post.url, post.text) == (
        "tag:1",
        "https://blog.example/a",
        "Un\n\nDeux",
    )
    assert (post.author.name, post.author.url) == ("Ann", "https://blog.example/ann")
    assert post.published == datetime(2026, 8, 1, 10, tzinfo=UTC)
    assert post.language == "de"


def test_atom_inherits_author_and_language() -> None:
    post = only(atom("<entry><title>x</title></entry>", "<author><name>Ann</name></author>"))
    assert (post.author.name, post.language) == ("Ann", "en")


def test_rss_1() -> None:
    post = only(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>Blog</title></channel>"
        '<item rdf:about="urn:1"><title>T</title><link>/1</link><dc:date>2026-08-01</dc:date></item>'
        "</rdf:RDF>"
    )
    assert (post.native_id, post.url, post.title) == ("urn:1", "https://blog.example/1", "T")
    assert post.published == datetime(2026, 8, 1, tzinfo=UTC)


def test_youtube_keeps_its_words_in_a_group() -> None:
    post = only(
        atom(
            "<entry><title>Film</title><media:group><media:title>Film</media:title>"
            "<media:description>Ligne 1\nLigne 2</media:description></media:group></entry>"
        )
    )
    assert post.text == "Ligne 1\nLigne 2"


def test_xml_base() -> None:
    body = atom(
        '<entry xml:base="https://other.example/d/"><title>x</title><link href="a"/></entry>'
    )
    assert only(body).url == "https://other.example/d/a"


def test_a_namespace_of_its_own() -> None:
    assert (
        only('<feed xmlns="http://odd.example/#"><entry><title>x</title></entry></feed>').title
        == "x"
    )


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("lea@a.example (Léa Martin)", "Léa Martin"),
        ("Léa Martin &lt;lea@a.example&gt;", "Léa Martin"),
        ("lea@a.example", "lea@a.example"),
        ("Léa", "Léa"),
    ],
)
def test_rss_authors(author: str, name: str) -> None:
    assert only(rss(item(more=f"<author>{author}</author>"))).author.name == name


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Blog",
        "home_page_url": "https://b.example/",
        "language": "fr-FR",
        "authors": [{"name": "Blog"}],
        "items": [
            {
                "id": 12,
                "url": "/12",
                "content_html": "<p>Un</p><script>x</script>",
                "authors": [{"name": "Léa"}],
            },
            {
                "id": "13",
                "content_text": "<b>tel quel</b>",
                "date_published": "2026-08-01T10:00:00+02:00",
            },
            {"id": "14"},
            "not an item",
        ],
    }
    parsed = parse("\ufeff" + json.dumps(feed))
    assert (parsed.title, parsed.language, parsed.skipped) == ("Blog", "fr", 1)
    first, second = parsed.posts
    assert (first.native_id, first.url, first.text) == ("12", "https://b.example/12", "Un")
    assert (first.author.name, second.author.name) == ("Léa", "Blog")
    assert second.text == "<b>tel quel</b>"
    assert second.published == datetime(2026, 8, 1, 8, tzinfo=UTC)


def test_json_feed_may_end() -> None:
    assert parse('{"version":"https://jsonfeed.org/version/1","items":[],"expired":true}').ended


def test_rss_as_json() -> None:
    post = only('{"rss":{"channel":{"title":"S","item":{"title":"T","guid":{"#value":"g"}}}}}')
    assert (post.native_id, post.title) == ("g", "T")


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"hello", b"<html><body>rss</body></html>", b"<!DOCTYPE html><rss/>", b"<svg/>", b"{}",
     b'{"version":1}', b"[]", b"null", b"\x00" * 100, b"%PDF-1.7 <rss>" + b"\x00" * 9],
)  # fmt: skip
def test_what_is_no_feed(body: bytes) -> None:
    parsed = parse_feed(body, "", URL, NOW)
    assert parsed is None or parsed.posts == ()


def test_identity_falls_back_to_link_then_content() -> None:
    by_link, by_words = parse(
        rss("<item><title>a</title><link>/1</link></item><item><title>b</title></item>")
    ).posts
    assert by_link.native_id == "https://blog.example/1"
    assert by_words.native_id == only(rss("<item><title>b</title></item>")).native_id


def test_the_same_entry_twice_counts_once() -> None:
    assert len(parse(rss(item(1) + item(1))).posts) == 1


def test_one_guid_for_all_is_told_apart_whatever_the_order() -> None:
    items = [item(n).replace(f"id-{n}", "same") for n in (1, 2, 3)]
    ids = {post.title: post.native_id for post in parse(rss("".join(items))).posts}
    turned = {post.title: post.native_id for post in parse(rss("".join(reversed(items)))).posts}
    assert len(set(ids.values())) == 3
    assert ids == turned


def test_odd_ids_are_storable() -> None:
    long = only(atom(f"<entry><id>{'x' * 3000}</id><title>a</title></entry>"))
    assert len(long.native_id) <= 500


def test_entries_without_words_are_counted() -> None:
    parsed = parse(rss(item(1) + "<item><link>/2</link></item><item/>"))
    assert (len(parsed.posts), parsed.skipped) == (1, 2)


def test_newest_first_only_where_all_are_dated() -> None:
    assert [post.title for post in parse(rss(item(1) + item(2))).posts] == ["Titre 2", "Titre 1"]
    undated = "<item><title>x</title></item>"
    assert [post.title for post in parse(rss(item(1) + undated + item(2))).posts] == [
        "Titre 1",
        "x",
        "Titre 2",
    ]


def test_channel_wishes() -> None:
    parsed = parse(rss("", "<ttl>90</ttl><skipHours><hour>24</hour><hour>3</hour></skipHours>"
                           "<skipDays><day>Sunday</day></skipDays>"))  # fmt: skip
    assert (parsed.ttl, sorted(parsed.skip_hours), parsed.skip_days) == (5400, [0, 3], (6,))


@pytest.mark.parametrize(
    ("damage", "title"),
    [
        (("Titre 1", "A &nbsp; B &eacute;"), "A B é"),
        (("Titre 1", "Tom & Jerry"), "Tom & Jerry"),
        (("Titre 1", "R&D;"), "R&D;"),
        (("Titre 1", "a\x0bb&#8;c"), "abc"),
        (("<?xml", "  \n junk <?xml"), "Titre 1"),
        (("</rss>", "</rss>\n<script>tracker</script> bye"), "Titre 1"),
        (("</item></channel></rss>", ""), "Titre 1"),
        (("</guid>", ""), "Titre 1"),
    ],
)
def test_ill_formed_feeds_are_read_all_the_same(damage: tuple[str, str], title: str) -> None:
    body = rss(item(1)).decode().replace(*damage)
    assert only(body).title == title


def test_an_unclosed_item_hides_no_other() -> None:
    items = "".join(item(n).removesuffix("</item>") for n in range(1, 6))
    assert len(parse(rss(items)).posts) == 5


DTD = '<!DOCTYPE rss [<!ENTITY {}>]><rss version="2.0"><channel><item><title>{}</title></item></channel></rss>'


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_that_breaks_off_brings_no_half_entry(kind: str) -> None:
    entry = "<entry><title>Titre {0}</title><id>urn:{0}</id><content>Mots {0}</content></entry>"
    items = "".join(item(number) if kind == "rss" else entry.format(number) for number in (1, 2, 3))
    body = (rss if kind == "rss" else atom)(items)
    whole = parse_feed(body, "application/xml", URL, NOW)
    assert whole is not None
    known = {post.native_id: post for post in whole.posts}
    first = max(body.find(b"</item>"), body.find(b"</entry>"))
    for end in range(first + 10, len(body), 3):
        cut = parse_feed(body[:end], "application/xml", URL, NOW)
        for post in cut.posts if cut else ():
            assert post == known[post.native_id]


def test_small_entities_of_a_feed_are_put_in_place() -> None:
    assert only(DTD.format('shop "Café &amp; Cie"', "&shop;!")).title == "Café & Cie!"


@pytest.mark.parametrize(
    "kind", ['SYSTEM "file:///etc/hostname"', 'PUBLIC "x" "http://evil.example/x"']
)
def test_external_entities_stay_outside(kind: str) -> None:
    assert only(DTD.format(f"x {kind}", "a&x;b")).title == "a&x;b"


def test_entity_bombs_do_not_go_off() -> None:
    layers = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{layers}]><rss><channel><item><title>&l11;</title></item></channel></rss>'
    assert only(bomb).title == "&l11;"


def test_a_flat_bomb_is_bounded() -> None:
    body = DTD.format(f'x "{"ha" * 450}"', "&x;" * 100_000)
    assert len(only(body).full_text) < 2_000_000


def test_deep_nesting_ends() -> None:
    parse_feed(b"<rss>" + b"<a>" * 100_000, "", URL, NOW)


@pytest.mark.parametrize(
    "piece", ["<![CDATA[", "<!--", "&", "&a", "<", "&lt;b&gt;", "<item>", "\x01"]
)
def test_endless_beginnings_end(piece: str) -> None:
    body = f"<rss><channel><item><title>x</title><description>{piece * 60_000}"
    parse_feed(body.encode(), "", URL, NOW)


def test_a_flood_of_entries_is_cut() -> None:
    parsed = parse(rss("<item><title>x</title><guid>{}</guid></item>" * 6000))
    assert len(parsed.posts) + parsed.skipped <= 6000
    assert parsed.skipped == 1000


def test_what_only_begins_like_a_page_is_read_in_one_pass() -> None:
    """A thousand comments before something else once took longer than anybody lives."""
    assert parse_feed(b"<!---->" * 700 + b"x", "", URL, NOW) is None


@pytest.mark.parametrize("author", ["(@" * 250, "<@" * 250, "a@" * 250, "@(" * 250])
def test_an_author_in_the_form_of_nothing_is_kept_as_written(author: str) -> None:
    entries = "".join(
        item(number, more=f"<dc:creator><![CDATA[{author}]]></dc:creator>") for number in range(300)
    )
    assert len(parse(rss(entries)).posts) == 300


def test_links_carry_no_login_of_the_reader() -> None:
    parsed = parse_feed(
        b"<rss><channel><item><title>x</title><link>/post</link></item></channel></rss>",
        "",
        "https://ann:pw@blog.example/feed",
        NOW,
    )
    assert parsed is not None
    assert parsed.posts[0].url == "https://blog.example/post"
