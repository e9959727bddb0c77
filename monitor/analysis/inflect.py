"""The written forms of a dictionary word, by simple rules. Pure. Makes too many rather than too few.

A form nobody writes costs nothing: it is a key that is never looked up.
"""

from __future__ import annotations

_FR_FIRST_GROUP = (
    "er|e|es|ent|ons|ez|é|ée|és|ées|ant|ais|ait|aient|ai|as|a|erai|eras|era|erons|erez|eront|"
    "erais|erait|eraient|èrent"
)
_FR_SECOND_GROUP = (
    "ir|is|it|issons|issez|issent|issait|issaient|issant|i|ie|ies|irai|ira|iront|irait"
)


def forms(word: str, mark: str, language: str) -> set[str]:
    """All forms of `word`; `mark` is "a" (adjective), "v" (verb), "n" (noun) or "" (as it stands)."""
    if not mark:
        return {word}
    made = _french(word, mark) if language == "fr" else _english(word, mark)
    return {word, *made}


def _french(word: str, mark: str) -> set[str]:
    if mark == "v":
        return _french_verb(word)
    plurals = _french_plural(word)
    if mark == "n":
        return plurals
    feminine = _french_feminine(word)
    return plurals | {feminine, feminine + "s", *_french_adverb(word, feminine)}


def _french_verb(word: str) -> set[str]:
    stem = word[:-2]
    ends = _FR_FIRST_GROUP if word.endswith("er") else _FR_SECOND_GROUP
    made = {stem + end for end in ends.split("|")}
    if stem.endswith("g"):
        made |= {stem + "e" + end for end in ("ons", "ait", "ais", "aient", "ant")}
    if stem.endswith("c"):
        made |= {stem[:-1] + "ç" + end for end in ("ons", "ait", "ais", "aient", "ant")}
    if stem.endswith("y"):
        made |= {stem[:-1] + "i" + end for end in ("e", "es", "ent", "era")}
    if word.endswith("eler"):  # rappeler: rappelle
        made |= {stem + "l" + end for end in ("e", "es", "ent", "era")}
    return made


def _french_plural(word: str) -> set[str]:
    if word[-1] in "sxz":
        return {word}
    if word.endswith("al"):
        return {word + "s", word[:-2] + "aux"}
    return {word + ("x" if word.endswith(("eau", "eu")) else "s")}


def _french_feminine(word: str) -> str:
    for end, feminine in (
        ("eux", "euse"), ("eur", "euse"), ("if", "ive"), ("er", "ère"), ("eil", "eille"),
        ("el", "elle"), ("ien", "ienne"), ("on", "onne"), ("et", "ète"), ("ec", "èche"),
        ("c", "que"), ("ul", "ulle"), ("il", "ille"), ("l", "le"), ("s", "se"), ("e", "e"),
    ):  # fmt: skip
        if word.endswith(end):
            return word[: -len(end)] + feminine
    return word + "e"


def _french_adverb(word: str, feminine: str) -> tuple[str, ...]:
    if word.endswith("ant"):
        return (word[:-3] + "amment",)
    return (feminine + "ment",)


def _english(word: str, mark: str) -> set[str]:
    plural = _english_s(word)
    if mark == "n":
        return {plural}
    if mark == "v":
        return {plural, _english_join(word, "ed"), _english_join(word, "ing")}
    return {_english_join(word, "er"), _english_join(word, "est"), _english_ly(word)}


def _english_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _english_join(word: str, end: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou" and end != "ing":
        return word[:-1] + "i" + end
    return (word[:-1] if word.endswith("e") else word) + end


def _english_ly(word: str) -> str:
    if word.endswith("y"):
        return word[:-1] + "ily"
    return (word[:-1] if word.endswith("le") else word) + ("y" if word.endswith("le") else "ly")
