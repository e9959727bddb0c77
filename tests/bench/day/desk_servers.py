"""A desk of each network that is read with an account: its stand-in, its login, how posts appear there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.networks import bluesky, googlebusiness, googleplay, reddit, x, youtube
from tests.bench.day.desks import Desk, Routes, Tokens
from tests.bench.day.streams import START, Plan, Said
from tests.support import (
    bluesky_server,
    facebook_server,
    google_auth,
    googlereviews_server,
    instagram_server,
    mastodon_statuses,
    reddit_server,
    x_server,
    youtube_server,
)
from tests.support.bluesky_reading import BlueskyReading
from tests.support.graph_server import GraphServer
from tests.support.graph_server import Token as GraphToken
from tests.support.mastodon_reading import ALL, MastodonReading

BEGIN = START - timedelta(days=3)
DAY, HOUR, QUARTER, FIVE = 86_400, 3600, 900, 300
Made = Callable[[str, int, Sequence[Plan]], Desk]


def desk_of(network: str, label: str, place: int, plans: Sequence[Plan]) -> Desk:
    """The desk where these plans are read; `place` makes its ids differ from those of others."""
    return _MAKERS[network](label, place, plans)


def log_in(desk: Desk, http: HttpClient) -> Login:
    """Its login, as it stands in the keyring. Bluesky's is entered, the others' are made."""
    if desk.network != "bluesky":
        return desk.login
    typed = {"handle": bluesky_server.HANDLE, "password": bluesky_server.PASSWORD}
    typed["server"] = desk.hosts[0]
    entered = bluesky.NETWORK.enter(typed, {}, {}, http, START, CancelToken())
    account = desk.login.account
    whole = Account(0, "bluesky", account.server, account.handle, url=entered.account.url)
    return Login(whole, entered.secret)


def _minutes(now: datetime, one: Said) -> float:
    return (now - one.at).total_seconds() / 60


def _mastodon(label: str, place: int, plans: Sequence[Plan]) -> Desk:
    host, routes = label.rpartition("@")[2], Routes()
    reading = MastodonReading(routes, mastodon_statuses.MastodonStatuses(routes, host), BEGIN)
    reading.write("Tout sur Mastodon")

    def feed(plan: Plan, one: Said) -> None:
        write = reading.mention if plan.own else reading.write
        write(one.text(one.at), _minutes(reading.now, one), server=f"autre{place}.example")

    def tick(now: datetime, had: int) -> None:
        reading.now, reading.left = now, 300 - had

    secret = {
        "token": mastodon_statuses.TOKEN,
        "client_id": "client",
        "client_secret": "client-SECRET",
        "id": mastodon_statuses.ME,
    }
    account = Account(
        0, "mastodon", host, label, url=f"https://{host}/@marque", scopes=tuple(sorted(ALL))
    )
    tokens = Tokens(lambda: (mastodon_statuses.TOKEN,))
    login = Login(account, secret)
    return Desk("mastodon", login, (host,), plans, routes, tokens, feed, tick, (300, FIVE))


def _bluesky(label: str, place: int, plans: Sequence[Plan]) -> Desk:
    host, routes = label.partition(".")[2], Routes()
    server = bluesky_server.BlueskyServer(routes, BEGIN, host)
    reading = BlueskyReading(routes, server)
    reading.first = place * 1_000_000
    given: list[int] = []

    def feed(plan: Plan, one: Said) -> None:
        write = reading.notice if plan.own else reading.write
        write(one.text(one.at), _minutes(reading.now, one))

    def tick(now: datetime, had: int) -> None:
        server.now = reading.now = now
        reading.left = 3000 - had
        given.extend(range(len(given) + 1, server.sessions + 1))

    def end(number: str) -> None:
        server.expired_up_to = max(server.expired_up_to, int(number))

    tokens = Tokens(
        lambda: [str(one) for one in given if one > server.expired_up_to],
        end,
        timedelta(hours=2),
    )
    account = Account(0, "bluesky", host, label)
    login = Login(account, {})
    return Desk("bluesky", login, (host,), plans, routes, tokens, feed, tick, (3000, FIVE))


def _facebook(label: str, place: int, plans: Sequence[Plan]) -> Desk:
    routes = Routes()
    page = facebook_server.FacebookServer(routes, BEGIN)
    page._last = place * 1_000_000
    token = f"{facebook_server.TOKEN}-{place}"
    page.tokens = {token: GraphToken(facebook_server.PAGE, "PAGE", facebook_server.SCOPES)}
    below = [page.post("Nouveau café", BEGIN)]

    def feed(_plan: Plan, one: Said) -> None:
        words, turn = one.text(one.at), len(page.things)
        if turn % 12 == 0:
            below.append(page.post("Encore un café", one.at))
        if turn % 5 == 0:
            below.append(page.post(words, one.at, by="Léa"))
        else:
            below.append(page.comment(below[-1 - turn % min(8, len(below))], words, one.at))

    secret = {"token": token, "id": facebook_server.PAGE, "host": page.host}
    account = Account(0, "facebook", "", label, url="https://www.facebook.com/111")
    return _graph_desk(page, routes, Login(account, secret), plans, feed)


def _instagram(label: str, place: int, plans: Sequence[Plan]) -> Desk:
    routes = Routes()
    media = instagram_server.InstagramServer(routes, BEGIN)
    media._last += place * 1_000_000
    media.renewed = place * 1000
    token = f"{instagram_server.TOKEN}-of-{place}"
    media.tokens = {token: GraphToken(instagram_server.ME, "IG", instagram_server.OWN)}
    shown, said = [media.medium("Nouveau", BEGIN)], [""]

    def feed(_plan: Plan, one: Said) -> None:
        turn = len(media.things)
        if turn % 30 == 0:
            shown.append(media.medium("Encore un café", one.at))
        answered = said[-1] if turn % 4 == 0 else ""
        below = answered or shown[-1 - turn % min(3, len(shown))]
        said.append(media.comment(below, one.text(one.at), one.at))

    secret = {"token": token, "id": instagram_server.ME, "host": media.host}
    account = Account(
        id=0,
        network="instagram",
        server="",
        handle=label,
        url=f"https://www.instagram.com/{label}/",
        expires_at=START + timedelta(days=40),
    )
    return _graph_desk(media, routes, Login(account, secret), plans, feed)


def _graph_desk(
    server: GraphServer,
    routes: Routes,
    login: Login,
    plans: Sequence[Plan],
    feed: Callable[[Plan, Said], None],
) -> Desk:
    server.allowed = 4800

    def tick(now: datetime, had: int) -> None:
        server.now, server.calls = now, had

    tokens = Tokens(lambda: list(server.tokens))
    network = login.account.network
    return Desk(network, login, (server.host,), plans, routes, tokens, feed, tick, (4800, DAY))


def _youtube(label: str, place: int, plans: Sequence[Plan]) -> Desk:
    routes = Routes()
    videos = youtube_server.YouTubeServer(routes)
    moment = [BEGIN]
    videos.clock = lambda: moment[0]
    threads: list[str] = []

    def feed(_plan: Plan, one: Said) -> None:
        words, at = one.text(one.at), youtube_server.stamp(one.at)
        if len(threads) > 20 and one.number % 4 == 0:
            thread = threads[-1 - one.number % 20]
            videos.add_reply(thread, words)
            videos.replies[thread][0]["snippet"]["publishedAt"] = at
            return
        # Its ids sort the newest first.
        threads.append(videos.add_thread(10_000 * place + 9999 - len(threads), words))
        top = videos.threads[0]["snippet"]["topLevelComment"]["snippet"]
        top |= {"publishedAt": at, "updatedAt": at}

    def tick(now: datetime, had: int) -> None:
        moment[0], videos.units = now, had

    login, tokens = _google(videos.auth, "youtube", label, youtube.SCOPE, place)
    secret = {**login.secret, "channel": youtube_server.CHANNEL}
    hosts = (youtube_server.HOST, google_auth.OAUTH)
    login = Login(login.account, secret)
    return Desk("youtube", login, hosts, plans, routes, tokens, feed, tick, (10_000, DAY))


def _googleplay(label: str, place: int, plans: Sequence[Plan]) -> Desk:
    routes = Routes()
    play = googlereviews_server.PlayServer(routes, label)

    def feed(_plan: Plan, one: Said) -> None:
        id_ = f"gp:AOqp{place}x{one.number}"
        play.add_review(id_, int(one.at.timestamp()), f"\t{one.text(one.at)}")

    login, tokens = _google(play.auth, "googleplay", label, googleplay.SCOPE, place)
    hosts = (googlereviews_server.PLAY, google_auth.OAUTH)
    return Desk("googleplay", login, hosts, plans, routes, tokens, feed, _only, (200, HOUR))


def _googlebusiness(label: str, place: int, plans: Sequence[Plan]) -> Desk:
    routes = Routes()
    business = googlereviews_server.BusinessServer(routes)
    names = [f"locations/{place}{number}" for number in range(2)]
    business.places = {
        "accounts/1": [googlereviews_server.place(one, f"Café {one}") for one in names]
    }
    for name in names:
        business.reviews[f"accounts/1/{name}"] = []

    def feed(_plan: Plan, one: Said) -> None:
        at = one.at.isoformat().replace("+00:00", ".123456Z")
        where = f"accounts/1/{names[one.number % 2]}"
        told = {"comment": one.text(one.at), "createTime": at, "updateTime": at}
        business.add_review(f"Ab{one.number}", 1, where, **told)

    login, tokens = _google(business.auth, "googlebusiness", label, googlebusiness.SCOPE, place)
    hosts = (
        googlereviews_server.BUSINESS,
        googlereviews_server.MANAGEMENT,
        googlereviews_server.INFORMATION,
        google_auth.OAUTH,
    )
    return Desk("googlebusiness", login, hosts, plans, routes, tokens, feed, _only, (300, 60))


def _google(
    auth: google_auth.GoogleAuth, network: str, label: str, scope: str, place: int
) -> tuple[Login, Tokens]:
    refresh = f"1//refresh-{network}-{place}-end"
    auth.refreshing[refresh] = (scope,)
    life = timedelta(hours=1)
    secret = {
        "client_id": google_auth.CLIENT_ID,
        "client_secret": google_auth.CLIENT_SECRET,
        "token": auth.new_token(scope),
        "refresh": refresh,
        "ends": (START + life).isoformat(),
    }
    tokens = Tokens(
        lambda: list(auth.tokens),
        auth.tokens.__delitem__,
        life,
        lambda: (f"refresh-{network}-{place}-end",),
    )
    return Login(Account(0, network, "", label, scopes=(scope,)), secret), tokens


def _reddit(label: str, place: int, plans: Sequence[Plan]) -> Desk:
    routes = Routes()
    site = reddit_server.RedditServer(routes, BEGIN)
    first = site.add_post(10_000 * place, minutes=0)["name"]

    def feed(plan: Plan, one: Said) -> None:
        number, words = 10_000 * place + len(site.things), one.text(one.at)
        at = one.at.timestamp()
        if plan.own:
            kind = ("username_mention", "comment_reply", "post_reply")[one.number % 3]
            site.add_comment(number, first, "lea", words, created_utc=at, type=kind)
        else:
            site.add_post(number, selftext=words, title=f"Acte {number}", created_utc=at)

    def tick(now: datetime, had: int) -> None:
        site.now, site.remaining = now, float(1000 - had)

    tokens = _granted(site.grants, reddit_server.Grant(reddit.SCOPES), timedelta(hours=3))
    secret = _own_secret(site.grants[0], reddit_server.CLIENT, timedelta(days=1))
    page = f"https://www.reddit.com/user/{label}"
    login = Login(Account(0, "reddit", "", label, url=page, scopes=reddit.SCOPES), secret)
    hosts = (reddit_server.API, reddit_server.WWW)
    return Desk("reddit", login, hosts, plans, routes, tokens, feed, tick, (1000, 600))


def _x(label: str, place: int, plans: Sequence[Plan]) -> Desk:
    routes = Routes()
    server = x_server.XServer(routes, BEGIN)

    def feed(_plan: Plan, one: Said) -> None:
        number = 1000 * place + len(server.tweets)
        user = f"lea{number % 7}"
        server.add(number, minutes=_minutes(server.now, one), user=user, text=one.text(one.at))

    def tick(now: datetime, had: int) -> None:
        server.now, server.remaining = now, 300 - had

    grant = x_server.Grant(x.SCOPES)
    tokens = _granted(server.grants, grant, timedelta(hours=2))
    tokens.rotates = True
    cap = 1_000_000 if plans[0].capped else 20_000_000
    secret = _own_secret(grant, x_server.CLIENT, timedelta(hours=2))
    account = Account(
        0, "x", "", label, url=f"https://x.com/{label}", scopes=x.SCOPES, monthly_cap=cap
    )
    desk = Desk("x", Login(account, secret), (x_server.API,), plans, routes, tokens, feed, tick)
    desk.limit, desk.billed = (300, QUARTER), lambda: server.billed
    return desk


Grants = list[reddit_server.Grant] | list[x_server.Grant]


def _granted(
    grants: Grants, grant: reddit_server.Grant | x_server.Grant, life: timedelta
) -> Tokens:
    grants.append(grant)  # type: ignore[arg-type]  # the list of its own stand-in

    def end(token: str) -> None:
        grant.expired = grant.expired or grant.token == token

    return Tokens(
        lambda: () if grant.expired else (grant.token,), end, life, lambda: (grant.refresh,)
    )


def _own_secret(
    grant: reddit_server.Grant | x_server.Grant, client: str, life: timedelta
) -> dict[str, str]:
    ends = (START + life).isoformat()
    return {"client_id": client, "token": grant.token, "refresh": grant.refresh, "ends": ends}


def _only(_now: datetime, _had: int) -> None:
    """It has no clock, and counts nothing."""


_MAKERS: Mapping[str, Made] = {
    "bluesky": _bluesky,
    "facebook": _facebook,
    "googlebusiness": _googlebusiness,
    "googleplay": _googleplay,
    "instagram": _instagram,
    "mastodon": _mastodon,
    "reddit": _reddit,
    "x": _x,
    "youtube": _youtube,
}
