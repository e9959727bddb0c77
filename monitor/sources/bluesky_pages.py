"""Where the reading of Bluesky stands, its pages, and the posts that are looked at again.

`since` is the newest moment up to which everything was read; `seen` are the uris of the newest posts ->
how often in a row the network did not show them any more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from monitor.infra.http import HttpResponse
from monitor.sources.api_answers import Json, moment, number, objects, peek, string
from monitor.sources.bluesky_account import Ask, method_of

PAGE = 100
MOST_PAGES = 10
OVERLAP = timedelta(minutes=10)
"""How late the network may show a post."""
POSTS = "app.bsky.feed.getPosts"
PROFILES = "app.bsky.actor.getProfiles"

_MOST_SEEN = 100
_BATCH = 25
_MOST_BATCHES = 4
_LONGEST_MARK = 1000
_LONGEST_NAME = 300
_MISSED = 2  # in a row: once may be a fault of the network's own


@dataclass(frozen=True, slots=True)
class Known:
    since: datetime | None = None
    seen: Mapping[str, int] = field(default_factory=dict)


def pages(
    ask: Callable[[str], HttpResponse], list_: str, known: Known, now: datetime
) -> list[HttpResponse]:
    """The newest page, and older ones back to what was read; `ask` is given the page's mark."""
    answers, met = [ask("")], set[str]()
    while known.since and len(answers) < MOST_PAGES and goes_on(answers[-1], list_, known, now):
        found = peek(answers[-1])
        new = set(uris(found, list_)) - met
        if not new:
            break
        met |= new
        answers.append(ask(string(found, "cursor")))
    return answers


def goes_on(answer: HttpResponse, list_: str, known: Known, now: datetime) -> bool:
    """Whether there is an older page with something that may not have been read."""
    found = peek(answer)
    mark = string(found, "cursor")
    dates = [moment(one, "indexedAt", now=now) for one in objects(found, list_)]
    oldest = min((date for date in dates if date), default=None)
    if not _askable(mark, _LONGEST_MARK) or oldest is None or known.since is None:
        return False
    return oldest > known.since - OVERLAP


def uris(found: Any, list_: str) -> list[str]:
    return [string(one, "uri") for one in objects(found, list_) if string(one, "uri")]


def ask_again(
    ask: Ask, bare: Sequence[str], known: Known, authors: Iterable[str], met: Collection[str] = ()
) -> list[HttpResponse]:
    """How posts stand now: the `bare` ones, and as many of the seen as fit into one question, but those
    that were `met` whole. And how many follow the authors (dids)."""
    bare = [uri for uri in bare if _askable(uri)]
    later = [uri for uri in known.seen if uri not in bare and uri not in met]
    answers = [
        ask(POSTS, [("uris", uri) for uri in batch])
        for batch in (*_batches(bare), later[:_BATCH])
        if batch
    ]
    for batch in _batches(list(dict.fromkeys(did for did in authors if _askable(did)))):
        answers.append(ask(PROFILES, [("actors", did) for did in batch]))
    return answers


def _batches(of: Sequence[str]) -> list[Sequence[str]]:
    return [of[at : at + _BATCH] for at in range(0, min(len(of), _BATCH * _MOST_BATCHES), _BATCH)]


def followers_in(answers: Iterable[HttpResponse]) -> dict[str, int]:
    """did -> followers."""
    found = {}
    for answer in answers:
        if method_of(answer) == PROFILES:
            for profile in objects(peek(answer), "profiles"):
                count = number(profile, "followersCount")
                if count is not None and count >= 0:
                    found[string(profile, "did")] = count
    return found


def looked_at(answers: Iterable[HttpResponse]) -> tuple[dict[str, Json], set[str]]:
    """The posts as they stand now by their uris, and the uris the network does not show any more."""
    there: dict[str, Json] = {}
    asked: set[str] = set()
    for answer in answers:
        found = peek(answer) if method_of(answer) == POSTS else None
        if isinstance(found, dict) and isinstance(found.get("posts"), list):
            asked |= set(parse_qs(urlsplit(answer.url).query).get("uris", []))
            there |= {string(one, "uri"): one for one in objects(found, "posts")}
    return {uri: there[uri] for uri in asked if uri in there}, asked - there.keys()


def after(
    known: Known, since: datetime | None, met: Iterable[str], there: Iterable[str], lost: set[str]
) -> tuple[Known, tuple[str, ...]]:
    """What is known then, and the posts that are gone. Lost ones are asked for first next time, those
    that were looked at last."""
    misses = {uri: known.seen.get(uri, 0) + 1 for uri in lost if uri in known.seen}
    gone = tuple(uri for uri, count in misses.items() if count >= _MISSED)
    looked, whole = set(there), [*known.seen, *(uri for uri in met if _askable(uri))]
    waiting = [uri for uri in whole if uri not in looked and uri not in lost]
    order = dict.fromkeys((*misses, *waiting, *(uri for uri in whole if uri in looked)))
    kept = set(sorted(order, key=_age, reverse=True)[:_MOST_SEEN]) - set(gone)
    return Known(since, {uri: misses.get(uri, 0) for uri in order if uri in kept}), gone


def _askable(name: str, longest: int = _LONGEST_NAME) -> bool:
    """Whether it can stand in an address."""
    return 0 < len(name) <= longest and name.isascii() and name.isprintable()


def _age(uri: str) -> str:
    """Keys of records are made from the time: later ones are greater."""
    return uri.rpartition("/")[2]


def read_cursor(stored: str) -> Known:
    """An empty one for "" and for everything this version did not write."""
    try:
        values = json.loads(stored)
        if values["v"] != 1:
            return Known()
        since = datetime.fromisoformat(values["since"]) if values["since"] else None
        seen = {str(uri): int(count) for uri, count in values["seen"].items()}
        return Known(since if since and since.tzinfo else None, seen)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return Known()


def write_cursor(known: Known) -> str:
    values = {
        "v": 1,
        "since": known.since.isoformat() if known.since else "",
        "seen": dict(known.seen),
    }
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False)
