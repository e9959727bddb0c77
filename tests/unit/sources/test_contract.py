"""What every kind of source must do, whatever the network: recorded answers over a real server.

A new kind is found by the registry; it needs a file in `recorded` and one line in RECORDED. A kind that reads
with an account is answered by hosts of its own names (`RedirectedClient`), logged in as `Recorded.login`.
What is asked of the kinds that read a mailbox instead of the web is in test_mail_kinds.py.
"""

from __future__ import annotations

import contextlib
import html
import pickle
import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from monitor.errors import Action, BadInput, Cancelled, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.post import MAX_TEXT, Post
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.sources.base import ACCOUNT, AccountKind, Answers, FetchResult, Wanted
from monitor.sources.registry import kinds
from tests.support import loopback as routes
from tests.support.loopback import LoopbackServer, Reply
from tests.support.networks import RedirectedClient
from tests.unit.sources import samples
from tests.unit.sources.recorded import (
    Recorded,
    appstore,
    bingnews,
    bluesky,
    discourse,
    facebook_page,
    github,
    googlealerts,
    googlebusiness_reviews,
    googlenews,
    googleplay_reviews,
    hackernews,
    instagram_comments,
    lemmy,
    mail,
    mastodon_account,
    mastodon_tag,
    reddit,
    reddit_account,
    stackexchange,
    wordpress,
    x_search,
    youtube_channel,
    youtube_comments,
)

RECORDED = {
    **mail.RECORDED,
    "appstore": appstore.RECORDED,
    "bingnews": bingnews.RECORDED,
    "bluesky-notifications": bluesky.NOTIFIED,
    "bluesky-search": bluesky.SEARCHED,
    "discourse": discourse.RECORDED,
    "facebook-page": facebook_page.RECORDED,
    "github-issues": github.RECORDED,
    "googlealerts": googlealerts.RECORDED,
    "googlebusiness-reviews": googlebusiness_reviews.RECORDED,
    "googlenews": googlenews.RECORDED,
    "googleplay-reviews": googleplay_reviews.RECORDED,
    "hackernews": hackernews.RECORDED,
    "instagram-comments": instagram_comments.RECORDED,
    "lemmy": lemmy.RECORDED,
    "mastodon-notifications": mastodon_account.NOTIFIED,
    "mastodon-search": mastodon_account.SEARCHED,
    "mastodon-tag": mastodon_tag.RECORDED,
    "reddit": reddit.RECORDED,
    "reddit-inbox": reddit_account.INBOX,
    "reddit-search": reddit_account.SEARCH,
    "stackexchange": stackexchange.RECORDED,
    "wordpress": wordpress.RECORDED,
    "x-search": x_search.RECORDED,
    "youtube-channel": youtube_channel.RECORDED,
    "youtube-comments": youtube_comments.RECORDED,
    "feed": Recorded(
        fields={"address": "https://example.org/feed"},
        address="https://example.org/feed",
        empty=samples.rss(""),
        full=samples.FULL_PAGE,
        full_count=50,
        malformed=samples.FULL_PAGE[:1500],
        hostile=samples.rss(samples.item(body=html.escape(samples.HOSTILE))),
        undated=samples.rss("<item><title>Sans date</title><pubDate>hier</pubDate></item>"),
    ),
}


@pytest.fixture(params=sorted(kinds()))
def any_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=sorted(kinds().keys() - mail.RECORDED.keys()))
def kind(request: pytest.FixtureRequest) -> str:
    """One that reads the web."""
    return str(request.param)


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = RedirectedClient(loopback)
    yield client
    client.close()


def asked_at(kind: str, loopback: LoopbackServer, answer: Reply | bytes) -> Source:
    """A source of this kind with the question it would put to the network, answered by our own server."""
    recorded = RECORDED[kind]
    if recorded.login is not None:
        loopback.add(recorded.path or "*", answer)
        for path, other in recorded.around.items():
            loopback.add(path, other)
        return Source(1, kind, recorded.address, "", fields=recorded.fields, account_id=1)
    url = loopback.add("/source", answer)
    question = urlsplit(recorded.address).query
    return Source(1, kind, f"{url}?{question}" if question else url, "")


