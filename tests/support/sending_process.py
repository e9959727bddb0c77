"""A process that answers every mention once, to be killed at any moment.

`python -m tests.support.sending_process DATABASE PORT MENTIONS` reads a login as JSON, then forks a new
one, with everything imported, for each line: the seconds its clock is ahead. It prints the new one's id,
FOUND or MISSING for each unknown reply that was looked for, and how it ended.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

from monitor.engine.bus import Bus
from monitor.engine.store_threads import StoreThreads
from monitor.errors import VigieError
from monitor.infra.clock import SystemClock
from monitor.model.account import Account, Login
from monitor.model.events import Event
from monitor.model.outgoing import SendingState
from monitor.networks.registry import networks
from monitor.store.reader import Reader
from tests.support.sending_world import PortClient, outbox_for

LOST_IN = 60.0
"""Seconds after which nothing can be under way any more."""
FOUND, MISSING = "found", "missing"


class Ahead(SystemClock):
    def __init__(self, seconds: float) -> None:
        self._by = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return super().now() + self._by


class Life:
    """One start of the program, up to the last mention's answer."""

    def __init__(self, database: Path, port: int, login: Login, ahead: float) -> None:
        self._store = StoreThreads(database, database.parent / "backups")
        self._store.start()
        self._happened = threading.Semaphore(0)
        bus = Bus()
        bus.subscribe(self._on_event)
        self._outbox = outbox_for(self._store, bus, Ahead(ahead), PortClient(port), login)
        self._outbox.start()

    def answer_all(self, mentions: int) -> None:
        for mention_id in range(1, mentions + 1):
            while not self._answered(mention_id):
                pass
        self._outbox.stop(LOST_IN)
        self._store.stop(LOST_IN)

    def _answered(self, mention_id: int) -> bool:
        """Do the next thing a person would do; whether there is nothing more to do."""
        known = self._store.read(lambda reader: Reader.sendings(reader, mention_id)).result()
        state = known[0].state if known else SendingState.FAILED
        if state is SendingState.UNKNOWN:
            try:
                seen = self._outbox.look_again(known[0].id).result()
                print(FOUND if seen.state is SendingState.SENT else MISSING, flush=True)
            except VigieError as error:
                print(error, file=sys.stderr, flush=True)
                os._exit(3)
        elif state is SendingState.FAILED:
            (mention,) = self._store.read(lambda reader: reader.mentions((mention_id,))).result()
            words = f"Bonjour, on regarde cela ({mention_id})."
            self._outbox.queue(mention_id, 1, words, "fr", mention.post.reply_to).result()
        elif state is not SendingState.SENT:
            self._happened.acquire(timeout=LOST_IN)
        return state is SendingState.SENT

    def _on_event(self, _event: Event) -> None:
        self._happened.release()


def main(database: Path, port: int, mentions: int) -> None:
    told = json.loads(sys.stdin.readline())
    login = Login(Account(1, **told["account"]), told["secret"])
    networks()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            Life(database, port, login, float(line)).answer_all(mentions)
            os._exit(0)
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
