"""The language of short posts, and the honesty not to guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The delivery is late and nobody answers", "en"),
        ("Ma commande n’est toujours pas arrivée", "fr"),
        ("Das Paket ist noch nicht angekommen", "de"),
        ("El pedido todavía no ha llegado, ¿qué pasa?", "es"),
        ("Il pacco non è ancora arrivato", "it"),
        ("A encomenda ainda não chegou, obrigado", "pt"),
        ("Het pakket is nog niet aangekomen", "nl"),
        ("Посылка до сих пор не пришла", "ru"),
        ("الطرد لم يصل بعد", "ar"),
        ("荷物がまだ届きません", "ja"),
        ("包裹还没到", "zh"),
        ("택배가 아직 안 왔어요", "ko"),
        ("Το δέμα δεν έφτασε", "el"),
        ("החבילה עוד לא הגיעה", "he"),
        ("पार्सल अभी तक नहीं आया", "hi"),
        ("พัสดุยังไม่มาถึง", "th"),
    ],
)
def test_recognises(text: str, language: str) -> None:
    found, confidence = detect(text)
    assert found == language
    assert 0.5 < confidence <= 1


@pytest.mark.parametrize(
    "text", ["", "12345 !!", "https://le-monde.example/les-et-des", "@les #est", "Zzyzx"]
)
def test_without_words_it_does_not_guess(text: str) -> None:
    assert detect(text) == ("", 0.0)
    assert detect(text, "fr-CA")[0] == "fr"


def test_what_the_author_usually_writes_decides_when_nothing_else_does() -> None:
    assert detect("12345 !!", usual="it") == ("it", 0.5)
    assert detect("12345 !!", "fr", usual="it") == ("fr", 0.5)
    assert detect("The delivery is late and nobody answers", usual="it")[0] == "en"


def test_a_tone_word_alone_is_a_last_resort() -> None:
    assert detect("NUL !!")[0] == "fr"


def test_only_allowed_languages_are_answered() -> None:
    assert detect("Das Paket ist noch nicht da", allowed=("en", "fr"))[0] in ("", "en", "fr")
    assert detect("Посылка", "", ("en",)) == ("", 0.0)


@given(st.text())
def test_any_text(text: str) -> None:
    language, confidence = detect(text)
    assert bool(language) == (confidence > 0)


def test_most_short_posts_of_the_development_set(shared: object) -> None:
    folder = shared / "data" / "dev"  # type: ignore[operator]  # the fixture is a Path
    right = total = 0
    for language in ("en", "fr", "de", "es", "it", "pt"):
        for line in (folder / f"umsab_{language}.tsv").read_text(encoding="utf-8").splitlines():
            total += 1
            right += detect(line.split("\t")[0])[0] == language
    assert right / total > 0.975
