"""Every network that sends, on loopback: an account that is logged in, and things it may answer.

What the stand-ins of the networks need to be asked many times is set here once: no limits, no keys against
doubles, and a clock of the test's own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from monitor.infra.cancel import CancelToken
from monitor.model.account import Account, Login
from monitor.networks import facebook, googlebusiness, googleplay, instagram, reddit, youtube
from monitor.networks.bluesky import NETWORK as BLUESKY
from tests.support import (
    bluesky_server,
    discourse_server,
    facebook_server,
    github_server,
    google_auth,
    googlereviews_server,
    instagram_server,
    lemmy_server,
    mastodon_statuses,
    reddit_server,
    youtube_server,
)
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.support.networks import RedirectedClient

Clock = Callable[[], datetime]
Before = Callable[[Request], Reply | None]

ENDLESS = 10**9


@dataclass(frozen=True, slots=True)
class Answerable:
    """`reply_tos` are as sources would tell them, one for each thing to answer."""

    login: Login
    reply_tos: tuple[str, ...]


class WatchedServer(LoopbackServer):
    """`before` may answer a request that changes something in its place; `after` is told of each that was
    let through, with what is going to be answered. `reading` may answer every other request."""

    def __init__(self) -> None:
        super().__init__()
        self.before: Before = lambda _request: None
        self.after: Callable[[Request, Reply], None] = lambda _request, _reply: None
        self.reading: Before = lambda _request: None

    def add(self, path: str, route: Any) -> str:
        if not callable(route):
            return super().add(path, route)

        def watched(request: Request) -> Reply:
            if request.method in ("GET", "HEAD"):
                return self.reading(request) or route(request)
            instead = self.before(request)
            if instead is not None:
                return instead
            reply: Reply = route(request)
            self.after(request, reply)
            return reply

        return super().add(path, watched)


def answerable(network: str, server: LoopbackServer, clock: Clock, count: int) -> Answerable:
    """So many things to answer at this network; none of them takes longer than a minute to appear."""
    login, reply_tos = _MAKERS[network](server, clock, count)
    account = replace(login.account, id=1, network=network, daily_cap=ENDLESS)
    return Answerable(Login(account, login.secret), tuple(reply_tos))


Made = tuple[Login, list[str]]


def _mastodon(server: LoopbackServer, clock: Clock, count: int) -> Made:
    statuses = mastodon_statuses.MastodonStatuses(server)
    statuses.forgetful, statuses.clock = True, clock
    secret = {
        "token": mastodon_statuses.TOKEN,
        "client_id": "client",
        "client_secret": "client-SECRET",
        "id": mastodon_statuses.ME,
    }
    account = Account(0, "mastodon", statuses.host, f"marque@{statuses.host}")
    return Login(account, secret), [statuses.add_parent(10 + one) for one in range(count)]


def _bluesky(server: LoopbackServer, clock: Clock, count: int) -> Made:
    bluesky = bluesky_server.BlueskyServer(server, clock())
    reply_tos = []
    for number in range(count):
        uri = f"at://did:plc:lea/app.bsky.feed.post/3k{number:011}"
        bluesky.posts[uri] = {"uri": uri, "cid": "cid-now", "record": {"text": "En panne"}}
        reply_tos.append(json.dumps({"uri": uri, "cid": "c", "root_uri": "", "root_cid": ""}))
    typed = {"handle": bluesky_server.HANDLE, "password": bluesky_server.PASSWORD}
    return _entered(BLUESKY, typed, server, clock), reply_tos


def _discourse(server: LoopbackServer, clock: Clock, count: int) -> Made:
    forum = discourse_server.DiscourseServer(server)
    forum.clock, forum.keys["key-SECRET"] = clock, "client"
    login = Login(
        Account(0, "discourse", forum.host, forum.username),
        {"key": "key-SECRET", "client_id": "client"},
    )
    return login, [forum.add_post(f"En panne, cas {one}") for one in range(count)]


def _facebook(server: LoopbackServer, clock: Clock, count: int) -> Made:
    page = _ticking(facebook_server.FacebookServer, clock)(server, clock())
    page.allowed = ENDLESS
    post = page.post("Nouveau café", clock() - timedelta(days=1))
    said = clock() - timedelta(hours=2)
    reply_tos = [
        page.reply_to(page.comment(post, f"En panne, cas {one}", said)) for one in range(count)
    ]
    return _entered(facebook.NETWORK, {"token": facebook_server.TOKEN}, server, clock), reply_tos


def _instagram(server: LoopbackServer, clock: Clock, count: int) -> Made:
    media = _ticking(instagram_server.InstagramServer, clock)(server, clock())
    media.allowed = ENDLESS
    medium = media.medium("Nouveau café", clock() - timedelta(days=1))
    said = clock() - timedelta(hours=2)
    reply_tos = [
        media.reply_to(media.comment(medium, f"En panne, cas {one}", said)) for one in range(count)
    ]
    return _entered(instagram.NETWORK, {"token": instagram_server.TOKEN}, server, clock), reply_tos


def _github(server: LoopbackServer, clock: Clock, count: int) -> Made:
    issues = github_server.GitHubServer(server)
    issues.clock = clock
    login = Login(Account(0, "github", "", issues.login), {"token": github_server.CLASSIC})
    return login, [issues.add_issue(12 + one) for one in range(count)]


def _googleplay(server: LoopbackServer, clock: Clock, count: int) -> Made:
    play = googlereviews_server.PlayServer(server)
    package, reply_tos = googlereviews_server.PACKAGE, []
    for number in range(count):
        play.add_review(f"gp:AOqp{number}", int(clock().timestamp()) - 3600 - number)
        reply_tos.append(
            json.dumps({"package": package, "review": f"gp:AOqp{number}", "answered": False})
        )
    return _of_google(play.auth, package, googleplay.SCOPE, clock), reply_tos


def _googlebusiness(server: LoopbackServer, clock: Clock, count: int) -> Made:
    business = googlereviews_server.BusinessServer(server)
    names = [business.add_review(f"Ab{number}", 1) for number in range(count)]
    reply_tos = [json.dumps({"review": name, "answered": False}) for name in names]
    return _of_google(business.auth, "Léa (1)", googlebusiness.SCOPE, clock), reply_tos


def _youtube(server: LoopbackServer, clock: Clock, count: int) -> Made:
    videos = youtube_server.YouTubeServer(server)
    videos.share, videos.clock = ENDLESS, clock
    threads = [videos.add_thread(number) for number in range(count)]
    login = _of_google(videos.auth, "marque", youtube.SCOPE, clock)
    secret = {**login.secret, "channel": youtube_server.CHANNEL}
    reply_tos = [json.dumps({"thread": one, "video": "v1", "to": ""}) for one in threads]
    return Login(login.account, secret), reply_tos


def _lemmy(server: LoopbackServer, clock: Clock, count: int) -> Made:
    lemmy = lemmy_server.LemmyServer(server)
    lemmy.clock = clock
    lemmy.jwts.add("jwt-SECRET")
    secret = {"jwt": "jwt-SECRET", "api": lemmy.api, "id": "7"}
    login = Login(Account(0, "lemmy", lemmy.host, f"{lemmy.name}@{lemmy.host}"), secret)
    return login, [lemmy.add_comment(f"En panne, cas {one}") for one in range(count)]


def _reddit(server: LoopbackServer, clock: Clock, count: int) -> Made:
    site = _ticking(reddit_server.RedditServer, clock)(server, clock())
    site.remaining = ENDLESS
    site.grants.append(grant := reddit_server.Grant(reddit.SCOPES))
    secret = {
        "client_id": reddit_server.CLIENT,
        "token": grant.token,
        "refresh": grant.refresh,
        "ends": (clock() + timedelta(days=1)).isoformat(),
    }
    names = [str(site.add_post(number)["name"]) for number in range(count)]
    login = Login(Account(0, "reddit", "", reddit_server.ME), secret)
    return login, [json.dumps({"name": name}) for name in names]


_MAKERS: Mapping[str, Callable[[LoopbackServer, Clock, int], Made]] = {
    "bluesky": _bluesky,
    "discourse": _discourse,
    "facebook": _facebook,
    "github": _github,
    "googlebusiness": _googlebusiness,
    "googleplay": _googleplay,
    "instagram": _instagram,
    "lemmy": _lemmy,
    "mastodon": _mastodon,
    "reddit": _reddit,
    "youtube": _youtube,
}
SENDING = tuple(_MAKERS)


def _ticking(of: type[Any], clock: Clock) -> type[Any]:
    """The stand-in whose time goes on."""

    class Ticking(of):  # type: ignore[misc] # any of three
        @property
        def now(self) -> datetime:
            return clock()

        @now.setter
        def now(self, _given: datetime) -> None:
            """What it is made with."""

    return Ticking


def _entered(network: Any, typed: dict[str, str], server: LoopbackServer, clock: Clock) -> Login:
    http = RedirectedClient(server)
    try:
        login: Login = network.enter(typed, {}, {}, http, clock(), CancelToken())
    finally:
        http.close()
    return login


def _of_google(auth: google_auth.GoogleAuth, handle: str, scope: str, clock: Clock) -> Login:
    refresh = "1//refresh-SECRET"
    auth.refreshing[refresh] = (scope,)
    secret = {
        "client_id": google_auth.CLIENT_ID,
        "client_secret": google_auth.CLIENT_SECRET,
        "token": auth.new_token(scope),
        "refresh": refresh,
        "ends": (clock() + timedelta(hours=1)).isoformat(),
    }
    return Login(Account(0, "", "", handle, scopes=(scope,)), secret)
