"""A key pair for one exchange, against the library's own other half."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from monitor.infra.rsa_key import new_pair, unlocked


def test_what_the_public_half_locks_the_private_one_opens() -> None:
    private, public = new_pair()
    key = load_pem_public_key(public.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    assert unlocked(key.encrypt(b"hello", padding.PKCS1v15()), private) == b"hello"
    assert unlocked(key.encrypt(b"hello", padding.PKCS1v15()), new_pair()[0]) != b"hello"


@pytest.mark.parametrize("locked", [b"", b"short", b"x" * 256, b"\xff" * 256, b"x" * 5000])
def test_nonsense_opens_to_nothing_useful(locked: bytes) -> None:
    private, _ = new_pair()
    assert b"key" not in unlocked(locked, private)
