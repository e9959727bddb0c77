"""The second process, seen from inside: reads jobs, thinks, answers. Ends when nothing more can come.

It reads the database and never writes it: the one writer is in the first process. The first process's
end, however it comes, closes the pipe, and that ends this one.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, NoReturn

from monitor.analysis.analyser import Analyser
from monitor.engine.finder import Finder, Watched
from monitor.engine.thinking import Job, think
from monitor.model.poll import PollOutcome
from monitor.sources.registry import kinds
from monitor.store.connection import open_reader
from monitor.store.reader import Reader


def main(database: Path) -> NoReturn:
    """Serve on standard input and output until the first ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the first process's to handle
    jobs, answers = os.fdopen(0, "rb"), _answers_alone()
    reader = Reader(open_reader(database))
    kinds()
    # What it makes goes with its job: looking for cycles ever again finds nothing (5 % of the time).
    gc.freeze()
    gc.set_threshold(100_000)
    with suppress(EOFError, OSError), closing(reader):
        _serve(jobs, answers, reader)
    os._exit(0)  # at once: an answer that nobody reads any more is no error


def _answers_alone() -> IO[bytes]:
    """Standard output for answers alone: what anything else prints goes where errors go."""
    answers = os.fdopen(os.dup(1), "wb")
    with suppress(OSError):  # a program without a terminal may have no place for errors
        os.dup2(2, 1)
    return answers


def _serve(jobs: IO[bytes], answers: IO[bytes], reader: Reader) -> None:
    analyser = Analyser()
    finder = Finder((), analyser)
    _send(answers, "ready")
    while True:
        watched: Watched | None = pickle.load(jobs)  # noqa: S301 - from our own program
        job: Job = pickle.load(jobs)  # noqa: S301 - as above
        if watched is not None:
            finder = Finder(watched.brands, analyser, watched.voices)
        _send(answers, _thought(job, finder, reader))


def _thought(job: Job, finder: Finder, reader: Reader) -> PollOutcome | None:
    """None when it did not go well: the first process does it again and tells why."""
    try:
        return think(job, finder, reader)
    except Exception:  # a refusal, a bug, a locked database: all are told there
        return None


def _send(answers: IO[bytes], message: object) -> None:
    pickle.dump(message, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()
