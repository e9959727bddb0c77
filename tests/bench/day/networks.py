"""How each network of the day shows what was said: its pages, its errors, its words of limits. Pure.

The shapes are those of the recorded answers. Feeds are in feeds.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from tests.bench.day import feeds
from tests.bench.day.asked import JSON, Asked, iso
from tests.bench.day.streams import Said
from tests.support.loopback import Reply
from tests.unit.sources.recorded import (
    appstore,
    discourse,
    github,
    hackernews,
    lemmy,
    mastodon_tag,
    stackexchange,
)

Player = Callable[[Asked], Reply]


def hacker_news(asked: Asked) -> Reply:
    since = int(asked.query.get("numericFilters", "created_at_i>0").partition(">")[2])
    indexed = asked.plan.shown(asked.now - timedelta(minutes=2))
    found = [one for one in indexed if one.at.timestamp() > since]
    size = int(asked.query["hitsPerPage"])
    first = int(asked.query["page"]) * size
    hits = [
        hackernews.hit(
            0,
            objectID=str(one.number),
            created_at_i=int(one.at.timestamp()),
            created_at=iso(one.at),
            comment_text=one.text(asked.now),
        )
        for one in found[first : first + size]
    ]
    return Reply(200, JSON, hackernews.page(*hits))


def mastodon(asked: Asked) -> Reply:
    headers = JSON | {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": str(asked.left),
        "X-RateLimit-Reset": iso(asked.now + timedelta(minutes=5)),
    }
    if single := re.search(r"/statuses/(\d+)$", asked.path):
        known = {one.number: one for plan in asked.host_plans for one in plan.shown(asked.now)}
        found = known.get(int(single[1]))
        if found is None:
            return Reply(404, headers, b'{"error":"Record not found"}')
        return Reply(200, headers, json.dumps(_status(found, asked.now)).encode())
    shown = asked.plan.shown(asked.now)
    if after := asked.query.get("min_id"):
        newer = [one for one in shown if one.number > int(after)]
        shown = newer[-40:]
    page = shown[:40]
    if page:
        address = f"https://{asked.host}{asked.path}?limit=40&min_id={page[0].number}"
        headers["Link"] = f'<{address}>; rel="prev"'
    return Reply(200, headers, mastodon_tag.page(*(_status(one, asked.now) for one in page)))


def _status(one: Said, now: datetime) -> dict[str, object]:
    edited = one.edited is not None and one.edited <= now
    return mastodon_tag.status(
        0,
        id=str(one.number),
        created_at=iso(one.at),
        edited_at=iso(one.edited) if edited and one.edited else None,
        uri=f"https://autre.example/users/ana/statuses/{one.number}",
        url=f"https://autre.example/@ana/{one.number}",
        content=f"<p>{one.text(now)}</p>",
    )


def lemmy_search(asked: Asked) -> Reply:
    first = (int(asked.query["page"]) - 1) * 50
    views = [
        lemmy.comment(
            0,
            id=one.number,
            content=one.text(asked.now),
            published=iso(one.at),
            ap_id=f"https://{asked.host}/comment/{one.number}",
        )
        for one in asked.plan.shown(asked.now)[first : first + 50]
    ]
    return Reply(200, JSON, lemmy.page(*views))


def stack_exchange(asked: Asked) -> Reply:
    changed = {"quota_remaining": max(0, asked.left)}
    if named := re.search(r"/posts/([\d;]+)$", asked.path):
        wanted = {int(id_) for id_ in named[1].split(";")}
        shown = [one for plan in asked.host_plans for one in plan.shown(asked.now)]
        whole = [
            stackexchange.whole(
                0,
                post_id=one.number,
                creation_date=int(one.at.timestamp()),
                link=f"https://stackoverflow.com/q/{one.number}",
                body=f"<p>{one.text(asked.now)}</p>",
            )
            for one in shown
            if one.number in wanted
        ]
        return Reply(200, JSON, stackexchange.page(*whole, **changed))
    since, page = int(asked.query.get("fromdate", "0")), int(asked.query["page"])
    found = [one for one in asked.plan.shown(asked.now) if one.at.timestamp() >= since]
    hits = [
        stackexchange.hit(
            1,
            question_id=one.number,
            creation_date=int(one.at.timestamp()),
            title=one.text(asked.now),
            body=one.text(asked.now),
            excerpt=one.text(asked.now),
        )
        for one in found[(page - 1) * 100 : page * 100]
    ]
    more = len(found) > page * 100
    return Reply(200, JSON, stackexchange.page(*hits, has_more=more, **changed))


def discourse_forum(asked: Asked) -> Reply:
    shown = asked.plan.shown(asked.now)
    if asked.path == "/posts.json":
        top = int(asked.query.get("before", str(shown[0].number if shown else 0)))
        window = [one for one in shown if top - 50 < one.number <= top]
        newest = [
            discourse.newest(
                0, id=one.number, created_at=iso(one.at), cooked=f"<p>{one.text(asked.now)}</p>"
            )
            for one in window
        ]
        return Reply(200, JSON, discourse.newest_page(*newest))
    page = int(asked.query["page"])
    hits = [
        discourse.hit(1, id=one.number, created_at=iso(one.at), blurb=one.text(asked.now))
        for one in shown[(page - 1) * 50 : page * 50]
    ]
    return Reply(200, JSON, discourse.page(*hits, more=len(shown) > page * 50))


def github_issues(asked: Asked) -> Reply:
    hour = asked.now.replace(minute=0, second=0) + timedelta(hours=1)
    minute = asked.now.replace(second=0) + timedelta(minutes=1)
    search = asked.path == "/search/issues"
    headers = JSON | {
        "X-RateLimit-Limit": "10" if search else "60",
        "X-RateLimit-Remaining": str(max(0, asked.left)),
        "X-RateLimit-Reset": str(int((minute if search else hour).timestamp())),
    }
    if asked.left < 0:
        return Reply(403, headers, b'{"message":"API rate limit exceeded for 198.51.100.7."}')
    everything = [one for plan in asked.host_plans for one in plan.shown(asked.now)]
    since = asked.query.get("since", "")
    if one_issue := re.search(r"/issues/(\d+)/comments$", asked.path):
        below = [one for one in everything if one.below == int(one_issue[1])]
        return Reply(200, headers, _listed(_comment(one, asked) for one in below))
    shown = asked.plan.shown(asked.now)
    if asked.path.endswith("/issues/comments"):
        found = [one for one in shown if one.below]
        return _pages(asked, headers, [_comment(one, asked) for one in found], since)
    issues = [_issue(one, shown, asked) for one in shown if not one.below]
    if since_said := re.search(r"updated:>=(\S+)", asked.query.get("q", "")):
        since = since_said[1]
    return _pages(asked, headers, issues, since)


def _issue(one: Said, shown: Sequence[Said], asked: Asked) -> dict[str, object]:
    comments = [other for other in shown if other.below == one.number]
    touched = max([one.at, *(other.at for other in comments)])
    if one.edited is not None and one.edited <= asked.now:
        touched = max(touched, one.edited)
    place = f"repos/lumen/sdk/issues/{one.number}"
    return github.issue(0) | {
        "id": one.number,
        "number": one.number,
        "url": f"https://api.github.com/{place}",
        "comments_url": f"https://api.github.com/{place}/comments",
        "html_url": f"https://github.com/lumen/sdk/issues/{one.number}",
        "title": f"Case {one.number}",
        "body": one.text(asked.now),
        "comments": len(comments),
        "created_at": iso(one.at),
        "updated_at": iso(touched),
    }


def _comment(one: Said, asked: Asked) -> dict[str, object]:
    return github.comment(
        0,
        0,
        id=one.number,
        html_url=f"https://github.com/lumen/sdk/issues/{one.below}#issuecomment-{one.number}",
        issue_url=f"https://api.github.com/repos/lumen/sdk/issues/{one.below}",
        created_at=iso(one.at),
        updated_at=iso(one.at),
        body=one.text(asked.now),
    )


def _pages(
    asked: Asked, headers: Mapping[str, str], found: list[dict[str, object]], since: str
) -> Reply:
    newer = [one for one in found if str(one["updated_at"]) >= since]
    newer.sort(key=lambda one: str(one["updated_at"]), reverse=True)
    page = int(asked.query.get("page", "1"))
    part = newer[(page - 1) * 100 : page * 100]
    if len(newer) > page * 100:
        question = urlencode({**asked.query, "page": page + 1})
        address = f"https://{asked.host}{asked.path}?{question}"
        headers = {**headers, "Link": f'<{address}>; rel="next"'}
    body = github.page(*part) if asked.path == "/search/issues" else _listed(part)
    return Reply(200, headers, body)


def _listed(found: object) -> bytes:
    return json.dumps(list(found)).encode()  # type: ignore[call-overload] # any iterable of objects


def app_store(asked: Asked) -> Reply:
    page = re.search(r"/page=(\d+)/", asked.path)
    first = (int(page[1]) - 1) * 50 if page else 0
    reviews = []
    for one in asked.plan.shown(asked.now)[first : first + 50]:
        review = appstore.review(body=one.text(asked.now), updated=iso(one.at))
        reviews.append(review | {"id": {"label": str(one.number)}})
    return Reply(200, JSON, appstore.page(*reviews))


PLAYERS: Mapping[str, Player] = {
    "appstore": app_store,
    "bingnews": feeds.bing_news,
    "discourse": discourse_forum,
    "feed": feeds.feed,
    "github-issues": github_issues,
    "googlealerts": feeds.google_alerts,
    "googlenews": feeds.google_news,
    "hackernews": hacker_news,
    "lemmy": lemmy_search,
    "mastodon-tag": mastodon,
    "reddit": feeds.reddit_search,
    "stackexchange": stack_exchange,
    "wordpress": feeds.wordpress_comments,
    "youtube-channel": feeds.youtube,
}


# -- refusals ---------------------------------------------------------------------------------
def too_many(kind: str, now: datetime) -> Reply:
    """The network says that it was asked too often, in its own way."""
    soon = now + timedelta(minutes=5)
    if kind in ("mastodon-tag", "mastodon"):
        headers = JSON | {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": iso(soon)}
        return Reply(429, headers, b'{"error":"Too many requests"}')
    if kind == "github-issues":
        headers = JSON | {"Retry-After": "60"}
        words = b'{"message":"You have exceeded a secondary rate limit."}'
        return Reply(403, headers, words)
    if kind == "stackexchange":
        words = (
            b'{"error_id":502,"error_name":"throttle_violation","error_message":'
            b'"too many requests from this IP, more requests available in 600 seconds"}'
        )
        return Reply(400, JSON, words)
    if kind == "lemmy":
        return Reply(400, JSON, b'{"error":"rate_limit_error"}')
    if kind == "discourse":
        words = b'{"errors":["slow down"],"error_type":"rate_limit","extras":{"wait_seconds":42}}'
        return Reply(429, JSON | {"Retry-After": "42"}, words)
    if kind == "bluesky":
        headers = JSON | {"RateLimit-Remaining": "0", "RateLimit-Reset": str(int(soon.timestamp()))}
        return Reply(429, headers, b'{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}')
    if kind in ("facebook", "instagram"):
        use = {"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 5}
        headers = JSON | {"X-Business-Use-Case-Usage": json.dumps({"77": [use]})}
        error = b'{"error":{"message":"(#80001) too many calls","code":80001,"is_transient":true}}'
        return Reply(400, headers, error)
    if kind in ("youtube", "googleplay", "googlebusiness"):
        told = {"code": 429, "message": "Quota exceeded", "status": "RESOURCE_EXHAUSTED"}
        reasons = [{"domain": "usageLimits", "reason": "rateLimitExceeded"}]
        return Reply(429, JSON, json.dumps({"error": told | {"errors": reasons}}).encode())
    if kind == "x":
        headers = JSON | {
            "x-rate-limit-remaining": "0",
            "x-rate-limit-reset": str(int(soon.timestamp())),
        }
        return Reply(
            429, headers, b'{"title":"Too Many Requests","status":429,"type":"about:blank"}'
        )
    if kind in ("reddit", "googlenews", "googlealerts", "hackernews", "appstore", "bingnews"):
        return Reply(
            429, {"Content-Type": "text/html"}, b"<html><body>unusual traffic</body></html>"
        )
    return Reply(429, {"Retry-After": "120"}, b"slow down")
