"""The words of the `vigie` command: its subcommands and options. Runs nothing."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from monitor import __version__
from monitor.cli import (
    accounts,
    analyse,
    brands,
    check,
    demo,
    doctor,
    search,
    source_adding,
    sources,
)
from monitor.infra.settings import LANGUAGES
from monitor.infra.started_as import started_as
from monitor.networks.registry import networks
from monitor.text import Text, text

Say = Callable[[Text], str]


class Commands:
    """Adds subcommands to one level of the command line. `run` of each goes into the parsed arguments."""

    def __init__(self, parser: ArgumentParser, say: Say) -> None:
        self._level = parser.add_subparsers(metavar="COMMAND", required=True)
        self._say = say

    def add(self, name: str, about: Text, run: object = None) -> ArgumentParser:
        words = self._say(about)
        parser = self._level.add_parser(name, help=words, description=words)
        parser.set_defaults(run=run)
        add_common(parser, self._say, default=SUPPRESS)
        return parser


def make_parser(say: Say) -> ArgumentParser:
    """`say` puts the help in the person's language."""
    parser = ArgumentParser(
        prog=started_as(), description=say(text("Listens for what people say about a brand."))
    )
    parser.add_argument("--version", action="version", version=f"vigie {__version__}")
    add_common(parser, say, default=None)
    commands = Commands(parser, say)
    _add_check(commands, say)
    _add_brand(commands, say)
    _add_source(commands, say)
    _add_account(commands, say)
    _add_stored(commands, say)
    commands.add("analyse", text("judge one text a line from standard input"), analyse.run)
    commands.add("doctor", text("say what works on this machine"), doctor.run)
    commands.add("demo", text("show the demonstration in this terminal"), demo.run)
    return parser


def add_common(parser: ArgumentParser, say: Say, default: str | None) -> None:
    """Before or after the subcommand; SUPPRESS, so that a default does not unsay what came before."""
    parser.add_argument(
        "--profile",
        metavar="DIR",
        default=default,
        help=say(text("the folder with the data (else VIGIE_PROFILE, else the usual one)")),
    )
    parser.add_argument(
        "--language",
        choices=[language for language in LANGUAGES if language],
        default=default,
        help=say(text("the language of the answers")),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=default or False,
        help=say(text("answer in JSON Lines, one object a line")),
    )


def _add_check(commands: Commands, say: Say) -> None:
    parser = commands.add("check", text("poll what is due once"), check.run)
    parser.add_argument("--all", action="store_true", help=say(text("every source, due or not")))


def _add_brand(commands: Commands, say: Say) -> None:
    parser = commands.add("brand", text("the brands to listen for"))
    actions = Commands(parser, say)
    add = actions.add("add", text("watch a brand"), brands.add)
    add.add_argument("name", metavar="NAME")
    for option, about in (
        ("--alias", text("another name of it")),
        ("--near", text("a word of which one must be near")),
        ("--not-near", text("a word that must not be near")),
        ("--exclude-author", text("an author to leave out")),
        ("--exclude-site", text("a site to leave out")),
        ("--exclude-language", text("a language to leave out")),
    ):
        add.add_argument(option, action="append", default=[], metavar="WORD", help=say(about))
    add.add_argument(
        "--exact", action="store_true", help=say(text("accents and capitals as written"))
    )
    add.add_argument("--rival", action="store_true", help=say(text("watch it, never alert")))
    sources_too = add.add_mutually_exclusive_group()
    sources_too.add_argument(
        "--propose",
        action="store_true",
        help=say(text("show the sources its name proposes, and add nothing")),
    )
    sources_too.add_argument(
        "--with-sources",
        action="store_true",
        help=say(text("also listen to the usual ones its name proposes")),
    )
    actions.add("list", text("show the brands"), brands.show)
    remove = actions.add("remove", text("watch a brand no longer"), brands.remove)
    remove.add_argument("brand", metavar="NAME|ID")
    remove.add_argument(
        "--yes", action="store_true", help=say(text("do not ask: its mentions are deleted too"))
    )


def _add_source(commands: Commands, say: Say) -> None:
    parser = commands.add("source", text("the places that are listened to"))
    actions = Commands(parser, say)
    add = actions.add("add", text("listen to a feed or to a network"), source_adding.add)
    add.add_argument(
        "given",
        nargs="*",
        metavar="ADDRESS|KEY=VALUE",
        help=say(text("any page with a feed; with --kind the answers to its form")),
    )
    add.add_argument(
        "--kind", default="", help=say(text("a network, as `source kinds` lists them"))
    )
    add.add_argument("--name", default="", help=say(text("its name in the lists")))
    add.add_argument("--folder", default="", help=say(text("its folder, as in Press / Regional")))
    add.add_argument(
        "--about",
        default="",
        metavar="NAME|ID",
        help=say(text("the brand that everything there is about, named or not")),
    )
    add.add_argument(
        "--minutes", type=_count(say), default=0, help=say(text("minutes between two checks"))
    )
    add.add_argument("--all", action="store_true", help=say(text("every feed on the page")))
    actions.add("list", text("show the sources"), sources.show)
    actions.add("kinds", text("show the kinds of source"), source_adding.show_kinds)
    remove = actions.add("remove", text("listen to a source no longer"), sources.remove)
    remove.add_argument("source", metavar="ADDRESS|ID")
    read = actions.add("import", text("add the feeds of an OPML file"), sources.read_file)
    read.add_argument("file", metavar="FILE")
    write = actions.add("export", text("write the feeds to an OPML file"), sources.write_file)
    write.add_argument("file", metavar="FILE")


def _add_account(commands: Commands, say: Say) -> None:
    parser = commands.add("account", text("your accounts on networks"))
    actions = Commands(parser, say)
    add = actions.add("add", text("log in at a network, anew or again"), accounts.add)
    add.add_argument(
        "network", metavar="NETWORK", nargs="?", default="", help=", ".join(networks())
    )
    add.add_argument(
        "given",
        nargs="*",
        metavar="KEY=VALUE",
        help=say(text("the answers to its form; secrets are asked for")),
    )
    actions.add("list", text("show the accounts"), accounts.show)
    cap = actions.add("cap", text("the most replies sent from it in a day"), accounts.set_cap)
    cap.add_argument("account", metavar="HANDLE|ID")
    cap.add_argument("replies", metavar="NUMBER", type=_count(say))
    remove = actions.add("remove", text("log out and forget the login"), accounts.remove)
    remove.add_argument("account", metavar="HANDLE|ID")


def _add_stored(commands: Commands, say: Say) -> None:
    find = commands.add("search", text("search the stored mentions"), search.search)
    find.add_argument("query", metavar="QUERY")
    find.add_argument(
        "--limit",
        type=_count(say),
        default=50,
        help=say(text("at most this many, newest first")),
    )
    export = commands.add(
        "export", text("write every stored mention to standard output"), search.export
    )
    export.add_argument("--format", choices=["csv", "json"], required=True)


def _count(say: Say) -> Callable[[str], int]:
    """Reads a whole number above 0."""

    def read(given: str) -> int:
        if not given.isdecimal() or not int(given):
            raise ArgumentTypeError(
                say(text("“{given}” is not a whole number above 0.", given=given))
            )
        return int(given)

    return read
