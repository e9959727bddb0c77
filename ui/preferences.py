"""What the person chose in Settings, for every view: applied at once, written behind.

GUI thread; the file is written by one worker, in order, so a slow disk never freezes the window.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from monitor.errors import VigieError
from monitor.infra.settings import Settings, save_settings


class Preferences(QObject):
    """`changed` carries the new Settings; `failed` a VigieError when they could not be written."""

    changed = Signal(object)
    failed = Signal(object)
    _written = Signal(object)

    def __init__(self, path: Path, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._settings = settings
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="settings")
        self._written.connect(self._check, Qt.ConnectionType.QueuedConnection)

    @property
    def settings(self) -> Settings:
        return self._settings

    def save(self, settings: Settings) -> None:
        """Use these settings from now on."""
        if settings == self._settings:
            return
        self._settings = settings
        writing = self._writer.submit(save_settings, self.path, settings)
        writing.add_done_callback(self._written.emit)
        self.changed.emit(settings)

    def close(self) -> None:
        """Wait for the last write. The last thing before the program ends."""
        self._writer.shutdown(wait=True)

    def _check(self, writing: Future[None]) -> None:
        error = writing.exception()
        if isinstance(error, VigieError):
            self.failed.emit(error)
