"""Passwords and tokens, in the system's keyring and nowhere else. The only file that knows it.

A keyring may ask the person to unlock it and wait as long as they like, so every call runs in a
thread of its own and is given up at a deadline. Blocking: never in the GUI thread.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

from monitor.errors import SecretsUnavailable
from monitor.text import Text, text

SERVICE = "vigie"
DEADLINE = 60.0

_HINT = text(
    "Install or unlock the keyring of this system: GNOME Keyring or KWallet on Linux, "
    "the Keychain on macOS, the Credential Manager on Windows."
)


class Secrets:
    """`name` says what the secret belongs to, "source/12/password". Safe from any thread.

    Every method raises SecretsUnavailable when there is no keyring, it stays locked, or it does
    not answer in `deadline` seconds. There is no fallback to a file.
    """

    def __init__(self, deadline: float = DEADLINE) -> None:
        self._deadline = deadline

    def get(self, name: str) -> str | None:
        """The secret, None when there is none."""
        secret = self._ask(lambda keyring: keyring.get_password(SERVICE, name))
        return None if secret is None else str(secret)

    def set(self, name: str, secret: str) -> None:
        self._ask(lambda keyring: keyring.set_password(SERVICE, name, secret))

    def delete(self, name: str) -> None:
        """Forget the secret; nothing happens when there is none."""

        def forget(keyring: Any) -> None:
            if keyring.get_password(SERVICE, name) is not None:
                keyring.delete_password(SERVICE, name)

        self._ask(forget)

    def backend(self) -> str:
        """The name of the keyring in use, for the doctor."""
        return str(self._ask(lambda keyring: keyring.get_keyring().name))

    def _ask(self, question: Callable[[Any], Any]) -> Any:
        answers: queue.SimpleQueue[tuple[Any, Exception | None]] = queue.SimpleQueue()

        def work() -> None:
            try:
                import keyring  # 110 ms, and only here

                if keyring.get_keyring().priority <= 0:
                    answers.put((None, _NoKeyring()))
                    return
                answers.put((question(keyring), None))
            except Exception as error:  # every backend raises its own; told as one
                answers.put((None, error))

        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            answer, error = answers.get(timeout=self._deadline)
        except queue.Empty:
            raise _unavailable(text("It did not answer.")) from None
        if isinstance(error, _NoKeyring):
            raise _unavailable(text("This system has none."))
        if error is not None:
            raise _unavailable(text("It said: {words}", words=str(error)[:200])) from error
        return answer


class _NoKeyring(Exception):
    pass


def _unavailable(why: Text) -> SecretsUnavailable:
    return SecretsUnavailable(
        text("The system's keyring cannot be used."),
        text("Passwords and tokens are kept there and nowhere else. {why}", why=why),
        _HINT,
    )
