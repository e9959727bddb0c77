"""The shipped tables: their reasons, their honesty, their fall-back, and texts meant to break them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.analyser import Analyser
from monitor.analysis.learned import store
from monitor.analysis.learned.tone import LANGUAGES, LearnedTone, judge_many
from monitor.analysis.tone_english import EnglishTone
from monitor.model.brand import Match
from monitor.model.verdict import ReasonKind, Tone

SENTENCES = {
    "en": ("Terrible service, rude staff, I want a refund", "Lovely staff, I love this place!"),
    "fr": ("Service nul, personnel désagréable, une honte", "Équipe adorable, je recommande !"),
    "de": ("Das war furchtbar und schlecht, nie wieder", "Super, vielen Dank, sehr gut!"),
    "es": ("Qué asco de servicio, muy mal", "Me encanta, muchas gracias, genial"),
    "it": ("Che schifo, pessimo servizio", "Auguri, grazie mille! Che bella giornata"),
    "pt": ("Que merda, odeio isso, muito ruim", "Adoro, muito bom, obrigado"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_blame_and_praise(language: str) -> None:
    chances = judge_many(SENTENCES[language], language, [(), ()])
    assert chances[0, 0] > chances[1, 0] + 0.2
    assert chances[1, 2] > chances[0, 2] + 0.2
    assert chances.sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_sum_to_the_score_and_stand_where_they_say(language: str) -> None:
    for text in SENTENCES[language]:
        result = LearnedTone(language).analyse(text, language, ())
        score = math.log(result.p_positive / result.p_negative)
        assert sum(reason.weight for reason in result.reasons) == pytest.approx(score)
        placed = [reason for reason in result.reasons if reason.end]
        assert placed
        for reason in placed:
            assert text[reason.start : reason.end] == reason.what


@pytest.mark.parametrize("language", LANGUAGES)
def test_taking_the_strongest_word_out_moves_the_score(language: str) -> None:
    def lean(text: str) -> float:
        negative, _, positive = judge_many([text], language, [()])[0]
        return math.log(positive / negative)

    for text in SENTENCES[language]:
        result = LearnedTone(language).analyse(text, language, ())
        strongest = max(
            (reason for reason in result.reasons if reason.end), key=lambda r: abs(r.weight)
        )
        without = text[: strongest.start] + text[strongest.end :]
        assert (lean(without) - lean(text)) * strongest.weight < 0


def test_an_emoji_is_named_as_written_and_no_sign_of_the_platform_is_one() -> None:
    text = "@lumen 3 semaines que j’attends 😤👍🏽 ❤️ 🤦‍♀️ https://lumen.example/x +1 ne pas"
    result = LearnedTone("fr").analyse(text, "fr", ())
    named = [reason for reason in result.reasons if reason.end]
    emoji = {reason.what for reason in named if reason.kind is ReasonKind.EMOJI}
    assert {"😤", "👍🏽", "❤️"} <= emoji
    assert not {"@", "h", "♀", "+"} & emoji
    assert not [reason.what for reason in named if reason.what in ("@", "h")]
    score = math.log(result.p_positive / result.p_negative)
    assert sum(reason.weight for reason in result.reasons) == pytest.approx(score)


def test_one_text_and_a_batch_agree_to_the_bit() -> None:
    texts = [text for pair in SENTENCES.values() for text in pair] * 60
    together = judge_many(texts, "en", [()] * len(texts))
    alone = np.concatenate([judge_many([text], "en", [()]) for text in texts[:12]])
    assert np.array_equal(together[:12], alone)
    result = LearnedTone("en").analyse(texts[0], "en", ())
    assert result.p_negative == together[0, 0]


def test_two_brands_in_one_post_get_two_verdicts() -> None:
    text = "The staff at Lumen were lovely and kind. Moka was a terrible, horrible experience."
    tone = LearnedTone("en")
    lumen = tone.analyse(text, "en", (Match(13, 18, "Lumen"),))
    moka = tone.analyse(text, "en", (Match(41, 45, "Moka"),))
    assert lumen.p_negative < moka.p_negative


def test_a_language_nobody_taught_is_unknown() -> None:
    assert judge_known("nl") is False
    verdict = Analyser().analyse("Het pakket is nog niet aangekomen, wat een slechte service")
    assert verdict.tone is Tone.UNKNOWN


def judge_known(language: str) -> bool:
    return LearnedTone(language).analyse("slecht", language, ()).known


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Tables are looked for in an empty folder."""
    (tmp_path / "model").mkdir()
    monkeypatch.setattr(store, "files", lambda _package: tmp_path)
    store.head.cache_clear()
    yield tmp_path / "model"
    monkeypatch.undo()
    store.head.cache_clear()


@pytest.mark.parametrize("content", [None, b"", b"VIGIE-MODEL-1\n" + b"0" * 200])
def test_without_a_table_the_word_lists_judge_and_the_log_says_so(
    broken: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    if content is not None:
        (broken / "tone_en.model").write_bytes(content)
    text = "Awful service, rude staff"
    result = LearnedTone("en", EnglishTone()).analyse(text, "en", ())
    assert result == EnglishTone().analyse(text, "en", ())
    assert "tone_en" in caplog.text
    assert "tone_en" in store.missing()
    assert Analyser().analyse("Das ist furchtbar schlecht und nicht gut").tone is Tone.UNKNOWN


@given(st.text(alphabet=st.characters()), st.sampled_from(LANGUAGES))
def test_any_text(text: str, language: str) -> None:
    result = LearnedTone(language).analyse(text, language, (Match(0, min(3, len(text)), "x"),))
    assert 0 <= result.p_negative + result.p_positive <= 1
    assert all(0 <= reason.start <= reason.end <= len(text) for reason in result.reasons)
