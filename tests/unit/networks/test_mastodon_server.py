"""Our stand-in of a Mastodon server, proved by Mastodon.py, a client library that others wrote."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import mastodon
import pytest

from tests.support.loopback import LoopbackServer
from tests.support.mastodon_server import MastodonServer

SCOPES = ["read:accounts", "write:statuses"]
BACK = "http://127.0.0.1:9/back"


def registered(served: MastodonServer) -> mastodon.Mastodon:
    client_id, client_secret = mastodon.Mastodon.create_app(
        "Test", scopes=SCOPES, redirect_uris=BACK, api_base_url=served.base
    )
    return mastodon.Mastodon(
        client_id=client_id,
        client_secret=client_secret,
        api_base_url=served.base,
        version_check_mode="none",
    )


def code_of(served: MastodonServer, client: mastodon.Mastodon) -> str:
    url = client.auth_request_url(redirect_uris=BACK, scopes=SCOPES, state="s")
    back = parse_qs(urlsplit(served.auth.authorize(url)).query)
    assert back["state"] == ["s"]
    return back["code"][0]


@pytest.fixture
def served(loopback: LoopbackServer) -> MastodonServer:
    return MastodonServer(loopback)


def test_the_library_logs_in_asks_who_it_is_and_leaves(served: MastodonServer) -> None:
    client = registered(served)
    client.log_in(code=code_of(served, client), redirect_uri=BACK, scopes=SCOPES)
    me = client.account_verify_credentials()
    assert (me.username, me.acct) == ("ann", "ann")
    token = str(client.access_token)
    client.revoke_access_token()
    assert served.auth.tokens[token].revoked
    client.access_token = token
    with pytest.raises(mastodon.MastodonUnauthorizedError, match="revoked"):
        client.account_verify_credentials()


def test_the_library_cannot_use_a_code_twice(served: MastodonServer) -> None:
    client = registered(served)
    code = code_of(served, client)
    client.log_in(code=code, redirect_uri=BACK, scopes=SCOPES)
    with pytest.raises(mastodon.MastodonIllegalArgumentError, match="nvalid"):
        client.log_in(code=code, redirect_uri=BACK, scopes=SCOPES)


def test_the_library_is_told_of_missing_rights(served: MastodonServer) -> None:
    client = mastodon.Mastodon(
        access_token=served.auth.new_token("write:statuses"),
        api_base_url=served.base,
        version_check_mode="none",
    )
    with pytest.raises(mastodon.MastodonAPIError, match="outside the authorized scopes"):
        client.account_verify_credentials()