def answers_to(
    source: Source, cursor: str, http: HttpClient, cancel: CancelToken | None = None
) -> Answers:
    """What the network says, to a stranger or to the account."""
    kind, login = kinds()[source.kind], RECORDED[source.kind].login
    cancel = cancel or CancelToken()
    if isinstance(kind, AccountKind):
        assert login is not None
        access = samples.access(login)
        return kind.fetch_as(source, cursor, access, http, samples.NOW, cancel)
    return kind.fetch(source, cursor, http, samples.NOW, cancel)


def fetch(
    kind: str, http: HttpClient, loopback: LoopbackServer, answer: Reply | bytes, cursor: str = ""
) -> FetchResult:
    source = asked_at(kind, loopback, answer)
    answers = answers_to(source, cursor, http)
    # As it may reach another process.
    packed = pickle.dumps((source, cursor, answers, samples.NOW))
    assert b"SECRET" not in packed
    result = kinds()[kind].read(*pickle.loads(packed))  # noqa: S301 # our own
    assert "SECRET" not in result.cursor
    return pickle.loads(pickle.dumps(result))  # type: ignore[no-any-return]  # noqa: S301 # our own


def check(post: Post) -> None:
    """What the rest of the program relies on."""
    assert post.native_id
    assert post.full_text
    assert len(post.text) <= MAX_TEXT
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", post.full_text
    )
    assert post.url == "" or post.url.startswith(("http://", "https://", "mailto:"))
    assert post.published is None or post.published.utcoffset() == timedelta()
    assert post.published is None or post.published <= samples.NOW + timedelta(days=1)


def test_every_kind_has_recorded_answers(any_kind: str) -> None:
    assert any_kind in RECORDED
    info = kinds()[any_kind].info
    assert info.kind == any_kind
    assert info.default_interval >= info.min_interval > 0
    reads_as = isinstance(kinds()[any_kind], AccountKind)
    assert info.needs_account == reads_as
    assert (RECORDED[any_kind].login is not None) == reads_as
    assert [field.key for field in info.fields if field.account] == [ACCOUNT] * reads_as
    if login := RECORDED[any_kind].login:
        assert info.network == login.account.network
        assert RECORDED[any_kind].address.endswith(f"#{login.account.label}")
        assert any("SECRET" in value for value in login.secret.values())


def test_the_form_makes_the_address_and_the_address_the_form(any_kind: str) -> None:
    recorded = RECORDED[any_kind]
    known = kinds()[any_kind]
    assert known.address_of(recorded.fields) == recorded.address
    keys = {field.key for field in known.info.fields}
    assert set(recorded.fields) <= keys
    for url, fields in recorded.pages.items():
        assert known.fields_of(url) == fields
        chosen = {key: answer for key, answer in recorded.fields.items() if key == ACCOUNT}
        assert known.address_of({**chosen, **fields})
    assert known.fields_of("https://example.org/somewhere?q=1") is None
    for odd in ("", "x", "http://[", "mailto:a@b.example"):
        assert known.fields_of(odd) is None


def test_an_empty_form_says_what_is_missing(any_kind: str) -> None:
    with pytest.raises(BadInput):
        kinds()[any_kind].address_of({})


def test_what_is_offered_can_be_asked(any_kind: str) -> None:
    for wanted in (
        Wanted("Café Lumen", ("fr", "en"), "CA"),
        Wanted("Moka & Co", ("de",)),
        Wanted("x" * 300, ()),
    ):
        for fields in kinds()[any_kind].offers(wanted):
            with contextlib.suppress(BadInput):
                address = kinds()[any_kind].address_of(fields)
                page = kinds()[any_kind].page_of(Source(1, any_kind, address, "", fields=fields))
                assert address.startswith("https://")
                assert page == "" or page.startswith("https://")


