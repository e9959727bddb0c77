"""The written content we ship: reply templates in both languages and the demonstration feeds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from monitor.analysis.fold import fold
from monitor.model.verdict import Intent, Tone

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
DEMO_FEEDS = sorted(p for p in (RESOURCES / "demo").glob("*.json") if p.name != "brands.json")
VARIABLES = {"first_name", "brand", "sender", "signature"}
LANGUAGES = ("en", "fr")


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def templates(language: str) -> list[dict[str, Any]]:
    content = read(RESOURCES / "templates" / f"{language}.json")
    assert content["language"] == language
    found: list[dict[str, Any]] = content["templates"]
    return found


def entries() -> list[dict[str, Any]]:
    return [entry for path in DEMO_FEEDS for entry in read(path)["entries"]]


def test_templates_have_the_same_keys_and_intents_in_both_languages() -> None:
    english = [(t["key"], t["intents"]) for t in templates("en")]
    french = [(t["key"], t["intents"]) for t in templates("fr")]
    assert english == french
    assert len({key for key, _ in english}) == len(english) >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_are_short_and_know_their_variables(language: str) -> None:
    for template in templates(language):
        assert set(template) - {"risks", "words"} == {"key", "title", "intents", "text"}
        names = {name for _, name, _, _ in Formatter().parse(template["text"]) if name is not None}
        assert names <= VARIABLES, template["key"]
        assert len(template["text"]) < 400, template["key"]
        assert template["intents"]
        assert {Intent(intent) for intent in template["intents"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_call_for_a_template_are_written_as_texts_are_compared(
    language: str,
) -> None:
    for template in templates(language):
        for word in template.get("words", []):
            bare = word.removesuffix("~")
            assert re.fullmatch(r"[a-z0-9]+( [a-z0-9]+)*", bare), word
            assert bare == fold(bare)


def test_french_templates_have_french_typography_and_vouvoiement() -> None:
    for template in templates("fr"):
        for sentence in (template["title"], template["text"]):
            assert "'" not in sentence
            assert not re.search(r"[^\u00a0\u202f][:;!?]", sentence), sentence
        assert not re.search(r"\b(tu|te|toi|ton|ta|tes)\b", template["text"], re.IGNORECASE)


@pytest.mark.parametrize("path", DEMO_FEEDS, ids=lambda path: path.stem)
def test_a_demo_feed_is_valid(path: Path) -> None:
    feed = read(path)
    assert set(feed) - {"tag"} == {"name", "kind", "language", "format", "entries"}
    assert feed["format"] in {"rss", "atom", "json"}
    assert feed["language"] in {"", "en", "fr"}
    required = {"id", "author", "handle", "days_ago", "title", "path", "truth"}
    for entry in feed["entries"]:
        assert required <= set(entry) <= required | {"html", "text", "date", "late"}, entry["id"]
        assert ("html" in entry) != ("text" in entry), entry["id"]
        assert entry["days_ago"] is None or 0 <= entry["days_ago"] <= 30
        assert entry["path"].startswith("/")
        assert set(entry["truth"]) == {"about_brand", "tone", "intent"}
        assert isinstance(entry["truth"]["about_brand"], bool)
        Tone(entry["truth"]["tone"])
        Intent(entry["truth"]["intent"])


def test_the_demo_has_what_it_is_there_to_show() -> None:
    posts = entries()
    assert len(DEMO_FEEDS) >= 8
    assert len(posts) >= 120
    assert len({post["id"] for post in posts}) == len(posts)
    assert len({post["path"] for post in posts}) == len(posts)
    assert sum(post.get("late", False) for post in posts) == 6
    assert {Tone(post["truth"]["tone"]) for post in posts} == set(Tone)
    assert {Intent(post["truth"]["intent"]) for post in posts} == set(Intent)
    titles = [post["title"] for post in posts if post["title"]]
    assert max(titles.count(title) for title in titles) >= 3
    bodies = " ".join(post.get("html", post.get("text", "")) for post in posts).lower()
    for hostile in ("<script", "onerror=", "javascript:", "\u202e", "</div></div>"):
        assert hostile in bodies


def test_the_demo_brands_are_the_ones_the_posts_speak_of() -> None:
    brands = read(RESOURCES / "demo" / "brands.json")["brands"]
    assert [(brand["name"], brand["rival"]) for brand in brands] == [
        ("Café Lumen", False),
        ("Moka & Co", True),
    ]
