"""A keyring of one secret in a file, in place of the machine's own while a test runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import PasswordSetError


class _OneSecret(KeyringBackend):
    priority = 1

    def __init__(self, file: Path, *, refuses: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # the library's own
        self._file = file
        self._refuses = refuses

    def get_password(self, service: str, username: str) -> str | None:
        return self._file.read_text("utf-8") if self._file.exists() else None

    def set_password(self, service: str, username: str, password: str) -> None:
        if self._refuses:
            raise PasswordSetError("locked")
        self._file.write_text(password, "utf-8")

    def delete_password(self, service: str, username: str) -> None:
        self._file.unlink()


@contextmanager
def one_secret(file: Path, *, refuses: bool = False) -> Iterator[None]:
    """`refuses`: it takes no secret."""
    before = keyring.get_keyring()
    keyring.set_keyring(_OneSecret(file, refuses=refuses))
    try:
        yield
    finally:
        keyring.set_keyring(before)
