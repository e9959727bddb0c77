"""Our stand-in's statuses, search and notifications, proved by Mastodon.py, which others wrote."""

from __future__ import annotations

from datetime import datetime

import mastodon
import pytest

from tests.support.loopback import LoopbackServer
from tests.support.mastodon_reading import MastodonReading
from tests.support.mastodon_statuses import TOKEN, MastodonStatuses


@pytest.fixture
def statuses(loopback: LoopbackServer) -> MastodonStatuses:
    return MastodonStatuses(loopback)


@pytest.fixture
def reading(loopback: LoopbackServer, statuses: MastodonStatuses, now: datetime) -> MastodonReading:
    return MastodonReading(loopback, statuses, now)


@pytest.fixture
def client(loopback: LoopbackServer, statuses: MastodonStatuses) -> mastodon.Mastodon:
    return mastodon.Mastodon(
        access_token=TOKEN,
        api_base_url=loopback.url(f"/{statuses.host}"),
        version_check_mode="none",
        ratelimit_method="throw",
    )


def test_the_library_replies_once_with_a_key(
    reading: MastodonReading, statuses: MastodonStatuses, client: mastodon.Mastodon
) -> None:
    reading.mention("@marque en panne", 5)
    (notification,) = client.notifications(types=["mention"])
    first, second = (
        client.status_reply(
            notification.status, "Bonjour", visibility="unlisted", idempotency_key="k-1"
        )
        for _ in range(2)
    )
    assert first.id == second.id
    assert len(statuses.published) == 1
    assert "@lea@autre.example Bonjour" in first.content
    (own,) = client.account_statuses(client.account_verify_credentials())
    assert (own.id, str(own.in_reply_to_id)) == (first.id, str(notification.status.id))


def test_the_library_is_told_what_is_too_long_or_empty(
    reading: MastodonReading, client: mastodon.Mastodon
) -> None:
    with pytest.raises(mastodon.MastodonAPIError, match="character limit"):
        client.status_post("x" * 600)
    with pytest.raises(mastodon.MastodonAPIError, match="can't be blank"):
        client.status_post("")


def test_the_library_searches(reading: MastodonReading, client: mastodon.Mastodon) -> None:
    for number in range(50):
        reading.write(f"La Marque, cas {number}", 50 - number)
    found = client.search_v2('"la marque"', result_type="statuses", limit=40).statuses
    assert len(found) == 40
    assert [one.created_at for one in found] == sorted(
        (one.created_at for one in found), reverse=True
    )
    rest = client.search_v2('"la marque"', result_type="statuses", limit=40, offset=40).statuses
    assert len(rest) == 10
    older = client.search_v2("marque", result_type="statuses", limit=40, max_id=found[-1].id)
    assert {one.id for one in older.statuses} == {one.id for one in rest}
    reading.full_text = False
    assert client.search_v2("marque", result_type="statuses").statuses == []


def test_the_library_pages_through_notifications(
    reading: MastodonReading, client: mastodon.Mastodon
) -> None:
    them = [reading.mention(f"cas {number}", 100 - number) for number in range(90)]
    newest = client.notifications(types=["mention"], limit=40)
    assert len(newest) == 40
    assert newest[0].status.uri == them[-1]
    oldest = client.notifications(types=["mention"], limit=40, min_id=20)
    assert [one.status.uri for one in oldest] == list(reversed(them[1:41]))
    assert client.notifications(types=["favourite"]) == []


def test_the_library_meets_deletions_limits_and_rights(
    reading: MastodonReading, client: mastodon.Mastodon
) -> None:
    uri = reading.mention("@marque en panne", 5)
    (notification,) = client.notifications()
    assert client.status(notification.status.id).uri == uri
    reading.delete(uri)
    assert client.notifications() == []
    with pytest.raises(mastodon.MastodonNotFoundError):
        client.status(notification.status.id)
    reading.scopes = frozenset({"read:search"})
    with pytest.raises(mastodon.MastodonAPIError, match="403"):
        client.notifications()
    reading.left = 0
    with pytest.raises(mastodon.MastodonRatelimitError):
        client.search_v2("marque", result_type="statuses")
    reading.ended = True
    with pytest.raises(mastodon.MastodonUnauthorizedError, match="revoked"):
        client.search_v2("marque", result_type="statuses")
