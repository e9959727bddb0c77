"""Starts the engine on a thread after the window is painted, and stops it on a thread at the end."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from monitor.errors import VigieError
from monitor.infra.paths import Profile
from monitor.text import text
from ui.bridge import Bridge

if TYPE_CHECKING:
    from monitor.engine.service import Service

_log = logging.getLogger(__name__)


class EngineLife(QObject):
    """`start` once, `stop` once; `stopped` comes in the GUI thread when nothing runs any more."""

    stopped = Signal()
    _ended = Signal()

    def __init__(self, profile: Profile, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._bridge = bridge
        self._starting: threading.Thread | None = None
        self._service: Service | None = None
        self._ended.connect(self.stopped, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self._starting = threading.Thread(target=self._start, name="engine-start", daemon=True)
        self._starting.start()

    def stop(self) -> None:
        """Drain what was written, close the store; at most about three seconds."""
        threading.Thread(target=self._stop, name="engine-stop", daemon=True).start()

    def _start(self) -> None:
        # The engine's libraries take half a second to import: the window is on screen by now.
        try:
            from monitor.engine.service import Service

            service = Service(self._profile)
            service.start()
        except VigieError as error:
            self._bridge.fail_later(error)
        except Exception:
            _log.exception("the engine did not start")
            self._bridge.fail_later(_unexpected())
        else:
            self._service = service
            self._bridge.attach_later(service)

    def _stop(self) -> None:
        try:
            if self._starting is not None:
                self._starting.join()
            if self._service is not None:
                self._service.stop()
        except Exception:
            _log.exception("the engine did not stop")
        finally:
            self._ended.emit()


def _unexpected() -> VigieError:
    return VigieError(
        text("Vigie could not open its data."),
        text("They were not changed."),
        text("The log file in the data folder says what to report."),
    )
