"""Ready-made replies: which suits a mention, and its variables filled. Reads resources once, no network.

Words choose, not the analysis: what a complaint is about, the verdict does not say.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from collections.abc import Iterable, Mapping

from monitor.analysis.fold import fold
from monitor.engine.greeting import first_name
from monitor.model.mention import Mention
from monitor.model.reply import ReplyTemplate
from monitor.model.verdict import Intent, Risk, Tone

FALLBACK_LANGUAGE = "en"
NEUTRAL = "looking"
"""The template for trouble of no known sort: it names no fault and promises a look."""

_VARIABLE = re.compile(r"(?P<space>[ \u00a0]?)\{(?P<name>[a-z_]+)\}")
_SIGNED = re.compile(r"\{sender\}, ")
_BETWEEN = re.compile(r"[^\w]+|_")
_PRESS = frozenset({"googlenews", "bingnews"})
_CALM = frozenset({Intent.SUGGESTION, Intent.PURCHASE})


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
    """The one that suits, in the mention's language; None when none does.

    The press is not answered with a template. Smoke and injuries come before any apology; a template
    for a risk suits nothing else. Trouble gets the template most of whose words the text has, and the
    neutral one when it has none. Everything else goes by its intent.
    """
    intent = mention.verdict.intent
    if intent in (Intent.NEWS, Intent.SPAM) or mention.source_kind in _PRESS:
        return None
    templates = templates_for(mention.verdict.language or mention.post.language)
    said = f" {_BETWEEN.sub(' ', fold(mention.post.full_text))} "
    troubled = _is_troubled(mention)
    risks = frozenset(mention.verdict.risks)
    for one in templates:
        if risks.intersection(one.risks) or (troubled and one.risks and _hits(one, said)):
            return one
    calm = [one for one in templates if not one.risks]
    if troubled:
        said_most = _most_said((one for one in calm if Intent.COMPLAINT in one.intents), said)
        if said_most is not None or intent in (Intent.COMPLAINT, Intent.PRAISE):
            return said_most or _of_key(calm, NEUTRAL)
    return _for_intent(calm, intent, said)


def _is_troubled(mention: Mention) -> bool:
    """Thanks for a "praise" that sounds bad, or contradicts itself, would be mockery; an idea and a wish
    to buy are what they are."""
    verdict = mention.verdict
    if verdict.intent in _CALM:
        return False
    if mention.tone is Tone.NEGATIVE or verdict.intent is Intent.COMPLAINT:
        return True
    return verdict.intent is Intent.PRAISE and verdict.to_check


def _for_intent(
    templates: Iterable[ReplyTemplate], intent: Intent, said: str
) -> ReplyTemplate | None:
    suited = [one for one in templates if not one.intents or intent in one.intents]
    return _most_said(suited, said) or next(iter(suited), None)


def _most_said(templates: Iterable[ReplyTemplate], said: str) -> ReplyTemplate | None:
    """Of equals the first; None when no word of any is said."""
    best = max(templates, key=lambda one: _hits(one, said), default=None)
    return best if best is not None and _hits(best, said) else None


def _hits(template: ReplyTemplate, said: str) -> int:
    """`said` has a space on both ends."""
    return sum(
        f" {word.removesuffix('~')}{'' if word[-1] == '~' else ' '}" in said
        for word in template.words
    )


def _of_key(templates: Iterable[ReplyTemplate], key: str) -> ReplyTemplate | None:
    return next((one for one in templates if one.key == key), None)


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
            words=tuple(str(word) for word in _list(one.get("words"))),
        )
        for one in stored
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
