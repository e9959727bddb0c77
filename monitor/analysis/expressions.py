"""Expressions as the tables of risk and abuse write them: alternatives and forms, spelt out. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from monitor.analysis.inflect import forms


def spelt_out(written: str, language: str) -> Iterator[str]:
    """Every form of one row: "broke my arm|leg" is two, "avocat/n" has its plural too.

    `|` parts the alternatives of one word, `*` is any one word; /a /v /n after the last word ask
    for its other forms (English and French only, see inflect.py).
    """
    words, _, mark = written.partition("/")
    for chosen in product(*(part.split("|") for part in words.split(" "))):
        *first, last = chosen
        for form in sorted(forms(last, mark, language)):
            yield " ".join((*first, form))
