"""`vigie doctor`: what works on this machine, and what to do about what does not."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass

from monitor import __version__
from monitor.analysis.learned.store import missing
from monitor.cli.output import Output
from monitor.cli.session import answer, opened
from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.infra.paths import Profile
from monitor.infra.secrets import Secrets
from monitor.infra.system_words import told
from monitor.text import Text, text

LOW_DISK = 200 * 1024 * 1024
NETWORK_PAGE = "https://example.org/"
KEYRING_SECONDS = 10.0
NETWORK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    """`ok` None: cannot be known here. `needed` False: the program works without it, though less."""

    name: str
    ok: bool | None
    detail: Text
    needed: bool = False


def run(args: Namespace, profile: Profile, output: Output) -> int:
    """0, or 1 when something the program cannot do without fails."""
    looks: tuple[Callable[[Profile], Finding], ...] = (
        _program,
        _database,
        _disk,
        _network,
        _keyring,
        _tables,
        _notifications,
        _tray,
    )
    broken = False
    for look in looks:
        finding = look(profile)
        broken = broken or (finding.needed and finding.ok is False)
        _tell(output, finding)
    if broken:
        output.say(text("Vigie cannot work here until what is marked “!!” is mended."))
    else:
        output.say(text("Vigie works here, without what is marked “--”."))
    return 1 if broken else 0


def _tell(output: Output, finding: Finding) -> None:
    detail = output.words(finding.detail)
    if output.json_lines:
        told = {"name": finding.name, "ok": finding.ok, "needed": finding.needed}
        output.row({"type": "finding", **told, "detail": detail})
    else:
        missing = "!!" if finding.needed else "--"
        mark = {True: "ok", False: missing, None: "??"}[finding.ok]
        output.line(f"{mark}  {finding.name}: {detail}")


def _program(_profile: Profile) -> Finding:
    python = ".".join(str(part) for part in sys.version_info[:3])
    return Finding(
        "program",
        True,
        text(
            "Vigie {version}, Python {python}, {system}.",
            version=__version__,
            python=python,
            system=sys.platform,
        ),
    )


def _database(profile: Profile) -> Finding:
    try:
        with opened(profile) as service:
            sources, brands = answer(service.sources()), answer(service.brands())
            counts = answer(service.counts())
    except VigieError as error:
        return Finding("database", False, _told(error), needed=True)
    return Finding(
        "database",
        True,
        text(
            "{file}. Brands: {brands}, sources: {sources}, mentions: {mentions}.",
            file=str(profile.database),
            brands=len(brands),
            sources=len(sources),
            mentions=counts.all,
        ),
        needed=True,
    )


def _disk(profile: Profile) -> Finding:
    try:
        free = shutil.disk_usage(profile.root).free
    except OSError as error:
        return Finding("disk", False, _refused(error), needed=True)
    megabytes = free // (1024 * 1024)
    return Finding("disk", free >= LOW_DISK, text("{megabytes} MB free.", megabytes=megabytes))


def _refused(error: OSError) -> Text:
    return text("The system says: {reason}", reason=told(error))


def _network(_profile: Profile) -> Finding:
    http = HttpClient()
    try:
        http.get(NETWORK_PAGE, cancel=CancelToken(), deadline=NETWORK_SECONDS)
    except VigieError as error:
        detail = text("{what} Check that this computer is online.", what=error.title)
        return Finding("network", False, detail)
    finally:
        http.close()
    return Finding("network", True, text("{page} answers.", page=NETWORK_PAGE))


def _keyring(_profile: Profile) -> Finding:
    try:
        name = Secrets(KEYRING_SECONDS).backend()
    except VigieError as error:
        detail = text(
            "{told} Until then no account and no source with a password can be added; all else works.",
            told=_told(error),
        )
        return Finding("keyring", False, detail)
    return Finding("keyring", True, text("Passwords are kept in {keyring}.", keyring=name))


def _tables(_profile: Profile) -> Finding:
    lost = missing()
    if not lost:
        return Finding("tone", True, text("The tables that judge the tone are complete."))
    detail = text(
        "These tables cannot be used: {names}. Word lists take their place in English and French; other languages are not judged. Install the program again.",
        names=", ".join(lost),
    )
    return Finding("tone", False, detail)


def _notifications(_profile: Profile) -> Finding:
    if sys.platform != "linux":
        return Finding("notifications", None, text("The window asks the system; start it to know."))
    try:
        name = _notification_server()
    except Exception:  # a D-Bus library or a session bus may be missing in many ways
        return Finding(
            "notifications",
            False,
            text("No notification service on this session. Alerts are in the Alerts view."),
        )
    return Finding("notifications", True, text("Shown by {server}.", server=name))


def _notification_server() -> str:
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    address = DBusAddress(
        "/org/freedesktop/Notifications",
        bus_name="org.freedesktop.Notifications",
        interface="org.freedesktop.Notifications",
    )
    with open_dbus_connection(bus="SESSION") as connection:
        call = new_method_call(address, "GetServerInformation")
        reply = connection.send_and_get_reply(call, timeout=5)
    return str(reply.body[0])


def _tray(_profile: Profile) -> Finding:
    return Finding(
        "tray",
        None,
        text("Only the window can know: start it, and it says so once when there is none."),
    )


def _told(error: VigieError) -> Text:
    return text("{what} {meaning} {todo}", what=error.title, meaning=error.message, todo=error.hint)
