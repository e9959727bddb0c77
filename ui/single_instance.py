"""One window per profile: a second start raises the first one and ends.

GUI thread. A lock file in the profile says who is first (it survives a crash: Qt checks that the
process still lives); a local socket, readable by this user only, carries the request.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK = "vigie.lock"
RAISE = b"raise\n"
ANSWER = b"raised\n"
WAIT_MS = 5_000
"""A first program that is still starting answers when its event loop runs."""
STEP_MS = 100


class SingleInstance(QObject):
    """`claim` once, before any window; `listen` once it is painted, for Qt's network library takes
    its time to load. `raise_asked` comes when another start asked for ours."""

    raise_asked = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.raised = False
        self._profile = profile
        self._lock = QLockFile(str(profile / LOCK))
        self._lock.setStaleLockTime(0)  # never by age: a window may stay open for weeks
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """True: go on, this is the only window. False: another one has this profile.

        With False, `raised` tells whether it came to the front. A profile that cannot be written
        to claims True: opening it says what is wrong, better than we could here.
        """
        if self._lock.tryLock(0):
            return True
        if self._lock.error() != QLockFile.LockError.LockFailedError:
            return True
        self.raised = self._ask_first()
        return False

    def listen(self) -> None:
        """Hear the starts that found the profile claimed; they wait until then."""
        if not self._lock.isLocked():
            return
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(self.name)  # left behind by a crash
        self._server.listen(self.name)

    @property
    def name(self) -> str:
        """The socket's name: the same for the same profile, however its path was written."""
        path = str(self._profile.resolve())
        return f"vigie-{hashlib.sha256(path.encode()).hexdigest()[:20]}"

    def close(self) -> None:
        """Let the next start be the first. Call it when the program ends."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _ask_first(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        waited = 0
        while waited < WAIT_MS:
            socket = QLocalSocket()
            socket.connectToServer(self.name)
            if socket.waitForConnected(STEP_MS):
                socket.write(RAISE)
                answered = socket.waitForReadyRead(WAIT_MS - waited)
                return answered and bytes(socket.readAll().data()) == ANSWER
            socket.abort()
            QThread.msleep(STEP_MS)  # it is between taking its lock and listening
            waited += STEP_MS
        return False

    def _answer(self) -> None:
        assert self._server is not None  # noqa: S101  it called us
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda asked=socket: self._read(asked))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if bytes(socket.readAll().data()).startswith(RAISE):
            socket.write(ANSWER)
            socket.flush()
            self.raise_asked.emit()
        socket.disconnectFromServer()
