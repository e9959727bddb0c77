"""Kills a sending process again and again around its requests; counts what the network got.

`python -m tests.support.kill_while_sending 1000` prints the figures for a thousand kills, shared among
all networks that send; a network's name behind it kills there alone.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote_plus

from monitor.model.account import Login
from tests.support.answerable import SENDING, WatchedServer, answerable
from tests.support.loopback import Reply, Request
from tests.support.sending_process import FOUND, MISSING
from tests.support.sending_world import make_profile

HERE = Path(__file__).parents[2]
STEP = 900
"""Seconds the clock jumps from one life to the next: nothing is under way that long, and nobody sends
so much in an hour that a network shows only a part of it."""
MENTIONS_A_KILL = 3

_MENTION = re.compile(r"on regarde cela \((\d+)\)")


@dataclass(frozen=True, slots=True)
class Figure:
    """`again`: how often what was published already was sent once more, whatever the network made of it.
    `found` and `missing`: what looking again said of replies nobody knew about."""

    network: str
    kills: int
    mentions: int
    published: int
    doubled: int
    again: int
    found: int
    missing: int


class _Killer:
    """Called by the server's threads: kills the process at the moment that was drawn for this life, and
    counts what was published."""

    def __init__(self, chance: random.Random, server: WatchedServer) -> None:
        self.published: Counter[int] = Counter()
        self.again = 0
        self._chance = chance
        self._pid = 0
        self._left = 0
        self._moment = ""
        self._lock = threading.Lock()
        server.before = self._arrived
        server.after = self._answering

    def aim(self, pid: int) -> None:
        with self._lock:
            self._left = self._chance.randrange(1, 4)
            self._moment = self._chance.choice(("arrived", "published", "answered"))
            self._pid = pid

    def _arrived(self, request: Request) -> Reply | None:
        with self._lock:
            self.again += self.published[_mention_in(request)] > 0
            self._left -= 1
            now = self._left == 0 and self._moment == "arrived"
        if now:
            self._kill()
            # Half of what is in the pipe when its sender dies still arrives.
            return Reply(reset=True) if self._chance.random() < 0.5 else None
        return None

    def _answering(self, request: Request, reply: Reply) -> None:
        with self._lock:
            self.published[_mention_in(request)] += reply.status in (200, 201)
            now = self._left == 0 and self._moment == "published"
            later = self._left == 0 and self._moment == "answered"
        if now:
            self._kill()
        if later:
            count = self._chance.randrange(200_000)
            threading.Thread(target=self._kill_after, args=(count,), daemon=True).start()

    def _kill_after(self, count: int) -> None:
        for _ in range(count):  # counted, not slept: about as long as writing down the answer takes
            pass
        self._kill()

    def _kill(self) -> None:
        with self._lock:
            pid, self._pid = self._pid, 0
        if pid:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def kill_while_sending(network: str, kills: int, folder: Path, seed: int = 4) -> Figure:
    """So many kills, then one life to the end. No server knows idempotency keys: what is proved is the
    outbox's own care."""
    chance = random.Random(f"{network} {seed}")
    mentions = kills * MENTIONS_A_KILL
    ahead = 0
    seen: Counter[str] = Counter()
    with WatchedServer() as server:
        there = answerable(
            network, server, lambda: datetime.now(UTC) + timedelta(seconds=ahead), mentions
        )
        database = make_profile(folder, there.reply_tos, there.login)
        killer = _Killer(chance, server)
        arguments = ["-m", "tests.support.sending_process", str(database), str(server.port)]
        with subprocess.Popen(
            [sys.executable, *arguments, str(mentions)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            print(_packed(there.login), file=process.stdin, flush=True)
            killed, code = 0, -signal.SIGKILL
            while code != 0:
                ahead += STEP
                print(ahead, file=process.stdin, flush=True)
                pid = int(process.stdout.readline())
                if killed < kills:
                    killer.aim(pid)
                while (said := process.stdout.readline().strip()) in (FOUND, MISSING):
                    seen[said] += 1
                code = int(said)
                assert code in (0, -signal.SIGKILL), code
                killed += code == -signal.SIGKILL
            process.stdin.close()
    published = {mention: count for mention, count in killer.published.items() if count}
    assert set(published) == set(range(1, mentions + 1))
    return Figure(
        network=network,
        kills=killed,
        mentions=mentions,
        published=sum(published.values()),
        doubled=sum(published.values()) - len(published),
        again=killer.again,
        found=seen[FOUND],
        missing=seen[MISSING],
    )


def _mention_in(request: Request) -> int:
    """The number of the mention that is answered, which stands in the reply's words."""
    found = _MENTION.search(unquote_plus(request.body.decode()))
    assert found is not None
    return int(found[1])


def _packed(login: Login) -> str:
    """What the other process needs of it: these accounts are of the test's own making."""
    account = {
        key: getattr(login.account, key) for key in ("network", "server", "handle", "daily_cap")
    }
    return json.dumps({"account": account, "secret": login.secret})


def main(kills: int, *names: str) -> None:
    chosen = names or SENDING
    for place, network in enumerate(chosen):
        share = kills // len(chosen) + (place < kills % len(chosen))
        with tempfile.TemporaryDirectory() as folder:
            print(kill_while_sending(network, share, Path(folder)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
