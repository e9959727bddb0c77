"""How often a host may be asked: this machine, everybody, and those whose network wants more."""

from __future__ import annotations

import pytest

from monitor.engine.agenda import OWN_MACHINE, POLITE
from monitor.engine.politeness import polite
from monitor.sources.registry import kinds

SPACED = {host for kind in kinds().values() for host in kind.info.spacing}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.200", "::1", "localhost"])
def test_this_machine_is_not_spared(host: str) -> None:
    assert polite(host) is OWN_MACHINE


@pytest.mark.parametrize("host", ["example.org", "10.0.0.1", "feed", ""])
def test_everybody_else_is(host: str) -> None:
    assert polite(host) is POLITE


@pytest.mark.parametrize("host", sorted(SPACED))
def test_a_network_gets_the_spacing_its_kind_asks_for(host: str) -> None:
    wanted = [kind.info.spacing[host] for kind in kinds().values() if host in kind.info.spacing]
    assert polite(host).spacing == max([*wanted, POLITE.spacing])
    assert polite(host).in_flight == 1


@pytest.mark.parametrize("host", sorted({h for kind in kinds().values() for h in kind.info.shares}))
def test_a_network_gives_no_more_than_its_share(host: str) -> None:
    shares = [kind.info.shares[host] for kind in kinds().values() if host in kind.info.shares]
    assert len(shares) == 1
    assert (polite(host).share, polite(host).window) == (shares[0].requests, shares[0].seconds)
