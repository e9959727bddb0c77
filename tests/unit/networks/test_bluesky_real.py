"""Our login, reply with facets and duplicate attempt at the reference server of Bluesky. Opt-in:
VIGIE_BLUESKY_SERVER=http://localhost:2583 names one that runs on this machine.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.infra.cancel import CancelToken
from monitor.infra.http import DEADLINE, MAX_BYTES, HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.networks.base import NotLoggedIn
from monitor.networks.bluesky import NETWORK
from monitor.networks.bluesky_session import call
from tests.unit.networks.conftest import Make

SERVER = os.environ.get("VIGIE_BLUESKY_SERVER", "")
PASSWORD = "only-for-this-test"

pytestmark = pytest.mark.skipif(not SERVER, reason="no server of Bluesky named")


class WithView(HttpClient):
    """Shows posts as the network's view would, which does not run here: from their records."""

    def get(
        self,
        url: str,
        *,
        cancel: CancelToken,
        headers: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> HttpResponse:
        seen = "app.bsky.feed.getPosts" in url
        if seen:
            uri = parse_qs(urlsplit(url).query)["uris"][0]
            repo, collection, key = uri.removeprefix("at://").split("/")
            query = f"repo={repo}&collection={collection}&rkey={key}"
            url = f"{SERVER}/xrpc/com.atproto.repo.getRecord?{query}"
        answer = super().get(
            url, cancel=cancel, headers=headers, deadline=deadline, max_bytes=max_bytes
        )
        if not seen:
            return answer
        found = json.loads(answer.body)
        posts = [] if answer.status != 200 else [{**found, "record": found["value"]}]
        return replace(answer, status=200, body=json.dumps({"posts": posts}).encode())


@pytest.fixture
def real() -> Iterator[HttpClient]:
    client = WithView()
    yield client
    client.close()


def register(real: HttpClient, cancel: CancelToken) -> str:
    handle = f"v{uuid.uuid4().hex[:10]}.test"
    asked = {"email": f"{handle}@mail.test", "handle": handle, "password": PASSWORD}
    made = call(real, SERVER, "com.atproto.server.createAccount", asked, "", cancel)
    assert made.status == 200, made.body
    return handle


def log_in(real: HttpClient, handle: str, now: datetime, cancel: CancelToken) -> Login:
    answers = {"server": SERVER, "handle": handle, "password": PASSWORD}
    login = NETWORK.enter(answers, {}, {}, real, now, cancel)
    # Its identity names https://localhost, where nothing answers.
    return Login(login.account, {**login.secret, "pds": SERVER})


def test_log_in_reply_try_again_find_and_leave(
    real: HttpClient, now: datetime, cancel: CancelToken, make: Make
) -> None:
    lea, ours = register(real, cancel), register(real, cancel)
    person = log_in(real, lea, now, cancel)
    post = {"$type": "app.bsky.feed.post", "text": "En panne", "createdAt": "2026-08-01T10:00:00Z"}
    asked = {"repo": person.secret["did"], "collection": "app.bsky.feed.post", "record": post}
    create = "com.atproto.repo.createRecord"
    told = json.loads(call(real, SERVER, create, asked, person.secret["access"], cancel).body)

    login = log_in(real, ours, now, cancel)
    reply_to = json.dumps({"uri": told["uri"], "cid": told["cid"], "root_uri": "", "root_cid": ""})
    words = f"Désolés 😢 @{lea} : https://lumen.example/é #panne"
    sending = make(words, reply_to, key=uuid.uuid4().hex)
    assert NETWORK.find(login, sending, real, now, cancel) is None
    sent = NETWORK.send(login, sending, real, now, cancel)
    assert NETWORK.send(login, sending, real, now, cancel) == sent
    assert NETWORK.find(login, sending, real, now, cancel) == sent

    listed = real.get(
        f"{SERVER}/xrpc/com.atproto.repo.listRecords?repo={login.secret['did']}"
        "&collection=app.bsky.feed.post",
        cancel=cancel,
    )
    (record,) = json.loads(listed.body)["records"]
    assert record["uri"] == sent.native_id
    own = {"uri": told["uri"], "cid": told["cid"]}
    assert record["value"]["reply"] == {"root": own, "parent": own}
    features = [one["features"][0]["$type"] for one in record["value"]["facets"]]
    assert [kind.partition("#")[2] for kind in features] == ["mention", "link", "tag"]

    late = now + timedelta(minutes=115)
    fresh = NETWORK.renew(login, real, late, cancel)
    assert fresh.secret["refresh"] != login.secret["refresh"]
    NETWORK.leave(fresh, real, cancel)
    with pytest.raises(NotLoggedIn):
        NETWORK.renew(fresh, real, late, cancel)


def test_a_wrong_password_is_no_login(real: HttpClient, now: datetime, cancel: CancelToken) -> None:
    answers = {"server": SERVER, "handle": register(real, cancel), "password": "wrong"}
    with pytest.raises(NotLoggedIn, match="Invalid identifier or password"):
        NETWORK.enter(answers, {}, {}, real, now, cancel)
