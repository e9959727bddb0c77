"""The `vigie` command: without a subcommand the window, with one the command line, without Qt.

Exit codes: 0 done, also when an open window was raised instead; 1 an error that is told; 2 wrong usage.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from monitor import __version__
from monitor.infra.argument_words import speak
from monitor.infra.catalogue import load_catalogue
from monitor.infra.language import spoken_language
from monitor.infra.paths import Profile, default_profile
from monitor.infra.started_as import started_as
from monitor.text import Text, text

ERROR = 1
OPTIONS_WITH_VALUE = ("--profile", "--language")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; `arguments` without its name (sys.argv when None). Returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if _has_command(given):
        from monitor.cli import main as command_line

        return command_line(given)
    from ui.screen import why_no_window

    catalogue = load_catalogue(spoken_language(given))

    def say(words: Text) -> str:
        return words.render(catalogue)

    speak(say)
    asked = _parser(say).parse_args(given)
    if (reason := why_no_window()) is not None:
        return _without_window(asked, say, reason)
    if asked.demo and not asked.profile:
        # A folder of its own that is thrown away: the demonstration never touches a person's data.
        with tempfile.TemporaryDirectory(
            prefix="vigie-demo-", ignore_cleanup_errors=True
        ) as folder:
            return _open(Profile(Path(folder)), asked, passing=True)
    named = Path(asked.profile).expanduser().absolute() if asked.profile else None
    return _open(Profile(named) if named else default_profile(), asked)


def _open(profile: Profile, asked: Namespace, *, passing: bool = False) -> int:
    # Until the first paint there is no garbage worth a search: a tenth of the time to the window.
    gc.disable()
    from ui.import_hook import read_no_sources

    read_no_sources()
    from ui.app import run  # Qt is first imported here

    return run(profile, demo=asked.demo, language=asked.language, passing=passing)


def _without_window(asked: Namespace, say: Callable[[Text], str], reason: Text) -> int:
    """The demonstration goes on in the terminal, which needs no excuse where there is no screen;
    anything else ends."""
    from monitor.cli import main as command_line
    from ui.screen import has_screen

    if has_screen() or not asked.demo:
        print(say(reason), file=sys.stderr)
    if not asked.demo:
        return ERROR
    instead = text("No window can open here, so the demonstration runs in this terminal.")
    print(say(instead), file=sys.stderr)

    options = ["--profile", asked.profile] if asked.profile else []
    if asked.language:
        options += ["--language", asked.language]
    return command_line([*options, "demo"])


def _has_command(given: Sequence[str]) -> bool:
    """True when a word stands where a subcommand would."""
    expects_value = False
    for word in given:
        if expects_value:
            expects_value = False
        elif word in OPTIONS_WITH_VALUE:
            expects_value = True
        elif not word.startswith("-"):
            return True
    return False


def _parser(say: Callable[[Text], str]) -> ArgumentParser:
    parser = ArgumentParser(
        prog=started_as(),
        description=say(text("Listens for what people say about a brand.")),
        epilog=say(
            text(
                "With a command it works without a window: check, brand, source, search, export, analyse, doctor, demo. “{vigie} check --help” explains one.",
                vigie=started_as(),
            )
        ),
    )
    parser.add_argument("--version", action="version", version=f"vigie {__version__}")
    parser.add_argument(
        "--profile",
        metavar="DIR",
        default="",
        help=say(text("the folder with the data (else VIGIE_PROFILE, else the usual one)")),
    )
    parser.add_argument(
        "--language",
        choices=["en", "fr"],
        default="",
        help=say(text("the language of the answers")),
    )
    parser.add_argument(
        "--demo", action="store_true", help=say(text("open on the demonstration brand"))
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
