"""How one greets the author of a post: by first name, where the name is a person's. Pure.

Knows shapes, not names: "Sunrise" alone passes for a first name, "李明" is greeted whole.
"""

from __future__ import annotations

import re

from monitor.analysis.fold import fold

_TITLES = frozenset(
    {"m", "mr", "mrs", "ms", "mme", "mlle", "dr", "me", "monsieur", "madame", "maitre"}
)
_PART = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
_PARTICLES = frozenset("al bin d da de del den der di do dos du el la le van von y zu".split())
_MOST_WORDS = 4
_NO_NAMES = frozenset(
    """
    le la les the un une an nos notre our rédaction redaction courrier gazette journal presse press news
    info infos actu actus rappel rappels éco eco matin soir staff team équipe equipe service support
    admin moderator modérateur club café cafe shop boutique store magazine revue radio tv times post
    daily herald chronicle tribune weekly veille cyber forum blog association mairie ville city groupe
    group société sarl sas ltd inc gmbh user utilisateur client cliente customer anonyme anonymous guest
    invité google compte account official officiel actualités redaktion zeitung nachrichten noticias
    diario periódico notizie giornale jornal notícias editor reader lecteur lecteurs conso
    """.split()
)
_NO_PERSON = frozenset(fold(word) for word in _NO_NAMES)


def first_name(name: str) -> str:
    """ "Hélène" of "Hélène P.", "Mme Rousselet" whole; "" of what looks like no person's name:
    "Éco Matin", "Pat31", "steamedUp"."""
    words = [word for word in name.split() if any(char.isalnum() for char in word)]
    if not words or len(words) > _MOST_WORDS:
        return ""
    titled = len(words) > 1 and fold(words[0].rstrip(".")) in _TITLES
    own = words[1:] if titled else words
    if not all(_PART.fullmatch(word) for word in own):
        return ""
    if any(fold(word) in _NO_PERSON for word in own):
        return ""
    if not _is_given(own[0]) and not titled:
        return ""
    if not all(_is_written_as_name(word) for word in own[1:]):
        return ""
    return " ".join(words) if titled else own[0]


def _is_given(word: str) -> bool:
    """ "Léa", "Pierre-Yves", "O’Neil", "李明"; no initial, no "hexkey", no "steamedUp"."""
    parts = re.split("[-'’]", word)
    shaped = all(part == part.capitalize() for part in parts) or word.isupper()
    return shaped and max(map(len, parts)) > 1 and not word.endswith(".")


def _is_written_as_name(word: str) -> bool:
    return not word[0].islower() or word in _PARTICLES or word[:2] in ("d'", "d’")
