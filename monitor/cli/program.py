"""The `vigie` command from arguments to exit code. Every error ends here, as three lines or a traceback.

Exit codes: 0 done, 1 an error that is told, 2 wrong usage, 3 a source failed, 130 Ctrl+C.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from monitor.cli.output import Output
from monitor.engine.second_mind import main as think
from monitor.engine.second_process import COMMAND
from monitor.errors import VigieError
from monitor.infra.argument_words import speak
from monitor.infra.catalogue import load_catalogue
from monitor.infra.language import spoken_language
from monitor.infra.paths import Profile, default_profile
from monitor.text import Text

ERROR = 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; `arguments` without the program's name (sys.argv when None)."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == [COMMAND]:
        think(Path(given[1]))
    from monitor.cli.parser import make_parser  # every command: none of them is for the thinker

    _speak_utf8()
    catalogue = load_catalogue(spoken_language(given))

    def say(words: Text) -> str:
        return words.render(catalogue)

    speak(say)
    args = make_parser(say).parse_args(given)
    output = Output(catalogue, json_lines=args.json)
    try:
        return int(args.run(args, _profile(args), output))
    except VigieError as error:
        output.error(error)
        return ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has read enough (head). Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _profile(args: Namespace) -> Profile:
    if args.profile:
        return Profile(Path(args.profile).expanduser().absolute())
    return default_profile()


def _speak_utf8() -> None:
    """Posts hold every script there is; a terminal in an older encoding must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
