"""The second process, seen from the first: started, asked, ended. Knows no poll.

Another core thinks while this one fetches, stores and paints. A plain child with two pipes rather than
multiprocessing: that would import the program's main module, Qt with it, and start a process of its
own to watch over the first. Messages are pickles; both ends are this program.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

import monitor

COMMAND = "think"
"""What the program is called with to be the second process."""

IDLE = 60.0
"""Seconds without work after which it ends: at rest it takes no memory."""

LONGEST = 60.0
"""Seconds one answer may take. What takes longer is not waited for."""

MOST_DEATHS = 3
"""A process that dies again and again is not started any more."""

_log = logging.getLogger(__name__)


class Gone(Exception):
    """There is no second process, or it ended before it answered."""


class SecondProcess:
    """Safe from any thread. `command` starts it; it greets with one message when it can work."""

    def __init__(self, command: Callable[[], list[str]]) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._deaths = 0
        self._stopped = False

    @property
    def ready(self) -> bool:
        child = self._child
        return child is not None and child.ready

    def start(self) -> None:
        """Start it, unless it runs or cannot. Returns at once; it is `ready` some time later."""
        with self._lock:
            if self._stopped or self._child is not None or self._deaths >= MOST_DEATHS:
                return
            try:
                self._child = _Child(self._command(), self._ended)
            except OSError:
                _log.warning("no second process can be started", exc_info=True)
                self._deaths = MOST_DEATHS

    def ask(self, question: object, about: object) -> Any:
        """The answer. `about` is sent along only when it is another object than the last time.
        Raises Gone."""
        child = self._child
        if child is None:
            raise Gone
        try:
            return child.ask(question, about).result(LONGEST)
        except TimeoutError:
            child.kill()
            raise Gone from None

    def rest(self) -> None:
        """End it when it had nothing to do for IDLE seconds."""
        child = self._child
        if child is not None and child.idle_for() >= IDLE:
            child.end()

    def stop(self) -> None:
        """End it for good, whatever it is doing."""
        with self._lock:
            self._stopped = True
            child = self._child
        if child is not None:
            child.kill()
            child.join()

    def _ended(self, *, asked: bool) -> None:
        with self._lock:
            self._child = None
            self._deaths += not asked and not self._stopped


class _Child:
    """One running process. A thread reads what it says, in the order it was asked."""

    def __init__(self, command: list[str], on_end: Callable[..., None]) -> None:
        self.ready = False
        self._on_end = on_end
        self._sending = threading.Lock()
        self._waiting: deque[Future[Any]] = deque()
        self._about: object = None
        self._last = time.monotonic()
        self._told_to_end = False
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._to = cast(IO[bytes], self._process.stdin)
        self._from = cast(IO[bytes], self._process.stdout)
        self._thread = threading.Thread(target=self._listen, name="second-process", daemon=True)
        self._thread.start()

    def ask(self, question: object, about: object) -> Future[Any]:
        message = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
        answer: Future[Any] = Future()
        with self._sending:
            if self._told_to_end:
                raise Gone
            self._last = time.monotonic()
            news = None if about is self._about else about
            self._waiting.append(answer)
            try:
                pickle.dump(news, self._to, pickle.HIGHEST_PROTOCOL)
                self._to.write(message)
                self._to.flush()
            except OSError:
                raise Gone from None
            self._about = about
        return answer

    def idle_for(self) -> float:
        """Seconds since it was last asked; 0 while it has something to do."""
        return 0.0 if self._waiting or not self.ready else time.monotonic() - self._last

    def end(self) -> None:
        """Tell it that nothing more comes: it ends by itself."""
        with self._sending:
            if not self._waiting and not self._told_to_end:
                self._told_to_end = True
                self._to.close()

    def kill(self) -> None:
        self._told_to_end = True
        self._process.kill()

    def join(self) -> None:
        self._thread.join(1.0)

    def _listen(self) -> None:
        try:
            pickle.load(self._from)  # noqa: S301 - from our own program
            self._last = time.monotonic()
            self.ready = True
            while True:
                answer = pickle.load(self._from)  # noqa: S301 - as above
                self._waiting.popleft().set_result(answer)
        except (EOFError, OSError, pickle.UnpicklingError):
            pass  # it ended, by itself or not
        self.ready = False
        asked = self._told_to_end
        self._process.kill()
        with self._sending:
            self._told_to_end = True
        self._process.wait()
        self._on_end(asked=asked)
        for unanswered in self._waiting:
            unanswered.set_exception(Gone())
        self._from.close()
        with suppress(OSError):  # what could not be sent any more
            self._to.close()


def own_command(database: Path) -> list[str]:
    """How this program starts itself as the second process."""
    itself = [sys.executable]
    if not getattr(sys, "frozen", False):
        itself += ["-m", "monitor"]
    return [*itself, COMMAND, str(database)]


def _environment() -> Mapping[str, str]:
    """Ours, and where this program's modules are, wherever it was started from."""
    root = str(Path(monitor.__file__).parents[1])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH", "")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
