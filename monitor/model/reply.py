"""A ready-made reply with variables. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model.verdict import Intent, Risk


@dataclass(frozen=True, slots=True)
class ReplyTemplate:
    """`key` names the same reply in every language. `text` has {first_name}, {brand}, {sender} and
    {signature} where they go. `intents` are the mentions it suits; empty: any.
    One with `risks` goes before all others where the mention names one of them. `words` of a mention
    call for it, without accents or signs; one that ends in ~ is the beginning of a word."""

    key: str
    language: str
    title: str
    intents: tuple[Intent, ...]
    text: str
    risks: tuple[Risk, ...] = ()
    words: tuple[str, ...] = ()