def test_a_full_page(kind: str, http: HttpClient, loopback: LoopbackServer) -> None:
    result = fetch(kind, http, loopback, RECORDED[kind].full)
    assert len(result.posts) == RECORDED[kind].full_count
    assert len({post.native_id for post in result.posts}) == len(result.posts)
    dates = [post.published for post in result.posts if post.published]
    assert dates == sorted(dates, reverse=True)
    for post in result.posts:
        check(post)


def test_each_post_has_an_address_of_its_own(
    kind: str, http: HttpClient, loopback: LoopbackServer
) -> None:
    """Short texts at one address are one story: two people's words never may be."""
    posts = fetch(kind, http, loopback, RECORDED[kind].full).posts
    addresses = [post.url for post in posts if post.url]
    assert len(set(addresses)) == len(addresses)


def test_the_same_again_brings_the_same_or_nothing(
    kind: str, http: HttpClient, loopback: LoopbackServer
) -> None:
    first = fetch(kind, http, loopback, RECORDED[kind].full)
    again = fetch(kind, http, loopback, RECORDED[kind].full, first.cursor)
    assert again.not_modified or again.posts == first.posts
    assert not (again.not_modified and again.posts)


def test_a_damaged_cursor_means_from_the_start(
    kind: str, http: HttpClient, loopback: LoopbackServer
) -> None:
    for cursor in ("{", "null", "[]", '{"v":0}', '{"v":1}', "x"):
        result = fetch(kind, http, loopback, RECORDED[kind].full, cursor)
        assert len(result.posts) == RECORDED[kind].full_count


def test_nothing_there(kind: str, http: HttpClient, loopback: LoopbackServer) -> None:
    assert fetch(kind, http, loopback, RECORDED[kind].empty).posts == ()


def test_malformed_answers_bring_posts_or_a_sentence(
    kind: str, http: HttpClient, loopback: LoopbackServer
) -> None:
    for answer in (RECORDED[kind].malformed, b"", b"\x00\xff", b"<", b"{", b"[" * 100_000, b"{}"):
        with contextlib.suppress(SourceError):
            for post in fetch(kind, http, loopback, answer).posts:
                check(post)


def test_hostile_markup_becomes_words(
    kind: str, http: HttpClient, loopback: LoopbackServer
) -> None:
    (post,) = fetch(kind, http, loopback, RECORDED[kind].hostile).posts
    check(post)
    assert "Bonjour Marque" in post.text
    assert "fin" in post.text
    for trace in ("<", "steal", "alert", "javascript", "display", "evil.example"):
        assert trace not in post.text


def test_a_missing_date_is_none(kind: str, http: HttpClient, loopback: LoopbackServer) -> None:
    posts = fetch(kind, http, loopback, RECORDED[kind].undated).posts
    assert [post.published for post in posts] == [None]


@pytest.mark.parametrize("status", [429, 503])
def test_rate_limits_hold_back_the_whole_host(
    kind: str, http: HttpClient, loopback: LoopbackServer, status: int
) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(kind, http, loopback, routes.too_many("120", status))
    error = caught.value
    assert (error.action, error.whole_host, error.status) == (Action.RETRY, True, status)
    assert error.retry_at == samples.NOW + timedelta(seconds=120)


@pytest.mark.parametrize(
    ("status", "action"),
    [
        (401, Action.PAUSE),
        (403, Action.RETRY),
        (404, Action.RETRY),
        (410, Action.DISABLE),
        (500, Action.RETRY),
    ],
)
def test_refusals(
    kind: str, http: HttpClient, loopback: LoopbackServer, status: int, action: Action
) -> None:
    if status == 401 and RECORDED[kind].login:
        with pytest.raises(NotLoggedIn) as refused:
            fetch(kind, http, loopback, Reply(status))
        assert str(refused.value.hint)
        return
    with pytest.raises(SourceError) as caught:
        fetch(kind, http, loopback, Reply(status))
    assert (caught.value.action, caught.value.status) == (action, status)
    assert not caught.value.whole_host


def test_cancel_is_heard(kind: str, http: HttpClient, loopback: LoopbackServer) -> None:
    token = CancelToken()
    token.cancel()
    source = asked_at(kind, loopback, routes.hang())
    with pytest.raises(Cancelled):
        answers_to(source, "", http, token)
