"""Dovecot, a real mail server, on loopback for one test: its own folder, certificate, user and port.

Runs as whoever runs the tests; where that is root, its mail belongs to the user that Debian's package
made, because Dovecot serves nobody root's mail.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")

_PATIENCE = 20.0

_CONFIGURATION = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{certificate}
mail_location = maildir:{mail}
auth_mechanisms = plain login
first_valid_uid = 1
first_valid_gid = 1
default_login_user = {login}
default_internal_user = {internal}
default_internal_group = {group}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {root}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mail}
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""


@contextlib.contextmanager
def dovecot(certificate: Path, user: str, password: str) -> Iterator[tuple[int, Path]]:
    """The port of a running server, and the Maildir of the user. Skips where Dovecot is not installed."""
    if PROGRAM is None:
        pytest.skip("Dovecot is not installed")
    # Not below pytest's folder: other users must get through, and names of sockets are short.
    with tempfile.TemporaryDirectory(prefix="dovecot-") as folder:
        Path(folder).chmod(0o711)
        with _running(Path(folder), certificate, user, password) as found:
            yield found


@contextlib.contextmanager
def _running(root: Path, certificate: Path, user: str, password: str) -> Iterator[tuple[int, Path]]:
    import grp
    import pwd

    assert PROGRAM is not None
    me = getpass.getuser()
    is_root = os.geteuid() == 0
    owner = pwd.getpwnam("dovecot" if is_root else me)
    mail = root / "mail"
    mail.mkdir()
    os.chown(mail, owner.pw_uid, owner.pw_gid)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    (root / "users").write_text(f"{user}:{password}\n")
    (root / "users").chmod(0o644)
    configuration = root / "dovecot.conf"
    configuration.write_text(
        _CONFIGURATION.format(
            root=root,
            certificate=certificate,
            mail=mail,
            port=port,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            login="dovenull" if is_root else me,
            internal="dovecot" if is_root else me,
            group=grp.getgrgid(owner.pw_gid).gr_name,
        )
    )
    process = subprocess.Popen([PROGRAM, "-F", "-c", str(configuration)])
    try:
        _wait_for(port, process, root / "log")
        yield port, mail
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def put(mail: Path, folder: str, raw: bytes, number: int) -> None:
    """Deliver a message, as a mail program would. `folder` as Maildir++ writes it, "" for the inbox."""
    box = mail / f".{folder}" if folder else mail
    for part in (box, box / "tmp", box / "new", box / "cur"):
        part.mkdir(exist_ok=True)
        shutil.chown(part, mail.stat().st_uid, mail.stat().st_gid)
    file = box / "new" / f"{1_785_000_000 + number}.M{number}.loopback"
    file.write_bytes(raw)
    shutil.chown(file, mail.stat().st_uid, mail.stat().st_gid)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    while process.poll() is None and time.monotonic() < end:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), 2) as plain,
            context.wrap_socket(plain) as wire,
        ):
            if wire.recv(100):
                return
        threading.Event().wait(0.05)
    raise AssertionError(log.read_text() if log.exists() else "Dovecot said nothing")
