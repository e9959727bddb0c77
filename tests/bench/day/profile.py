"""The forty sources of the day, and the limits their networks publish. Pure data.

The figures stand in the sheets of the networks' interfaces (July 2026); each limit names its sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.bench.day.account_profile import HOSTS, account_limits_of
from tests.bench.day.limit import Limit
from tests.bench.day.streams import Plan
from tests.bench.day.words import BRANDS

_POLITE = (Limit(60, 60, "our own manners: one request a second"),)

LIMITS: Mapping[str, tuple[Limit, ...]] = {
    "hn.algolia.com": (Limit(10_000, 3600, "hackernews: 10,000 an hour and address"),),
    "mastodon.social": (
        Limit(300, 300, "mastodon: 300 in five minutes and address"),
        Limit(300, 900, "mastodon: 300 paging requests in fifteen minutes", "/api/v1/timelines"),
    ),
    "piaille.example": (Limit(300, 300, "mastodon: 300 in five minutes and address"),),
    "lemmy.world": (Limit(60, 600, "lemmy: 60 searches in ten minutes"),),
    "api.stackexchange.com": (Limit(300, 86_400, "stackexchange: 300 a day without a key"),),
    "forum.zorbex.example": (
        Limit(8, 60, "discourse: about 8 searches a minute", "/search"),
        Limit(200, 60, "discourse: 200 a minute"),
    ),
    "forum.open.example": (Limit(200, 60, "discourse: 200 a minute"),),
    "api.github.com": (
        Limit(10, 60, "github-issues: 10 searches a minute without a token", "/search"),
        Limit(60, 3600, "github-issues: 60 an hour without a token", "/", "/search"),
    ),
    "itunes.apple.com": (Limit(20, 60, "appstore-reviews: about 20 calls a minute"),),
    "news.google.com": (Limit(6, 60, "news-rss: one request in ten seconds"),),
    "www.reddit.com": (Limit(1, 60, "reddit: one feed a minute and address", "/", "/api/v1"),),
    "www.google.com": (Limit(6, 60, "news-rss: one request in ten seconds"),),
    "www.bing.com": (Limit(12, 60, "news-rss: one request in five seconds"),),
}


def limits_of(host: str) -> tuple[Limit, ...]:
    """Of all requests to it, or of one account's, which is written behind it."""
    name, _, account = host.partition(" ")
    return account_limits_of(name) if account else {**LIMITS, **HOSTS}.get(host, _POLITE)


def forty() -> list[Plan]:
    """Several of a kind at one host where its limit is low."""
    zorbex, quintala, marvolin, tresodan, pellivar = BRANDS
    return [
        *(_feed("presse.example", n, BRANDS[n]) for n in range(3)),
        _feed("journal.example", 3, BRANDS[3]),
        _reddit(zorbex, ""),
        _reddit(quintala, "france"),
        *(
            _google_news(name, place)
            for name, place in zip(BRANDS, ("fr-FR", "en-GB", "de-DE"), strict=False)
        ),
        *(_bing(name) for name in (zorbex, quintala)),
        *(_alert(n, BRANDS[n]) for n in range(2)),
        *(_hacker_news(name) for name in (zorbex, quintala, marvolin)),
        _tag(zorbex, "mastodon.social", 200, burst=130),
        *(_tag(name, "mastodon.social", 60) for name in (quintala, marvolin, tresodan)),
        _tag(zorbex, "piaille.example", 80),
        *(_lemmy(name) for name in (zorbex, pellivar)),
        *(
            _stack(name, site)
            for name, site in (
                (zorbex, "stackoverflow"),
                (zorbex, "superuser"),
                (quintala, "stackoverflow"),
                (marvolin, "cooking"),
            )
        ),
        *(_forum_search(name) for name in (zorbex, quintala)),
        _forum_newest(),
        *(_github_search(name) for name in (zorbex, quintala)),
        *(_github_repository(name) for name in (marvolin, tresodan)),
        *(_channel(n, BRANDS[n]) for n in range(2)),
        *(_blog(n, BRANDS[n]) for n in range(2)),
        *(_app(country, name) for country, name in (("fr", zorbex), ("gb", quintala))),
    ]


