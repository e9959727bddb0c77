"""Kills a sending process again and again around its requests; counts what the network got.

`python -m tests.support.kill_while_sending 1000` prints the figure for a thousand kills.
"""

from __future__ import annotations

import os
import random
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

from tests.support.loopback import LoopbackServer, Reply, Request
from tests.support.mastodon_statuses import MastodonStatuses
from tests.support.sending_world import make_profile

HERE = Path(__file__).parents[2]
STEP = 120
"""Seconds the clock jumps from one life to the next: nothing is under way that long."""
MENTIONS_A_KILL = 2


@dataclass(frozen=True, slots=True)
class Figure:
    kills: int
    mentions: int
    published: int
    doubled: int


class _Killer:
    """Called by the server's threads: kills the process at the moment that was drawn for this life."""

    def __init__(self, chance: random.Random, server: MastodonStatuses) -> None:
        self._chance = chance
        self._pid = 0
        self._left = 0
        self._moment = ""
        self._lock = threading.Lock()
        server.before = self._arrived
        server.published_one = self._published

    def aim(self, pid: int) -> None:
        with self._lock:
            self._left = self._chance.randrange(1, 4)
            self._moment = self._chance.choice(("arrived", "published", "answered"))
            self._pid = pid

    def _arrived(self, _request: Request) -> Reply | None:
        with self._lock:
            self._left -= 1
            now = self._left == 0 and self._moment == "arrived"
        if now:
            self._kill()
            # Half of what is in the pipe when its sender dies still arrives.
            return Reply(reset=True) if self._chance.random() < 0.5 else None
        return None

    def _published(self) -> None:
        with self._lock:
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


def kill_while_sending(kills: int, folder: Path, seed: int = 4) -> Figure:
    """So many kills, then one life to the end. The server knows no idempotency keys: what is proved
    is the outbox's own care."""
    chance = random.Random(seed)
    mentions = kills * MENTIONS_A_KILL
    with LoopbackServer() as loopback:
        server = MastodonStatuses(loopback)
        server.forgetful = True
        ahead = 0
        server.clock = lambda: datetime.now(UTC) + timedelta(seconds=ahead)
        reply_tos = [server.add_parent(number) for number in range(10, 10 + mentions)]
        database = make_profile(folder, reply_tos)
        killer = _Killer(chance, server)
        arguments = ["-m", "tests.support.sending_process", str(database), str(loopback.port)]
        with subprocess.Popen(
            [sys.executable, *arguments, str(mentions)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            killed, code = 0, -signal.SIGKILL
            while code != 0:
                ahead += STEP
                print(ahead, file=process.stdin, flush=True)
                pid = int(process.stdout.readline())
                if killed < kills:
                    killer.aim(pid)
                code = int(process.stdout.readline())
                assert code in (0, -signal.SIGKILL), code
                killed += code == -signal.SIGKILL
            process.stdin.close()
    answered = Counter(one["in_reply_to_id"] for one in server.published)
    doubled = sum(count - 1 for count in answered.values())
    assert len(answered) == mentions
    return Figure(killed, mentions, len(server.published), doubled)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        print(kill_while_sending(int(sys.argv[1]), Path(place)))
