"""The demonstration inside a profile: it survives restarts and does not start twice."""

from __future__ import annotations

import socket
import urllib.request
from urllib.parse import urlsplit

from monitor.infra.settings import Settings
from monitor.model.events import AlertsRaised, SendingsChanged
from monitor.model.mention import Mention, TriageState
from monitor.model.outgoing import SendingState
from monitor.model.source import SourceState
from tests.unit.engine.conftest import WAIT, Running, Start


def test_it_fills_a_profile_and_comes_back_at_the_same_address(start: Start) -> None:
    first = start()
    first.service.start_demo().result(WAIT)
    first.check()
    statuses = first.service.sources().result(WAIT)
    assert {one.state for one in statuses} == {SourceState.LISTENING}
    mentions = first.mentions()
    assert len(mentions) > 80
    assert sum(mention.flagged for mention in mentions) > 20
    assert first.heard.of(AlertsRaised) == []
    first.service.start_demo().result(WAIT)
    assert len(first.service.sources().result(WAIT)) == len(statuses)
    first.service.stop()

    again = start()
    assert [one.source.address for one in again.service.sources().result(WAIT)] == [
        one.source.address for one in statuses
    ]
    report = again.check()
    assert all(poll.applied is not None and not poll.error for poll in report.polls)
    assert not any(mention.edited for mention in again.mentions())


def test_a_second_process_uses_the_server_of_the_first(start: Start) -> None:
    first = start()
    first.service.start_demo().result(WAIT)
    addresses = [one.source.address for one in first.service.sources().result(WAIT)]
    second = start()
    assert [one.source.address for one in second.service.sources().result(WAIT)] == addresses
    second.service.start_demo().result(WAIT)
    assert len(second.service.sources().result(WAIT)) == len(addresses)
    assert not any(poll.error for poll in second.check().polls)


def ours(running: Running) -> Mention:
    return next(one for one in running.mentions() if "SAV de Café Lumen" in one.post.text)


def test_a_sample_is_answered_from_the_brands_own_account(start: Start) -> None:
    running = start()
    service = running.service
    service.use_settings(Settings(undo_seconds=0))
    service._outbox.start()
    service.start_demo().result(WAIT)
    running.check()
    mention = ours(running)
    (account,) = service.reply_accounts(mention.id).result(WAIT)
    assert account.handle == "cafelumen@social.example"
    before = len(running.mentions())
    service.send_reply(mention.id, account.id, "On s’en occupe <b>vite</b>.", "fr").result(WAIT)

    def is_sent(_event: SendingsChanged) -> bool:
        (sending,) = service.sendings(mention.id).result(WAIT)
        return sending.state is SendingState.SENT

    running.heard.wait_for(SendingsChanged, is_sent)
    (sending,) = service.sendings(mention.id).result(WAIT)
    assert sending.error is None
    assert ours(running).state is TriageState.ANSWERED
    with urllib.request.urlopen(sending.url) as page:
        assert "On s’en occupe &lt;b&gt;vite&lt;/b&gt;." in page.read().decode()
    with urllib.request.urlopen(mention.post.url) as page:
        assert "On s’en occupe" in page.read().decode()
    running.check()
    assert len(running.mentions()) == before
    assert service._outbox.rules_of(account.id) == {"most": 500}


def test_the_sample_account_needs_no_keyring_and_comes_back(start: Start) -> None:
    first = start()
    first.service.start_demo().result(WAIT)
    (account,) = first.service.accounts().result(WAIT)
    first.service.stop()
    again = start()
    assert again.service.accounts().result(WAIT) == (account,)
    assert again.service.remove_account(account.id).result(WAIT) is None
    again.service.stop()
    assert start().service.accounts().result(WAIT) == ()


def test_the_sample_account_moves_with_its_server(start: Start) -> None:
    first = start()
    first.service.start_demo().result(WAIT)
    (account,) = first.service.accounts().result(WAIT)
    first.service.stop()
    host, port = account.server.split(":")
    with socket.create_server((host, int(port))):  # its port is somebody else's now
        again = start()
    (moved,) = again.service.accounts().result(WAIT)
    assert moved.server != account.server
    assert moved.handle == account.handle
    sources = [status.source for status in again.service.sources().result(WAIT)]
    assert {urlsplit(source.address).netloc for source in sources} == {moved.server}


def test_the_sample_account_reads_nothing(start: Start) -> None:
    running = start()
    running.service.start_demo().result(WAIT)
    forms = running.service.source_kinds().result(WAIT)
    assert not any(field.choices for form in forms for field in form.fields)
