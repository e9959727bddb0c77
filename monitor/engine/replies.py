"""Ready-made replies: which suits a mention, and its variables filled. Reads resources once, no network."""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from collections.abc import Mapping

from monitor.model.mention import Mention
from monitor.model.reply import ReplyTemplate
from monitor.model.verdict import Intent, Risk

FALLBACK_LANGUAGE = "en"

_VARIABLE = re.compile(r"(?P<space>[ \u00a0]?)\{(?P<name>[a-z_]+)\}")
_SIGNED = re.compile(r"\{sender\}, ")
_TITLES = frozenset({"m", "mr", "mrs", "ms", "mme", "mlle", "dr", "monsieur", "madame"})


@functools.cache
def load_templates() -> Mapping[str, tuple[ReplyTemplate, ...]]:
    """Language -> its templates, in the order of the file."""
    folder = importlib.resources.files("resources") / "templates"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    stored = [json.loads(f.read_text(encoding="utf-8")) for f in files if f.name.endswith(".json")]
    return {one["language"]: _read(one["language"], one["templates"]) for one in stored}


def templates_for(language: str) -> tuple[ReplyTemplate, ...]:
    """In this language (ISO 639-1), in English where there are none."""
    templates = load_templates()
    return templates.get(language) or templates[FALLBACK_LANGUAGE]


def suggest(mention: Mention) -> ReplyTemplate | None:
    """The first that suits the mention's risks, else its intent, in its language; None when none does.

    Smoke and injuries come before any apology for a fault; a template for a risk suits nothing else.
    """
    templates = templates_for(mention.verdict.language or mention.post.language)
    intent, risks = mention.verdict.intent, frozenset(mention.verdict.risks)
    for_risk = (one for one in templates if risks.intersection(one.risks))
    for_intent = (
        one for one in templates if not one.risks and (not one.intents or intent in one.intents)
    )
    return next(for_risk, None) or next(for_intent, None)


def fill(template: ReplyTemplate, mention: Mention, sender: str, signature: str) -> str:
    """The text to begin with. What is known and empty vanishes with its space; an unknown variable
    stays visible, so that nobody publishes a hole without seeing it."""
    values = {
        "first_name": first_name(mention.post.author.name) or _at(mention.post.author.handle),
        "brand": mention.brand_name,
        "sender": sender,
        "signature": signature or sender,
    }

    def value(found: re.Match[str]) -> str:
        known = values.get(found["name"])
        if known is None:
            return found[0]
        return found["space"] + known if known else ""

    text = template.text if sender else _SIGNED.sub("", template.text)
    return _VARIABLE.sub(value, text).strip()


def first_name(name: str) -> str:
    """How one greets: "Hélène" of "Hélène P.", "Mme Rousselet" whole; "@handle" stays itself."""
    words = name.split()
    if not words:
        return ""
    if words[0].rstrip(".").lower() in _TITLES:
        return name.strip()
    return words[0]


def _at(handle: str) -> str:
    return f"@{handle}" if handle else ""


def _read(language: str, stored: list[dict[str, object]]) -> tuple[ReplyTemplate, ...]:
    return tuple(
        ReplyTemplate(
            key=str(one["key"]),
            language=language,
            title=str(one["title"]),
            intents=tuple(Intent(str(intent)) for intent in _list(one["intents"])),
            text=str(one["text"]),
            risks=tuple(Risk(str(risk)) for risk in _list(one.get("risks"))),
        )
        for one in stored
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
