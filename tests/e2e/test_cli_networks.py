"""The kinds of source on the command line: how they are listed, and added by the answers to their form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.command import Command
from tests.support.one_secret import one_secret


def test_kinds_are_documented_keys(vigie: Command) -> None:
    kinds = {row["kind"]: row for row in vigie.here("source", "kinds", "--json").rows}
    assert set(kinds["feed"]) == {
        "type",
        "kind",
        "label",
        "capabilities",
        "needs_account",
        "network",
        "own_place",
        "unseen",
        "fields",
    }
    assert kinds["feed"]["capabilities"] == ["feed"]
    assert kinds["feed"]["needs_account"] is False
    (field,) = kinds["feed"]["fields"]
    assert set(field) == {
        "key",
        "label",
        "example",
        "secret",
        "required",
        "default",
        "hint",
    }


def test_kinds_say_how_their_answers_are_written(vigie: Command) -> None:
    lines = vigie.here("source", "kinds").out.splitlines()
    (line,) = (line for line in lines if line.startswith("hackernews\t"))
    assert line.split("\t")[:3] == ["hackernews", "Hacker News", 'words="Café Lumen"']


def test_a_network_is_added_by_its_form(vigie: Command) -> None:
    added = vigie.here(
        "source", "add", "--kind", "hackernews", "words=C = C++", "--folder", "Tech", "--json"
    )
    assert added.code == 0
    (row,) = added.rows
    assert set(row) == {"type", "id", "kind", "address", "name", "items", "account", "about"}
    assert (row["kind"], row["items"]) == ("hackernews", None)
    assert "C+%3D+C" in row["address"]
    (stored,) = vigie.here("source", "list", "--json").rows
    assert (stored["kind"], stored["folder"]) == ("hackernews", "Tech")
    again = vigie.here("source", "add", "--kind", "hackernews", "words=C = C++")
    assert again.code == 1


def test_a_network_added_by_its_form_has_a_name_one_can_read(vigie: Command) -> None:
    added = vigie.here("source", "add", "--kind", "lemmy", "words=Café Lumen")
    assert "“Lemmy · Café Lumen" in added.out
    listed = vigie.here("source", "list").out
    assert "\tLemmy · Café Lumen" in listed
    channel = f"channel=https://www.youtube.com/channel/UC{'a' * 22}"
    assert vigie.here("source", "add", "--kind", "youtube-channel", channel).code == 0
    assert "\tYouTube channel · youtube.com/channel/UC" in vigie.here("source", "list").out


def test_a_secret_answer_is_kept_in_the_keyring_alone(vigie: Command, tmp_path: Path) -> None:
    secret = "0123456789abcdef" * 2
    own = f"feed=https://www.reddit.com/.rss?feed={secret}&user=ann"
    with one_secret(tmp_path / "secret"):
        added = vigie.here("source", "add", "--kind", "reddit", "words=Moka", own, "--json")
    (row,) = added.rows
    assert row["address"].startswith("https://ann@www.reddit.com/search.rss?q=%22Moka%22")
    assert (tmp_path / "secret").read_text("utf-8") == secret
    listed = vigie.here("source", "list", "--json")
    assert secret not in added.out + added.err + listed.out


def test_without_a_keyring_a_secret_answer_is_not_stored(vigie: Command, tmp_path: Path) -> None:
    own = f"feed=https://www.reddit.com/.rss?feed={'a' * 40}&user=ann"
    with one_secret(tmp_path / "secret", refuses=True):
        added = vigie.here("source", "add", "--kind", "reddit", "words=Moka", own)
    assert added.code == 1
    assert vigie.here("source", "list", "--json").rows == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--kind", "myspace", "words=Lumen"), "The kinds are: "),
        (("--kind", "hackernews", "word=Lumen"), "Its fields are: words."),
        (("--kind", "hackernews", "Lumen"), 'Write: words="Café Lumen" ('),
        (("--kind", "lemmy"), 'Write: words="Café Lumen" [server=lemmy.world] ('),
        (("--kind", "mastodon-search"), "account add mastodon` logs in"),
        (("--kind", "mastodon-search", "words=Lumen"), "account add mastodon` logs in"),
        (("--kind", "appstore", "app=123456789"), "with two letters, as fr"),
        (("--kind", "myspace"), "The kinds are: "),
        ((), "The address to listen to is missing."),
        (("--kind", "myspace", "Lumen"), "`vigie source kinds` shows"),
        (("--kind", "hackernews", "words="), "There is nothing to look for."),
        (("https://a.example", "https://b.example"), "One address at a time"),
    ],
)
def test_a_wrong_form_says_what_can_be_answered(
    vigie: Command, words: tuple[str, ...], told: str
) -> None:
    ended = vigie.here("source", "add", *words)
    assert ended.code == 1
    assert told in ended.err
    assert vigie.here("source", "list", "--json").rows == []
