"""What the window may ask about sending, on a running service."""

from __future__ import annotations

import dataclasses
import json

import pytest

from monitor.engine.sending_door import network_of_kind
from monitor.errors import BadInput
from monitor.model.account import Account, AccountState
from monitor.model.source import Source
from tests.store.samples import NOW, analysed, found, outcome, post
from tests.unit.engine.conftest import WAIT, Running, Start

ACCOUNT = Account(0, "mastodon", "mastodon.example", "marque@mastodon.example")
REPLY_TO = json.dumps({"server": "autre.example", "id": "1", "acct": "lea@autre.example"})


@pytest.fixture
def running(start: Start) -> Running:
    """One mention that can be answered and one that cannot, and an account."""
    one = start()
    brand = one.watch()
    source = Source(0, "mastodon-tag", "https://autre.example/api/v1/timelines/tag/x", "")
    store = one.service._store
    kept = store.write(lambda writer: writer.add_source(source)).result(WAIT)
    posts = (post(2), post(1, reply_to=REPLY_TO))  # stored from the last on
    told = outcome(kept.id, *(analysed(each, found(brand.id)) for each in posts))
    store.write(lambda writer: writer.apply(told)).result(WAIT)
    store.write(lambda writer: writer.add_account(ACCOUNT, NOW)).result(WAIT)
    return one


def test_who_can_answer_a_mention(running: Running) -> None:
    service = running.service
    (account,) = service.reply_accounts(1).result(WAIT)
    assert account == dataclasses.replace(ACCOUNT, id=account.id)
    assert service.reply_accounts(2).result(WAIT) == ()
    assert service.reply_accounts(99).result(WAIT) == ()
    lost = AccountState.NEEDS_LOGIN
    service._store.write(lambda w: w.set_account_state(account.id, lost, None)).result(WAIT)
    assert service.reply_accounts(1).result(WAIT) == ()


def test_what_cannot_be_sent_is_not_even_queued(running: Running) -> None:
    service = running.service
    for mention_id, words in ((1, " "), (1, "a" * 501), (2, "Bonjour"), (99, "Bonjour")):
        with pytest.raises(BadInput):
            service.send_reply(mention_id, 1, words, "fr").result(WAIT)
    assert service.audit(10).result(WAIT) == ()


def test_a_forums_account_answers_on_its_forum_and_at_some_length(running: Running) -> None:
    service, store = running.service, running.service._store
    source = Source(0, "discourse", "https://forum.example/posts.json", "")
    kept = store.write(lambda writer: writer.add_source(source)).result(WAIT)
    target = {"server": "https://forum.example", "topic_id": "77", "post_number": "4"}
    one = dataclasses.replace(
        post(3, reply_to=json.dumps(target)), url="https://forum.example/t/avis/77/4"
    )
    told = outcome(kept.id, analysed(one, found(1)))
    store.write(lambda writer: writer.apply(told)).result(WAIT)
    own = Account(0, "discourse", "forum.example", "marque")
    other = dataclasses.replace(own, server="autre.example")
    store.write(
        lambda writer: (writer.add_account(own, NOW), writer.add_account(other, NOW))
    ).result(WAIT)
    (fit,) = service.reply_accounts(3).result(WAIT)
    assert fit.server == "forum.example"
    with pytest.raises(BadInput, match="too short for the network: 5 of at least 20"):
        service.send_reply(3, fit.id, "Merci", "fr").result(WAIT)


def test_a_reply_waits_for_the_seconds_of_the_settings(running: Running) -> None:
    service = running.service
    sending = service.send_reply(1, 1, "Bonjour", "fr").result(WAIT)
    assert (sending.due_at - sending.created_at).total_seconds() == 15
    assert service.sendings(1).result(WAIT) == (sending,)
    assert service.take_back(sending.id).result(WAIT)
    (entry,) = service.audit(10).result(WAIT)
    assert (entry.handle, entry.to) == (ACCOUNT.handle, "Léa Martin")


@pytest.mark.parametrize(
    ("kind", "network"),
    [
        ("mastodon-tag", "mastodon"),
        ("lemmy", "lemmy"),
        ("discourse", "discourse"),
        ("github-issues", "github"),
        ("stackexchange", ""),
        ("youtube-channel", ""),
        ("feed", ""),
        ("unheard-of", ""),
    ],
)
def test_a_kind_belongs_to_a_network(kind: str, network: str) -> None:
    assert network_of_kind(kind) == network
