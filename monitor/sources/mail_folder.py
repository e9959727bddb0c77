"""One look into an e-mail folder: which messages are new, and how far it was read.

Messages are read in the order they came, so that a crowd is caught up with in later checks and none
is left out. A folder that was numbered anew is read again from two days before it was last read to
its end; posts are known by their Message-ID, so nothing comes twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote

from monitor.errors import Action, SourceError
from monitor.infra.http import HttpResponse
from monitor.infra.imap import DEADLINE, MAX_BYTES, Folder, Mailbox
from monitor.sources.api_answers import number, string
from monitor.sources.base import Answers
from monitor.text import text

FIRST = 50
"""How many of the newest messages are read where nothing was ever read."""

_MOST = 100
_OVERLAP = timedelta(days=2)
_STATUS = 200
_SHOWN_FOLDERS = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a folder was read: `validity` of its numbers, the last of them, and the day on which it was
    last read to its end, None where it never was."""

    validity: int
    uid: int
    day: date | None

    def to_json(self) -> str:
        day = self.day.isoformat() if self.day else ""
        return json.dumps({"v": 1, "validity": self.validity, "uid": self.uid, "day": day})


@dataclass(frozen=True, slots=True)
class Look:
    """What a look brought. `left` counts messages for the next one."""

    mark: Mark
    left: int
    messages: tuple[bytes, ...]


def look(
    mailbox: Mailbox, name: str, place: str, sender: str, before: Mark | None, now: datetime
) -> Answers:
    """The state of the folder, then the new messages from `sender`, as answers of `place`. Blocking,
    network. Raises SourceError, with the names of the folders where this one is not there."""
    folder = mailbox.examine(name)
    if folder is None:
        raise _no_folder(name, mailbox.folders())
    uids = _new(mailbox, folder, sender, before)
    messages: list[HttpResponse] = []
    size = read = 0
    for uid in uids[:_MOST]:
        if size > MAX_BYTES // 2 or mailbox.time_left() < DEADLINE / 2:
            break
        body, read = mailbox.message(uid), read + 1
        size += len(body)
        if body:  # else it was deleted meanwhile
            messages.append(HttpResponse(_STATUS, f"{place};UID={uid}", "", {}, body))
    left = len(uids) - read
    end = max(folder.next_uid - 1, uids[-1] if uids else 0)
    far = end if not left else uids[read - 1] if read else uids[0] - 1
    day = before.day if before else None
    told = {
        "validity": str(folder.validity),
        "uid": str(far),
        "day": now.date().isoformat() if not left else day.isoformat() if day else "",
        "left": str(left),
    }
    return (
        HttpResponse(_STATUS, f"{place};UIDVALIDITY={folder.validity}", "", told, b""),
        *messages,
    )


def look_of(answers: Answers) -> Look | None:
    """What `look` found; None for what it did not make."""
    mark = _mark_of(answers[0].headers) if answers else None
    if mark is None:
        return None
    left = number(dict(answers[0].headers), "left") or 0
    return Look(mark, left, tuple(answer.body for answer in answers[1:]))


def mark_of(cursor: str) -> Mark | None:
    try:
        return _mark_of(json.loads(cursor))
    except (ValueError, RecursionError):
        return None


def place_of(server: str, folder: str) -> str:
    return f"imaps://{server}/{quote(folder, safe='')}"


def _new(mailbox: Mailbox, folder: Folder, sender: str, before: Mark | None) -> list[int]:
    if before is not None and before.validity == folder.validity:
        return mailbox.search(sender, after=before.uid)
    if before is not None and before.day is not None:
        return mailbox.search(sender, since=before.day - _OVERLAP)
    return mailbox.search(sender)[-FIRST:]


def _mark_of(found: object) -> Mark | None:
    found = dict(found) if isinstance(found, dict) else {}
    validity, uid = number(found, "validity"), number(found, "uid")
    if not validity or uid is None or validity < 0 or uid < 0:
        return None
    try:
        day = date.fromisoformat(string(found, "day"))
    except ValueError:
        day = None
    return Mark(validity, uid, day)


def _no_folder(name: str, there: tuple[str, ...]) -> SourceError:
    names = ", ".join(f"“{one}”" for one in there[:_SHOWN_FOLDERS])
    return SourceError(
        text("The mailbox has no folder “{name}”.", name=name[:200]),
        text("Nothing was read. Nothing already collected is lost."),
        text("Its folders are {names}. Write one of them.", names=names)
        if names
        else text("It shows no folder at all. Make one in your mail program."),
        action=Action.PAUSE,
    )
