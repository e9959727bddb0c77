"""What a new brand should leave out, taken from the noise in what its sources show. Pure.

A name may be a word ("orange juice"), a place ("Orange County") or somebody else's name. A word is
proposed where it stands beside the name far more often than elsewhere, and the way both are written
says that it is another thing. The person decides; only the clearest are ticked at first.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import urlsplit

from monitor.analysis.fold import fold
from monitor.analysis.language import detect
from monitor.analysis.matcher import Matcher
from monitor.analysis.near import relevant
from monitor.engine.near_words import Beside, beside, words_of
from monitor.model.brand import Brand, Match
from monitor.model.post import Post
from monitor.model.proposal import Exclusion, Leaves

MOST = 3
LEAST = 5
"""Supporting samples, under which nothing is proposed."""

MOST_SAMPLES = 600
_EXAMPLE = 160

_CLEAR = 0.8  # of the telling samples: ticked at first, and enough for a whole site or author
_LIKELY = 0.6
_TELLING = 3  # samples whose capitals tell something
_UNTOLD = 8  # supporting samples where capitals tell nothing
_CONTRAST = 1.0  # in natural logarithms of odds: e times likelier beside the name than elsewhere
_MOST_HIDDEN = 0.8  # of all samples about the brand: more would leave nothing
_CARELESS = 0.3  # of the other samples write it small too: nothing is ticked at first
_CAPITALS = 0.2  # of the samples write the name with a capital: small letters mean something


@dataclass(frozen=True, slots=True)
class _Sample:
    """One post that names the brand."""

    post: Post
    matches: tuple[Match, ...]
    language: str
    beside: Beside


def propose_exclusions(
    brand: Brand, posts: Iterable[Post], languages: Sequence[str] = ()
) -> tuple[Exclusion, ...]:
    """At most 3, the strongest first. `posts` are all that was sampled, whatever they name; `languages`
    (ISO 639-1) are the person's own. Raises BadInput for a name nobody can find."""
    matcher = Matcher([brand])
    samples: list[_Sample] = []
    rest: list[frozenset[str]] = []
    for post in _distinct(posts):
        language = post.language or detect(post.full_text)[0]
        matches = matcher.find(post.full_text).get(brand.id, ())
        if relevant(brand, post, matches, language):
            samples.append(_Sample(post, matches, language, beside(post, matches, language)))
        elif not matches:
            rest.append(words_of(post, language))
    return tuple(_strongest(brand, samples, rest, languages))


def _strongest(
    brand: Brand, samples: list[_Sample], rest: list[frozenset[str]], languages: Sequence[str]
) -> Iterator[Exclusion]:
    """One after the other: what the first hides supports no second."""
    left = samples
    for _ in range(MOST):
        # A word that is common in a language nobody here reads is no word to leave out.
        read = [one for one in left if not languages or one.language in ("", *languages)]
        ways = (
            *_by_language(brand, left, languages),
            *_by_word(brand, read, rest),
            *_by_origin(brand, left),
        )
        best = max(ways, key=lambda way: way[0], default=None)
        if best is None:
            return
        _, exclusion = best
        hidden = _hidden(brand, exclusion, samples)
        yield replace(exclusion, hides=len(hidden), example=hidden[0].post.excerpt(_EXAMPLE))
        gone = {id(sample) for sample in hidden}
        left = [sample for sample in left if id(sample) not in gone]


Scored = tuple[float, Exclusion]


# -- words -----------------------------------------------------------------------------------
def _by_word(
    brand: Brand, samples: Sequence[_Sample], rest: Sequence[frozenset[str]]
) -> Iterator[Scored]:
    near = Counter(word for sample in samples for word in sample.beside.near)
    far = Counter(word for sample in samples for word in sample.beside.far)
    far.update(word for words in rest for word in words)
    tied = Counter(word for sample in samples for word in sample.beside.tied)
    own = {word for name in brand.names for word in fold(name).split()}
    others = len(samples) + len(rest)
    for word, support in near.items():
        if support < LEAST or word in own:
            continue
        contrast = math.log((support + 0.5) / (len(samples) + 1)) - math.log(
            (far[word] + 0.5) / (others + 1)
        )
        if contrast < _CONTRAST:
            continue
        sure = _sureness(brand, word, samples, tied[word])
        if sure is None:
            continue
        shown = Counter(s.beside.shown[word] for s in samples if word in s.beside.shown)
        others_small = _small_share(brand, [s for s in samples if word not in s.beside.near])
        clear = sure >= _CLEAR and others_small <= _CARELESS
        found = Exclusion(Leaves.WORD, shown.most_common(1)[0][0], support, "", clear)
        if _useful(brand, found, samples):
            tie = tied[word] / support
            yield contrast * (0.3 + tie) * (0.5 + sure) * math.sqrt(support), found


