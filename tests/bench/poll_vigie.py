"""Our own poll of the measurement's feeds, in the process that the window lives in.

    python -m tests.bench.poll_vigie FOLDER BUMP_URL WORKERS < addresses

A Qt application runs in the main thread and watches how late its 10 ms timer is, while the real
engine polls, stores, matches and scores. Prints one JSON line a phase.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import urllib.request
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.brand import Brand
from monitor.model.source import Source
from tests.bench.feed_bodies import BRAND
from tests.bench.own_process import cpu_seconds, memory
from tests.bench.polled import PHASES
from ui.bridge import Bridge

TICK_MS = 10


class Lateness(QObject):
    """How many milliseconds late each tick of a precise timer came. GUI thread, but for `take`."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self.last = time.perf_counter()
        self.timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.tick)
        self.timer.start()

    def tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, (now - self.last) * 1000 - TICK_MS))
        self.last = now

    def take(self) -> list[float]:
        """What was measured since the last call, smallest first."""
        taken, self.late = self.late, []
        return sorted(taken)


def measure(service: Service, bump: str, lateness: Lateness) -> None:
    """In a thread of its own, as the window's questions to the engine are."""
    service.save_brand(Brand(0, BRAND)).result()
    for address in sys.stdin.read().split():
        service.add_source(Source(0, "feed", address, "")).result()
    for phase in PHASES:
        if phase == "one new each":
            urllib.request.urlopen(bump).read()
        lateness.take()
        cpu, began = cpu_seconds(os.getpid()), time.perf_counter()
        report = service.check().result()
        wall = time.perf_counter() - began
        late = lateness.take()
        failed = [poll for poll in report.polls if poll.error]
        cost = {
            "phase": phase,
            "wall": wall,
            "cpu": cpu_seconds(os.getpid()) - cpu,
            "peak": memory(os.getpid()).peak,
            "entries": service.counts().result().all,
            "delay_p99": late[int(len(late) * 0.99)],
        }
        print(json.dumps(cost), flush=True)
        assert not failed, failed[0]


def main() -> None:
    folder, bump, workers = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    service = Service(Profile(folder), workers=workers, by_itself=False)
    service.start()
    bridge = Bridge()
    bridge.attach(service)
    lateness = Lateness()
    broken: list[BaseException] = []

    def run() -> None:
        try:
            measure(service, bump, lateness)
        except BaseException as error:  # told by the main thread, which owns the exit code
            broken.append(error)
        finally:
            QTimer.singleShot(0, app, app.quit)

    threading.Thread(target=run).start()
    app.exec()
    bridge.detach()
    service.stop()
    if broken:
        raise broken[0]


if __name__ == "__main__":
    main()
