"""Notifications by the Linux desktop's own service, over D-Bus.

One worker thread owns the connection: it sends what is queued and reads the clicks. Nothing here
blocks the GUI thread, whatever the bus does.
Specification: https://specifications.freedesktop.org/notification-spec/latest/
"""

from __future__ import annotations

import html
import os
import threading
from collections import deque
from pathlib import Path

from jeepney import DBusAddress, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.threading import DBusConnection, ReceiveStopped, open_dbus_connection
from jeepney.low_level import HeaderFields
from PySide6.QtCore import QCoreApplication, QObject, Signal

from ui.notify import Notice
from ui.resources import resource

SERVICE = DBusAddress(
    "/org/freedesktop/Notifications",
    bus_name="org.freedesktop.Notifications",
    interface="org.freedesktop.Notifications",
)
NORMAL, CRITICAL = 1, 2
LONGEST_BODY = 300
REMEMBERED = 50
"""Notices whose click we still understand; older ones lead to the window."""


def session_bus() -> str:
    """The address of this session's bus, "" without one."""
    if address := os.environ.get("DBUS_SESSION_BUS_ADDRESS", ""):
        return address
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    path = Path(runtime) / "bus"
    return f"unix:path={path}" if runtime and path.exists() else ""


class FreedesktopNotifier(QObject):
    """A `Notifier`. `failed` comes when there is no bus, no service, or the bus went away."""

    clicked = Signal(int)
    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_label = QCoreApplication.translate("Notifications", "Open")
        self._lock = threading.Lock()
        # Notices to send, and slots to withdraw, in order.
        self._queue: deque[Notice | str] = deque(maxlen=REMEMBERED)
        self._connection: DBusConnection | None = None
        self._closing = False
        self._sent: dict[int, Notice] = {}  # by D-Bus serial, until the service gives its id
        self._shown: dict[int, Notice] = {}  # by the service's id
        self._markup = False
        self._actions = False
        self._thread = threading.Thread(target=self._run, name="notifications", daemon=True)

    def send(self, notice: Notice) -> None:
        if self._thread.ident is None:  # not before somebody listens to `failed`
            self._thread.start()
        self._ask(notice)

    def withdraw(self, slot: str) -> None:
        self._ask(slot)

    def close(self) -> None:
        """Urgent notices would stay on the screen for ever: they are taken from it."""
        with self._lock:
            self._closing = True
            if self._connection is not None:
                self._connection.interrupt()
        if self._thread.ident is not None:
            self._thread.join(timeout=2)

    def _ask(self, what: Notice | str) -> None:
        with self._lock:
            self._queue.append(what)
            if self._connection is not None:
                self._connection.interrupt()

    # -- the worker thread ------------------------------------------------------------------
    def _run(self) -> None:
        try:
            with open_dbus_connection(session_bus()) as connection:
                self._listen(connection)
        except Exception:  # a bus fails in many ways; each means the same: not by this way
            if not self._closing:
                self.failed.emit()
        finally:
            with self._lock:
                self._connection = None

    def _listen(self, connection: DBusConnection) -> None:
        asked = next(connection.outgoing_serial)
        connection.send(new_method_call(SERVICE, "GetCapabilities"), serial=asked)
        rule = MatchRule(type="signal", interface=SERVICE.interface, path=SERVICE.object_path)
        connection.send(message_bus.AddMatch(rule))
        self._read_capabilities(_reply(connection, asked))
        with self._lock:
            self._connection = connection
        while not self._closing:
            self._send_queued(connection)
            try:
                self._handle(connection.receive())
            except ReceiveStopped:
                connection.reset_interrupt()
        self._close(connection, [id_ for id_, shown in self._shown.items() if shown.urgent])

    def _read_capabilities(self, reply: Message) -> None:
        capabilities = reply.body[0]
        self._markup = "body-markup" in capabilities
        self._actions = "actions" in capabilities

    def _send_queued(self, connection: DBusConnection) -> None:
        while True:
            with self._lock:
                if not self._queue:
                    return
                asked = self._queue[0]
                if isinstance(asked, str) and self._is_sent(asked):
                    return  # its id is on its way
                self._queue.popleft()
            if isinstance(asked, str):
                same = [id_ for id_, shown in self._shown.items() if shown.slot == asked]
                self._close(connection, same)
                continue
            serial = next(connection.outgoing_serial)
            self._sent[serial] = asked
            connection.send(self._message(asked), serial=serial)

    def _is_sent(self, slot: str) -> bool:
        return any(notice.slot == slot for notice in self._sent.values())

    def _close(self, connection: DBusConnection, ids: list[int]) -> None:
        for id_ in ids:
            connection.send(new_method_call(SERVICE, "CloseNotification", "u", (id_,)))

    def _message(self, notice: Notice) -> Message:
        body = _sendable(notice.body)[:LONGEST_BODY]
        if self._markup:
            body = html.escape(body, quote=False)
        actions = ["default", self._open_label] if self._actions else []
        hints = {
            "urgency": ("y", CRITICAL if notice.urgent else NORMAL),
            "desktop-entry": ("s", "vigie"),
        }
        icon = resource("icons", "vigie.svg").as_uri()
        values = ("Vigie", self._replaced(notice), icon, _sendable(notice.title), body)
        return new_method_call(SERVICE, "Notify", "susssasa{sv}i", (*values, actions, hints, -1))

    def _replaced(self, notice: Notice) -> int:
        """The id of the notice on the screen that this one takes the place of, 0 for none."""
        if not notice.slot:
            return 0
        same = [id_ for id_, shown in self._shown.items() if shown.slot == notice.slot]
        return same[-1] if same else 0

    def _handle(self, message: Message) -> None:
        fields = message.header.fields
        kind = message.header.message_type
        if kind in (MessageType.method_return, MessageType.error):
            notice = self._sent.pop(fields.get(HeaderFields.reply_serial, 0), None)
            if notice is None:
                return
            if kind is MessageType.error:
                raise ConnectionError("the notification service refused")
            self._remember(message.body[0], notice)
        elif kind is MessageType.signal:
            self._signal(fields.get(HeaderFields.member, ""), message.body)

    def _remember(self, id_: int, notice: Notice) -> None:
        self._shown.pop(id_, None)
        self._shown[id_] = notice
        if len(self._shown) > REMEMBERED:
            self._shown.pop(next(iter(self._shown)))

    def _signal(self, member: str, body: tuple[object, ...]) -> None:
        id_ = body[0] if body and isinstance(body[0], int) else 0
        if id_ not in self._shown:  # another program's notification
            return
        if member == "ActivationToken" and len(body) > 1:
            # Wayland lets a window come to the front only with this token; Qt reads it from here.
            os.environ["XDG_ACTIVATION_TOKEN"] = str(body[1])
        elif member == "ActionInvoked":
            self.clicked.emit(self._shown[id_].mention_id)
        elif member == "NotificationClosed":
            del self._shown[id_]


def _reply(connection: DBusConnection, serial: int) -> Message:
    """Wait for one answer. Raises ConnectionError when it is a refusal (no service installed)."""
    while True:
        message = connection.receive(timeout=10)
        if message.header.fields.get(HeaderFields.reply_serial) != serial:
            continue
        if message.header.message_type is MessageType.error:
            raise ConnectionError("no notification service")
        return message


def _sendable(words: str) -> str:
    """D-Bus carries neither NUL nor half a surrogate pair."""
    return words.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
