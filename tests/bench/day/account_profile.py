"""Forty sources that are read with twenty-six accounts, and what their networks allow. Pure data.

The figures stand in the sheets of the networks' interfaces (July 2026); each limit names its sheet. Most
count each account for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from tests.bench.day.limit import Limit
from tests.bench.day.streams import Plan
from tests.bench.day.words import BRANDS

_MASTODON = (Limit(300, 300, "mastodon: 300 in five minutes and token"),)
_BLUESKY = (Limit(3000, 300, "bluesky: 3,000 in five minutes and address"),)

HOSTS: Mapping[str, tuple[Limit, ...]] = {
    "toot.example": _MASTODON,
    "one.example": _BLUESKY,
    "two.example": _BLUESKY,
    "www.googleapis.com": (
        Limit(10_000, 86_400, "youtube: 10,000 units a day for a project, one each"),
        Limit(100, 86_400, "youtube: 100 searches a day", "/youtube/v3/search"),
    ),
    "mybusiness.googleapis.com": (Limit(300, 60, "google-business-profile: 300 a minute"),),
    "oauth.reddit.com": (Limit(1000, 600, "reddit: 100 a minute, averaged over ten"),),
    "api.x.com": (Limit(450, 900, "x: 450 in a quarter of an hour and project"),),
    "oauth2.googleapis.com": (Limit(60, 60, "our own manners: one request a second"),),
}
_EACH: Mapping[str, tuple[Limit, ...]] = {
    "androidpublisher.googleapis.com": (Limit(200, 3600, "googleplay-reviews: 200 an hour"),),
    "api.x.com": (Limit(300, 900, "x: 300 in a quarter of an hour and person"),),
    "graph.facebook.com": (Limit(4800, 86_400, "facebook-pages: 4,800 a day and active person"),),
    "graph.instagram.com": (Limit(4800, 86_400, "instagram: 4,800 a day at the least"),),
}


def account_limits_of(host: str) -> tuple[Limit, ...]:
    """Of one account's requests."""
    return _EACH.get(host, ())


def with_accounts() -> list[Plan]:
    """Two or three accounts at each network, forty sources; the money of one of them ends."""
    zorbex, quintala, marvolin, *_ = BRANDS
    return [
        *_mastodon("marque@mastodon.social", zorbex, quintala),
        *_mastodon("marque@piaille.example", zorbex, marvolin),
        *_mastodon("marque@toot.example", marvolin, quintala),
        *_bluesky("marque.one.example", zorbex, quintala),
        *_bluesky("marque.two.example", marvolin, zorbex),
        *(_own("facebook-page", f"cafe{name.lower()}", name, 120, 60) for name in BRANDS),
        *(_own("instagram-comments", f"cafe{name.lower()}", name, 120, 60) for name in BRANDS[:3]),
        *(_own("youtube-comments", f"tv{name.lower()}", name, 90, 120) for name in BRANDS[:3]),
        *(
            _own("googleplay-reviews", f"com.example.{name.lower()}", name, 60, 120)
            for name in BRANDS[:3]
        ),
        *(
            _own("googlebusiness-reviews", f"Café {name} ({number})", name, 60, 60)
            for number, name in enumerate(BRANDS[:3])
        ),
        *_reddit("marque", zorbex, quintala),
        *_reddit("autremarque", marvolin),
        _x("marque", zorbex, 80),
        _x("marque", quintala, 60),
        _x("pauvre", marvolin, 200, capped=True),
    ]


def few_with_accounts() -> list[Plan]:
    """One account of each sort."""
    zorbex, quintala, *_ = BRANDS
    return [
        *_mastodon("marque@toot.example", zorbex),
        *_bluesky("marque.one.example", zorbex),
        _own("facebook-page", "cafelumen", quintala, 900, 30),
        _own("instagram-comments", "cafelumen", quintala, 900, 30),
        _own("youtube-comments", "tvlumen", quintala, 600, 60),
        _own("googleplay-reviews", "com.example.lumen", quintala, 600, 60),
        _own("googlebusiness-reviews", "Café (1)", quintala, 600, 60),
        *_reddit("marque", zorbex),
        _x("marque", zorbex, 400),
        _x("pauvre", quintala, 4000, capped=True),
    ]


def network_of(plan: Plan) -> str:
    return plan.kind.partition("-")[0]


def accounts_of(plans: list[Plan]) -> list[tuple[str, str, list[Plan]]]:
    """Network, label and plans of each account."""

    def key(plan: Plan) -> tuple[str, str]:
        return network_of(plan), plan.account

    ordered = sorted((plan for plan in plans if plan.account), key=key)
    return [(*who, list(them)) for who, them in groupby(ordered, key)]


def _mastodon(label: str, *brands: str) -> list[Plan]:
    found = [_search("mastodon-search", label, name, 150, 180) for name in brands]
    return [*found, _own("mastodon-notifications", label, brands[0], 80, 120)]


def _bluesky(label: str, *brands: str) -> list[Plan]:
    found = [_search("bluesky-search", label, name, 200, 300) for name in brands]
    return [*found, _own("bluesky-notifications", label, brands[0], 80, 200)]


def _reddit(label: str, *brands: str) -> list[Plan]:
    found = [_search("reddit-search", label, name, 80, 80) for name in brands]
    return [*found, _own("reddit-inbox", label, brands[0], 40, 120)]


def _x(label: str, brand: str, a_day: int, *, capped: bool = False) -> Plan:
    fields = {"words": brand, "account": label}
    return Plan("x-search", "", brand, fields, (), a_day, account=label, capped=capped)


def _search(kind: str, label: str, brand: str, a_day: int, burst: int) -> Plan:
    fields = {"words": brand, "account": label}
    return Plan(kind, "", brand, fields, (), a_day, burst=burst, account=label)


def _own(kind: str, label: str, brand: str, a_day: int, burst: int) -> Plan:
    """An own place: half of what stands there does not name the brand."""
    fields = {"account": label}
    return Plan(kind, "", brand, fields, (), a_day, 0.5, burst, account=label, own=True)
