"""A source that reads a mailbox, polled again and again; and notices to put there."""

from __future__ import annotations

import pickle
from datetime import timedelta
from pathlib import Path

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.infra.imap import ImapClient
from monitor.model.account import Login
from monitor.model.source import Source
from monitor.sources import linkedin_mail, trustpilot_mail
from monitor.sources.base import FetchResult
from monitor.sources.mail_kind import MailKind
from tests.support.imap_server import Box, ImapServer
from tests.unit.sources.recorded.mail import LOGIN, RECORDED, linkedin_plain
from tests.unit.sources.samples import NOW, access

FOLDER = "R&AOk-seaux/Notices"
KINDS = {"linkedin-mail": linkedin_mail.KIND, "trustpilot-mail": trustpilot_mail.KIND}


class Reader:
    """One source, polled again and again with the cursor it left."""

    def __init__(self, kind: str, port: int, certificate: Path, http: HttpClient) -> None:
        plain = KINDS[kind]
        self.kind = MailKind(plain.info, plain._notices, ImapClient(str(certificate)))
        self.source = Source(1, kind, RECORDED[kind].address, "")
        self.login = Login(LOGIN.account, {**LOGIN.secret, "port": str(port)})
        self.http = http
        self.cursor = ""

    def poll(self, day: int = 0, cancel: CancelToken | None = None) -> FetchResult:
        now = NOW + timedelta(days=day)
        answers = self.kind.fetch_as(
            self.source, self.cursor, access(self.login), self.http, now, cancel or CancelToken()
        )
        packed = pickle.dumps((self.source, self.cursor, answers, now))
        assert b"SECRET" not in packed
        result = self.kind.read(*pickle.loads(packed))  # noqa: S301 # our own
        self.cursor = result.cursor
        assert "SECRET" not in self.cursor
        assert not result.withdrawn
        return result

    def ids(self, day: int = 0) -> list[str]:
        return [post.native_id.partition(".")[0] for post in self.poll(day).posts]


def prepare(server: ImapServer) -> None:
    """The user and the folder that the sources name."""
    server.users[LOGIN.secret["user"]] = LOGIN.secret["password"]
    server.boxes[FOLDER] = Box()


def notice(number: int) -> bytes:
    """Later ones have later dates."""
    day, minute = divmod(number, 1440)
    hour, minute = divmod(minute, 60)
    moment = f"Sat, {1 + day:02} Aug 2026 {hour:02}:{minute:02}:00 +0000"
    return linkedin_plain(said=f"Cas {number} chez Café Lumen", number=number, date=moment)
