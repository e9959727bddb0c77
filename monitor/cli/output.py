"""What a command says: sentences or JSON Lines on standard output, errors on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import TextIO

from monitor.errors import VigieError
from monitor.text import Catalogue, Text


class Output:
    """`json_lines` True: objects only, one a line. Every line is flushed: somebody may be reading along."""

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        json_lines: bool,
        out: TextIO | None = None,
        err: TextIO | None = None,
    ) -> None:
        self._catalogue = catalogue
        self.json_lines = json_lines
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    def words(self, sentence: Text | None) -> str:
        """In the person's language; "" for None."""
        return "" if sentence is None else sentence.render(self._catalogue)

    def say(self, sentence: Text) -> None:
        """A sentence for a person; nothing with --json."""
        if not self.json_lines:
            self.line(self.words(sentence))

    def note(self, sentence: Text) -> None:
        """A sentence beside the answer, on standard error: the answer itself stays as it is."""
        if not self.json_lines:
            self._err.write(visible(self.words(sentence)) + "\n")
            self._err.flush()

    def ask(self, question: Text) -> None:
        """On standard error without a line's end, also with --json: somebody is to answer behind it."""
        self._err.write(visible(self.words(question)))
        self._err.flush()

    def line(self, line: str) -> None:
        """One line as it is: content of the world, never part of the terminal's own language."""
        self._out.write(visible(line) + "\n")
        self._out.flush()

    def raw(self, written: str) -> None:
        """A line in a format of its own (CSV), its end included."""
        self._out.write(written)
        self._out.flush()

    def row(self, values: Mapping[str, object]) -> None:
        """One object of JSON Lines."""
        self._out.write(json.dumps(values, ensure_ascii=False) + "\n")
        self._out.flush()

    def error(self, error: VigieError) -> None:
        """What happened, what it means, what to do: three lines."""
        for part in (error.title, error.message, error.hint):
            self._err.write(visible(self.words(part)) + "\n")
        self._err.flush()


def visible(line: str) -> str:
    """Without control characters: what a stranger wrote must not steer the terminal."""
    return "".join(char if char.isprintable() or char in "\t " else " " for char in line)
