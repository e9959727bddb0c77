"""A keyring in memory, in place of the machine's own while a test runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class MemoryKeyring(KeyringBackend):
    """`kept` is name -> secret. `refuses`: it takes no secret; `locked`: it gives none either."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # the library's own
        self.kept: dict[str, str] = {}
        self.refuses = False
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check(refuses=self.locked)
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check(refuses=self.locked or self.refuses)
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check(refuses=self.locked)
        del self.kept[username]

    def _check(self, *, refuses: bool) -> None:
        if refuses:
            raise KeyringLocked("the collection is locked")


@contextmanager
def memory_keyring() -> Iterator[MemoryKeyring]:
    before, ours = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(ours)
    try:
        yield ours
    finally:
        keyring.set_keyring(before)
