"""The demonstration inside a profile: it survives restarts and does not start twice."""

from __future__ import annotations

from monitor.model.events import AlertsRaised
from monitor.model.source import SourceState
from tests.unit.engine.conftest import WAIT, Start


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
