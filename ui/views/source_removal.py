"""Removing a source so that it can be undone: it is left out at once and removed a little later.

Removing at once and adding again would not do: a new source would bring its mentions a second time.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from ui.bridge import Bridge

UNDO_SECONDS = 8


class SourceRemoval(QObject):
    """One removal waits at a time; another one carries the first out. `changed` carries an id and
    whether it is left out now."""

    changed = Signal(int, bool)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.waiting = 0
        self._timer = QTimer(self, singleShot=True, interval=UNDO_SECONDS * 1000)
        self._timer.timeout.connect(self.carry_out)

    def begin(self, source_id: int) -> None:
        self.carry_out()
        self.waiting = source_id
        self._timer.start()
        self.changed.emit(source_id, True)

    def undo(self) -> None:
        self._timer.stop()
        source_id, self.waiting = self.waiting, 0
        if source_id:
            self.changed.emit(source_id, False)

    def carry_out(self) -> None:
        """Remove what waits. Also before the program ends."""
        self._timer.stop()
        if self.waiting:
            self._bridge.tell(self._bridge.remove_source(self.waiting))
            self.waiting = 0
