"""The command line for a person: words and not codes, and no number that means nothing."""

from __future__ import annotations

from tests.e2e.command import Command
from tests.support.feed_text import BAD, rss
from tests.support.loopback import LoopbackServer


def test_lists_speak_the_persons_language(vigie: Command, server: LoopbackServer) -> None:
    url = server.add("/feed", rss([("1", BAD)]))
    assert vigie.here("brand", "add", "Café Lumen").code == 0
    assert vigie.here("source", "add", url).code == 0
    assert "\tjamais relevée\t" in vigie.here("source", "list", "--language", "fr").out
    assert vigie.here("check").code == 0
    assert "\tà l’écoute\t" in vigie.here("source", "list", "--language", "fr").out
    assert "\tnégatif\tà traiter\t" in vigie.here("search", "lumen", "--language", "fr").out


def test_a_limit_below_one_is_refused(vigie: Command) -> None:
    for limit in ("0", "-1", "ten"):
        done = vigie.here("search", "lumen", "--language", "fr", f"--limit={limit}")
        assert (done.code, done.out) == (2, "")
        assert f"« {limit} » n’est pas un nombre entier" in done.err.replace("\u00a0", " ")


def test_what_is_not_judged_has_no_percentage(vigie: Command) -> None:
    done = vigie.run("analyse", said="\n")
    assert done.code == 0
    assert "%" not in done.out


def test_help_and_usage_errors_are_in_the_persons_language(vigie: Command) -> None:
    told = vigie.run("search", "--help", "--language", "fr").out.replace("\u00a0", " ")
    assert told.startswith("utilisation : ")
    assert "-m monitor search [" in " ".join(told.split())
    for english in ("usage", "positional arguments", "show this help"):
        assert english not in told
    wrong = vigie.run("--language", "fr", "search").err.replace("\u00a0", " ")
    assert "erreur : arguments manquants : QUERY" in wrong
    assert vigie.run("search", "--help", "--language", "en").out.startswith("usage: ")


def test_what_the_system_refuses_is_said_in_the_persons_language(
    vigie: Command, server: LoopbackServer
) -> None:
    url = server.add("/feed", rss([("1", BAD)]))
    server.close()
    done = vigie.here("source", "add", url, "--language", "fr")
    assert "connexion refusée" in done.err


def test_nothing_is_said_and_json_stays_empty(vigie: Command) -> None:
    for words, said in (
        (("search", "lumen"), "Nothing found."),
        (("brand", "list"), "No brand yet"),
        (("source", "list"), "No source yet"),
    ):
        done = vigie.here(*words)
        assert (done.code, done.out) == (0, "")
        assert done.err.startswith(said)
        done = vigie.here(*words, "--json")
        assert (done.code, done.out, done.err) == (0, "", "")
    assert vigie.here("search", "lumen", "--language", "fr").err == "Rien n’a été trouvé.\n"


def test_an_empty_table_has_its_header(vigie: Command) -> None:
    done = vigie.here("export", "--format", "csv")
    assert done.out.startswith("id,brand,source,")
    assert done.out.count("\n") == 1
    assert done.err == "Nothing is stored yet.\n"
    assert vigie.here("export", "--format", "json").out == ""
