"""Keeps the catalogues of the interface: collects its sentences, compiles what was translated.

    python packaging/translations.py update     ui/**/*.py -> resources/translations/vigie_*.ts
    python packaging/translations.py release    vigie_*.ts -> vigie_*.qm, which the program loads
    python packaging/translations.py check      says what is missing, left over or not compiled

English needs a catalogue for its plurals only. A new sentence is "unfinished" in the .ts file until
somebody translates it there, by hand or with Qt Linguist.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from ui_sentences import Sentence, collect

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LRELEASE = Path(sys.executable).parent / "pyside6-lrelease"
LANGUAGES = ("en", "fr")
FORMS = 2
"""English and French have a singular and a plural; French counts 0 as singular, as Qt knows."""
Forms = tuple[str, ...]


def update(folder: Path = FOLDER) -> None:
    """Add what is new and drop what is gone; what was translated stays."""
    for language in LANGUAGES:
        path = folder / f"vigie_{language}.ts"
        path.write_bytes(_document(language, wanted(language), dict(translated(path))))


def release(target: Path = FOLDER) -> None:
    """Compile every catalogue into `target`. In one step: a running program has the old file mapped
    into its memory, and would die of a bus error if that were cut short."""
    for source in sorted(FOLDER.glob("vigie_*.ts")):
        compiled = target / f"{source.stem}.qm"
        fresh = compiled.with_suffix(".fresh")
        subprocess.run([str(LRELEASE), "-silent", str(source), "-qm", str(fresh)], check=True)
        fresh.replace(compiled)


def check() -> list[str]:
    """What is wrong, one sentence each; empty when all is well."""
    wrong = []
    for language in LANGUAGES:
        path = FOLDER / f"vigie_{language}.ts"
        have, need = dict(translated(path)), wanted(language)
        wrong += [f"{path.name}: not translated: {s.source!r}" for s in need if not _done(have, s)]
        wrong += [f"{path.name}: left over: {s.source!r}" for s in have if s not in need]
    with tempfile.TemporaryDirectory() as folder:
        release(Path(folder))
        for fresh in sorted(Path(folder).glob("*.qm")):
            kept = FOLDER / fresh.name
            if not kept.exists() or kept.read_bytes() != fresh.read_bytes():
                wrong.append(f"{fresh.name} is not what its source compiles to")
    return wrong


def wanted(language: str) -> tuple[Sentence, ...]:
    """What a catalogue must hold."""
    sentences = collect(ROOT / "ui")
    return tuple(s for s in sentences if s.plural) if language == "en" else sentences


def translated(path: Path) -> Iterator[tuple[Sentence, Forms]]:
    """The sentences of a .ts file with their forms, "" where a form is missing."""
    if not path.exists():
        return
    for context in ET.parse(path).iter("context"):  # noqa: S314  a file of ours
        for message in context.iter("message"):
            plural = message.get("numerus") == "yes"
            source = message.findtext("source", "")
            yield Sentence(context.findtext("name", ""), source, plural), _forms(message, plural)


def _forms(message: ET.Element, plural: bool) -> Forms:
    translation = message.find("translation")
    if translation is None:
        return ("",)
    if plural:
        return tuple(form.text or "" for form in translation.iter("numerusform"))
    return (translation.text or "",)


def _done(have: dict[Sentence, Forms], sentence: Sentence) -> bool:
    forms = have.get(sentence, ())
    return len(forms) == (FORMS if sentence.plural else 1) and all(forms)


def _document(language: str, sentences: tuple[Sentence, ...], have: dict[Sentence, Forms]) -> bytes:
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context, name = root, None
    for sentence in sentences:
        if sentence.context != name:
            context, name = ET.SubElement(root, "context"), sentence.context
            ET.SubElement(context, "name").text = name
        message = ET.SubElement(context, "message", numerus="yes" if sentence.plural else "no")
        if not sentence.plural:
            del message.attrib["numerus"]
        ET.SubElement(message, "source").text = sentence.source
        translation = ET.SubElement(message, "translation")
        if not _done(have, sentence):
            translation.set("type", "unfinished")
        forms = have.get(sentence, ("",) * (FORMS if sentence.plural else 1))
        if not sentence.plural:
            translation.text = forms[0]
            continue
        for form in forms:
            ET.SubElement(translation, "numerusform").text = form
    ET.indent(root, "    ")
    head = b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    body: bytes = ET.tostring(root, encoding="utf-8")
    return head + body + b"\n"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["update"]:
            update()
        case ["release"]:
            release()
        case ["check"]:
            if problems := check():
                sys.exit("\n".join(problems))
        case _:
            sys.exit(__doc__)
