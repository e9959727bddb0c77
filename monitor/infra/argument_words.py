"""The command line's own words, which argparse brings, in the person's language. Its standing words
only: the arguments describe themselves.

argparse asks `gettext` under the names `_` and `ngettext` of its own module, with the system's
catalogues, which hold nothing of it: these two names are the only way in.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from monitor.text import Text, text

_WORDS = (
    text("usage: "),
    text("positional arguments"),
    text("options"),
    text("show this help message and exit"),
    text("show program's version number and exit"),
    text("%(prog)s: error: %(message)s\n"),
    text("argument %(argument_name)s: %(message)s"),
    text("the following arguments are required: %s"),
    text("unrecognized arguments: %s"),
    text("expected one argument"),
    text("expected at least one argument"),
    text("ignored explicit argument %r"),
    text("ambiguous option: %(option)s could match %(matches)s"),
    text("invalid choice: %(value)r (choose from %(choices)s)"),
)


def speak(say: Callable[[Text], str]) -> None:
    """From now on every parser of this process uses these words. Before a parser is made."""
    said = {words.template: say(words) for words in _WORDS}

    def one(template: str) -> str:
        return said.get(template, template)

    argparse._ = one  # type: ignore[attr-defined]  # a name argparse imports for itself
