"""Proofs that the answer a browser brings back is the answer to our own question (RFC 7636). Pure
but for chance."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

METHOD = "S256"


def new_verifier() -> str:
    """What only we know until the code is traded: 43 characters, 256 bits."""
    return secrets.token_urlsafe(32)


def challenge_of(verifier: str) -> str:
    """What the browser carries of it."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def new_state() -> str:
    """What must come back as it went: 256 bits."""
    return secrets.token_urlsafe(32)


def same_state(one: str, other: str) -> bool:
    """In a time that tells nothing; an empty one is never the same."""
    return bool(one) and hmac.compare_digest(one.encode(), other.encode())
