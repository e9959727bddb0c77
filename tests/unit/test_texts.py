"""Every sentence the engine can say is a literal and has its French, with the same placeholders."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.infra.catalogue import load_catalogue

ROOT = Path(__file__).resolve().parents[2]


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `text(...)`, whatever name it was imported under, with where it stands."""
    for folder in ("monitor", "ui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = _names_of_text(tree)
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def _names_of_text(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "monitor.text"
        for alias in node.names
        if alias.name == "text"
    }


def literals() -> dict[str, str]:
    """Template -> where it stands."""
    return {
        call.args[0].value: where
        for where, call in calls()
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_template_is_a_literal() -> None:
    computed = [where for where, call in calls() if not isinstance(call.args[0], ast.Constant)]
    assert not computed


def test_every_template_has_its_french() -> None:
    french = load_catalogue("fr")
    missing = {where: words for words, where in literals().items() if words not in french}
    assert not missing


def test_no_french_is_left_over() -> None:
    english = literals()
    assert not [words for words in load_catalogue("fr") if words not in english]


def test_placeholders_are_the_same() -> None:
    wrong = [
        words
        for words, french in load_catalogue("fr").items()
        if placeholders(words) != placeholders(french)
    ]
    assert not wrong


def test_every_placeholder_is_given() -> None:
    short = []
    for where, call in calls():
        template = call.args[0]
        given = {keyword.arg for keyword in call.keywords}
        if isinstance(template, ast.Constant) and placeholders(str(template.value)) != given:
            short.append(where)
    assert not short


@pytest.mark.parametrize("sign", [":", ";", "!", "?", "»"])
def test_french_signs_do_not_begin_a_line(sign: str) -> None:
    """A plain space before them would let the line break there."""
    assert not [french for french in load_catalogue("fr").values() if f" {sign}" in french]


def test_french_quotes_and_apostrophes() -> None:
    for french in load_catalogue("fr").values():
        assert "« " not in french, french
        assert "'" not in french, french
