"""A key pair for one exchange: what was locked with its public half opens here. No I/O.

For networks that hand out a login locked with a key of ours, so that only this program reads it.
"""

from __future__ import annotations

_BITS = 2048
_EXPONENT = 65_537


def new_pair() -> tuple[str, str]:
    """A private key and its public half, both PEM. Some hundredths of a second."""
    # Imported here: only who logs in pays for loading it.
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    private = rsa.generate_private_key(_EXPONENT, _BITS)
    own = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return own.decode("ascii"), public.decode("ascii")


def unlocked(locked: bytes, private: str) -> bytes:
    """What was locked (PKCS #1 v1.5) with the public half of `private` (PEM); b"" for all else."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    key = serialization.load_pem_private_key(private.encode("ascii"), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        return b""
    try:
        return key.decrypt(locked, padding.PKCS1v15())
    except ValueError:
        return b""