def crowded() -> list[Plan]:
    """Forty busy sources at six hosts that publish limits."""
    return [
        *(_stack(name, site) for name in BRANDS for site in ("stackoverflow", "superuser")),
        *(_github_search(name) for name in BRANDS),
        *(_github_repository(name) for name in BRANDS),
        *(_lemmy(name) for name in BRANDS),
        *(_tag(name, "mastodon.social", 300, burst=200) for name in BRANDS),
        *(_hacker_news(name) for name in BRANDS),
        *(_reddit(name, "") for name in BRANDS),
    ]


def eight() -> list[Plan]:
    """One of each sort, where the pages and the limits differ most."""
    zorbex, quintala, *_ = BRANDS
    return [
        _feed("presse.example", 0, zorbex),
        _google_news(zorbex, "fr-FR"),
        _hacker_news(quintala),
        _tag(zorbex, "mastodon.social", 600, burst=90),
        _lemmy(zorbex),
        _stack(zorbex, "stackoverflow"),
        _forum_newest(),
        _github_search(zorbex),
    ]


def _feed(host: str, number: int, brand: str) -> Plan:
    path = f"/flux/{number}"
    return Plan("feed", host, brand, {"address": f"https://{host}{path}"}, (path,), 40, 0.4)


def _google_news(brand: str, edition: str) -> Plan:
    fields = {"words": brand, "edition": edition}
    return Plan("googlenews", "news.google.com", brand, fields, (brand,), 20)


def _bing(brand: str) -> Plan:
    fields = {"words": brand, "edition": "fr-FR"}
    return Plan("bingnews", "www.bing.com", brand, fields, (brand,), 16)


def _alert(number: int, brand: str) -> Plan:
    path = f"/alerts/feeds/0123456789/98765432{number}"
    fields = {"address": f"https://www.google.com{path}"}
    return Plan("googlealerts", "www.google.com", brand, fields, (path,), 24)


def _reddit(brand: str, community: str) -> Plan:
    fields = {"words": brand, "subreddit": community}
    return Plan("reddit", "www.reddit.com", brand, fields, (brand,), 60, burst=60)


def _hacker_news(brand: str) -> Plan:
    return Plan("hackernews", "hn.algolia.com", brand, {"words": brand}, (brand,), 60, burst=120)


def _tag(brand: str, server: str, a_day: int, burst: int = 0) -> Plan:
    fields = {"tag": brand, "server": server}
    keys = (f"/tag/{brand.lower()}?",)
    return Plan("mastodon-tag", server, brand, fields, keys, a_day, burst=burst)


def _lemmy(brand: str) -> Plan:
    fields = {"words": brand, "server": "lemmy.world"}
    return Plan("lemmy", "lemmy.world", brand, fields, (brand,), 50, burst=60)


def _stack(brand: str, site: str) -> Plan:
    fields = {"words": brand, "site": site}
    keys = (f'"{brand}"', f"site={site}&")
    return Plan("stackexchange", "api.stackexchange.com", brand, fields, keys, 20)


def _forum_search(brand: str) -> Plan:
    host = "forum.zorbex.example"
    fields = {"server": f"https://{host}", "words": brand}
    return Plan("discourse", host, brand, fields, (brand,), 60)


def _forum_newest() -> Plan:
    host, brand = "forum.open.example", BRANDS[2]
    fields = {"server": f"https://{host}", "words": ""}
    return Plan("discourse", host, brand, fields, ("/posts.json",), 400, 0.2, dense=True)


def _github_search(brand: str) -> Plan:
    keys = (f'"{brand}"',)
    return Plan("github-issues", "api.github.com", brand, {"words": brand}, keys, 240)


def _github_repository(brand: str) -> Plan:
    repository = f"lumen/{brand.lower()}"
    keys = (f"/repos/{repository}/",)
    return Plan("github-issues", "api.github.com", brand, {"repository": repository}, keys, 60, 0.4)


def _channel(number: int, brand: str) -> Plan:
    channel = f"UCabcdefghijklmnopqrst{number:02}"
    return Plan(
        "youtube-channel", "www.youtube.com", brand, {"channel": channel}, (channel,), 6, 0.4
    )


def _blog(number: int, brand: str) -> Plan:
    host = f"blog{number}.example"
    return Plan("wordpress", host, brand, {"address": f"https://{host}"}, (), 40, 0.4)


def _app(country: str, brand: str) -> Plan:
    fields = {"app": "123456789", "country": country}
    return Plan("appstore", "itunes.apple.com", brand, fields, (f"/{country}/",), 60, 0.4)
