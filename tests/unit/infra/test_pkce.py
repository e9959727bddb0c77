"""PKCE against the example of RFC 7636, appendix B, and the state that must come back."""

from __future__ import annotations

import re

from monitor.infra.pkce import challenge_of, new_state, new_verifier, same_state


def test_the_example_of_the_rfc() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_verifier_is_new_and_in_the_allowed_letters() -> None:
    made = {new_verifier() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", one) for one in made)


def test_a_state_is_the_same_only_as_itself() -> None:
    state = new_state()
    assert same_state(state, state)
    assert not same_state(state, new_state())
    assert not same_state("", "")
    assert not same_state("é", state)