def _sureness(brand: Brand, word: str, samples: Sequence[_Sample], tied: int) -> float | None:
    """How surely the word tells another thing, 0 to 1; None where it more likely tells the brand."""
    near = [sample.beside for sample in samples if word in sample.beside.near]
    small = sum(one.small for one in near)
    big = sum(one.big for one in near)
    tie = tied / len(near)
    if small + big >= _TELLING and _has_capital(brand, samples):
        if small >= _CLEAR * (small + big) and small >= LEAST:
            return small / (small + big)  # "a glass of orange juice"
        if small >= _LIKELY * (small + big) and tie >= _LIKELY:
            return 0.7 * small / (small + big)
    capital = sum(word in one.capital for one in near)
    plain = sum(word in one.plain for one in near)
    if capital + plain >= _TELLING:
        if capital >= _CLEAR * (capital + plain) and tie >= _LIKELY:
            return 0.7 * capital / (capital + plain)  # "in Orange County": a longer name
        return None  # "la fibre Orange": the brand and a word of its trade
    if big >= _TELLING:
        return None
    return 0.4 if tied >= _UNTOLD and tie >= _CLEAR else None


def _has_capital(brand: Brand, samples: Sequence[_Sample]) -> bool:
    """Who writes the name small does not mean the brand: it is mostly written with a capital."""
    if brand.name != brand.name.lower():
        return True
    big = sum(sample.beside.big for sample in samples)
    small = sum(sample.beside.small for sample in samples)
    return big > 0 and big >= _CAPITALS * (big + small)


# -- languages, sites, authors ---------------------------------------------------------------
def _by_language(
    brand: Brand, samples: Sequence[_Sample], languages: Sequence[str]
) -> Iterator[Scored]:
    """Languages that nobody here reads. Not where they are most of what there is."""
    if not languages:
        return
    support = Counter(sample.language for sample in samples)
    for language, count in support.items():
        if not language or language in languages or count < LEAST:
            continue
        of_it = [sample for sample in samples if sample.language == language]
        sure = _small_share(brand, of_it)
        others_small = _small_share(brand, [s for s in samples if s.language != language])
        clear = sure >= _CLEAR and others_small <= _CARELESS
        found = Exclusion(Leaves.LANGUAGE, language, count, "", clear)
        if _useful(brand, found, samples):
            yield (2.0 + 3 * sure) * math.sqrt(count), found


def _by_origin(brand: Brand, samples: Sequence[_Sample]) -> Iterator[Scored]:
    """Sites and authors who clearly mean the word and not the brand, or say the same all day."""
    for leaves, origin in ((Leaves.SITE, _site), (Leaves.AUTHOR, _author)):
        for value, group in _grouped(samples, origin).items():
            if len(group) < LEAST or 2 * len(group) > max(len(samples), 2 * LEAST):
                continue
            sure = _small_share(brand, group)
            if leaves is Leaves.AUTHOR:
                sure = max(sure, _sameness(group))
            if sure < _CLEAR:
                continue
            found = Exclusion(leaves, value, len(group), "")
            if _useful(brand, found, samples):
                yield sure * math.sqrt(len(group)), found


def _grouped(samples: Sequence[_Sample], origin: Callable[[Post], str]) -> dict[str, list[_Sample]]:
    groups: dict[str, list[_Sample]] = defaultdict(list)
    for sample in samples:
        if value := origin(sample.post):
            groups[value].append(sample)
    return groups


def _small_share(brand: Brand, samples: Sequence[_Sample]) -> float:
    """The share of those that write the name as a mere word, where enough of them tell."""
    small = sum(sample.beside.small for sample in samples)
    big = sum(sample.beside.big for sample in samples)
    telling = small + big >= _TELLING and _has_capital(brand, samples)
    return small / (small + big) if telling else 0.0


def _sameness(samples: Sequence[_Sample]) -> float:
    """How alike the texts are, 0 to 1: the words each shares with the one before."""
    texts = [one.beside.near | one.beside.far for one in samples]
    pairs = pairwise(texts)
    alike = [len(a & b) / len(a | b) for a, b in pairs if len(a | b) >= LEAST]
    return sum(alike) / len(alike) if alike else 0.0


def _site(post: Post) -> str:
    try:
        return (urlsplit(post.url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _author(post: Post) -> str:
    return post.author.handle or post.author.name


# -- the rule itself -------------------------------------------------------------------------
def _hidden(brand: Brand, exclusion: Exclusion, samples: Sequence[_Sample]) -> list[_Sample]:
    """What listening would leave out, by the very rule it uses."""
    narrower = exclusion.narrow(brand)
    return [s for s in samples if not relevant(narrower, s.post, s.matches, s.language)]


def _useful(brand: Brand, exclusion: Exclusion, samples: Sequence[_Sample]) -> bool:
    """It hides enough, leaves something, and spares what writes the name as the brand does."""
    hidden = _hidden(brand, exclusion, samples)
    return len(hidden) >= LEAST and (len(hidden) <= _MOST_HIDDEN * len(samples) or exclusion.chosen)


def _distinct(posts: Iterable[Post]) -> Iterator[Post]:
    """Each text once: what many outlets copy is one sample."""
    seen: set[str] = set()
    for post in posts:
        words = fold(post.title or post.text[:300])
        if words not in seen:
            seen.add(words)
            yield post
        if len(seen) >= MOST_SAMPLES:
            return
