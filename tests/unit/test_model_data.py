"""packaging/model/check_data.py: it accepts the project's posts and refuses broken rows."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MODEL = Path(__file__).resolve().parents[2] / "packaging" / "model"
HEADER = "id\ttext\ttone\tintent\ttarget\trisk\tsource\tregion\tflags"
GOOD = "fr-x-1\tLa Tisane Bleue livre tard.\tneg\tcomplaint\tTisane Bleue\t-\tsocial\tfr-FR\tnone"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(MODEL / "check_data.py"), run_name="check_data")


@pytest.fixture
def check(script: dict[str, Any], tmp_path: Path) -> Callable[..., int]:
    def run(*rows: str) -> int:
        (tmp_path / "fr_tea.tsv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
        code: int = script["main"](tmp_path)
        return code

    return run


def test_the_projects_posts_keep_the_rules(
    script: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert script["main"](MODEL / "data") == 0, capsys.readouterr().out[-3000:]


def test_a_good_row_is_accepted(check: Callable[..., int]) -> None:
    assert check(GOOD) == 0


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("neg", "angry"),
        ("complaint", "rant"),
        ("social", "radio"),
        ("\t-\t", "\tdragons\t"),
        ("none", "irony"),
        ("fr-FR", "French"),
        ("\tTisane Bleue\t", "\tTisane Rouge\t"),
        ("\tnone", ""),
        ("none", "lookalike"),
    ],
)
def test_a_broken_row_is_refused(check: Callable[..., int], good: str, bad: str) -> None:
    assert check(GOOD.replace(good, bad)) == 1


def test_a_handle_may_spell_the_target_otherwise(check: Callable[..., int]) -> None:
    assert check(GOOD.replace("La Tisane Bleue", "@tisanebleue_fr")) == 0


def test_ids_and_texts_come_once_but_two_targets_may_share_a_text(
    check: Callable[..., int],
) -> None:
    assert check(GOOD, GOOD) == 1
    assert check(GOOD, GOOD.replace("x-1", "x-2")) == 1
    assert check(GOOD, GOOD.replace("x-1", "x-2").replace("\tTisane Bleue\t", "\tTisane\t")) == 0


def test_near_duplicates_are_found_whatever_the_slot(script: dict[str, Any]) -> None:
    texts = [
        "Bonjour, mon colis de thé est arrivé ouvert ce matin à Lille",
        "Bonjour, mon colis de miel est arrivé ouvert ce matin à Brest",
        "Quelqu’un connaît les horaires de la boutique du port ?",
    ]
    assert script["near_duplicates"](texts) == [(0, 1)]
