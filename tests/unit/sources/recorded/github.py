"""GitHub's search for issues, and lists of one repository: the recorded shape, our own words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

_NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def at(number: int) -> str:
    return (_NOON - timedelta(minutes=number)).isoformat().replace("+00:00", "Z")


def issue(number: int, site: str = "https://api.github.com", **changed: Any) -> dict[str, Any]:
    place = 10_000 - number
    found: dict[str, Any] = {
        "url": f"{site}/repos/lumen/sdk/issues/{place}",
        "comments_url": f"{site}/repos/lumen/sdk/issues/{place}/comments",
        "html_url": f"https://github.com/lumen/sdk/issues/{place}",
        "id": 1_308_970_000 - number,
        "number": place,
        "title": f"Marque SDK crashes, case {number}",
        "user": {"login": "lea", "html_url": "https://github.com/lea", "type": "User"},
        "state": "open",
        "locked": False,
        "comments": 0,
        "created_at": at(number),
        "updated_at": at(number),
        "body": "It **always** fails.\r\n\r\n- on Linux",
        "reactions": {"total_count": 3, "+1": 2, "-1": 1},
        "score": 1.0,
    }
    return found | changed


def comment(number: int, below: int, **changed: Any) -> dict[str, Any]:
    place = 10_000 - below
    id_ = 1_188_440_000 - number
    found: dict[str, Any] = {
        "html_url": f"https://github.com/lumen/sdk/issues/{place}#issuecomment-{id_}",
        "issue_url": f"https://api.github.com/repos/lumen/sdk/issues/{place}",
        "id": id_,
        "user": {"login": "bob", "html_url": "https://github.com/bob", "type": "User"},
        "created_at": at(number),
        "updated_at": at(number),
        "body": f"Marque is no better, case {number}",
        "reactions": {"total_count": 0, "+1": 0, "-1": 0},
    }
    return found | changed


def page(*issues: dict[str, Any], **changed: Any) -> bytes:
    found = {"total_count": len(issues), "incomplete_results": False, "items": issues}
    return json.dumps(found | changed).encode()


RECORDED = Recorded(
    fields={"words": "Café Lumen", "repository": "lumen/sdk"},
    address="https://api.github.com/search/issues?q=%22Caf%C3%A9+Lumen%22+in%3Atitle%2Cbody%2Ccomments"
    "+is%3Aissue+repo%3Alumen%2Fsdk&sort=updated&order=desc&per_page=100",
    empty=page(),
    full=page(*map(issue, range(100))),
    full_count=100,
    malformed=page(issue(1))[:200],
    hostile=page(issue(1, body=samples.HOSTILE)),
    undated=page(issue(1, created_at=None, updated_at=None)),
    pages={
        "https://github.com/search?q=%22Moka%22+in%3Atitle&type=issues": {"words": "Moka"},
        "https://github.com/lumen/sdk/issues?q=is%3Aopen": {"repository": "lumen/sdk"},
        "https://api.github.com/repos/lumen/sdk/issues?state=all": {"repository": "lumen/sdk"},
        "https://api.github.com/search/issues?q=%22Caf%C3%A9+Lumen%22+is%3Aissue+repo%3Alumen%2Fsdk": {
            "words": "Café Lumen",
            "repository": "lumen/sdk",
        },
    },
)
