"""Collects the sentences of the interface from its code. Pure: reads Python files, writes nothing.

Not pyside6-lupdate: of `translate(context, text, None, n)` it drops the call or its plural when n is
more than a plain name, without a word. Here every call counts, and one that is no literal is an error.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True, slots=True)
class Sentence:
    """`context` as Qt looks it up: the class of `self.tr`, or what `translate` names."""

    context: str
    source: str
    plural: bool


def collect(folder: Path) -> tuple[Sentence, ...]:
    """Every sentence below `folder`, sorted, each once. Raises ValueError for one that is computed."""
    found: set[Sentence] = set()
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        found.update(_sentences(tree, "", path))
    return tuple(sorted(found))


def _sentences(node: ast.AST, owner: str, path: Path) -> Iterator[Sentence]:
    if isinstance(node, ast.ClassDef):
        owner = node.name
    if isinstance(node, ast.Call):
        yield from _of_call(node, owner, path)
    for child in ast.iter_child_nodes(node):
        yield from _sentences(child, owner, path)


def _of_call(call: ast.Call, owner: str, path: Path) -> Iterator[Sentence]:
    name = _name(call.func)
    if name == "tr" and isinstance(call.func, ast.Name):
        raise ValueError(f"{path}:{call.lineno}: tr is a method; name the function translate")
    if name == "tr":
        yield Sentence(owner, _literal(call, 0, path), _has_number(call, 2))
    elif name == "translate" and len(call.args) >= 2:
        yield Sentence(_literal(call, 0, path), _literal(call, 1, path), _has_number(call, 3))


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literal(call: ast.Call, place: int, path: Path) -> str:
    argument = call.args[place]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    raise ValueError(f"{path}:{call.lineno}: a sentence must be written out, not computed")


def _has_number(call: ast.Call, place: int) -> bool:
    return len(call.args) > place or any(keyword.arg == "n" for keyword in call.keywords)
