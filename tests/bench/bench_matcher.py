"""Finding brand names: posts a second with 10 and 1,000 brands, beside one compiled `re` and the floor.

The floor is folding the text alone: nobody can match without it. What 1,000 brands cost beyond
the floor is compared with what 10 cost.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence

from monitor.analysis.fold import fold
from monitor.analysis.matcher import Matcher
from monitor.model.brand import Brand
from tests.bench.figure import Beside, Figure, Target

FEW, MANY = 10, 1_000
POSTS = 4_000
PEER_POSTS = 200  # one alternation of 1,000 names takes milliseconds a post
NAMING = 0.1  # share of posts that name a brand
ROUNDS = 15
CONSONANTS, VOWELS = "bcdfglmnprstv", "aeioué"
HOW = f"posts of about 200 letters, {NAMING:.0%} name a brand; the best of {ROUNDS} rounds"


def measure() -> Iterator[Figure]:
    chance = random.Random(7)
    names = [f"{_word(chance).title()} {_word(chance).title()}" for _ in range(MANY)]
    # The same posts for both: all names come from the first FEW, so hits cost the same.
    posts = [_post(chance, names[:FEW]) for _ in range(POSTS)]
    few, many = (_matcher(names[:count]) for count in (FEW, MANY))
    # In turns, so that a busy moment of the machine hits all three.
    floor, ours_few, ours_many = _best_in_turns((fold, few.find, many.find), posts)
    peers = {
        count: _best_in_turns((_peer(names[:count]),), posts[:PEER_POSTS])[0]
        for count in (FEW, MANY)
    }
    yield Figure("matcher: folding alone, the floor", 1 / floor, "posts/s", how=HOW)
    for count, seconds in ((FEW, ours_few), (MANY, ours_many)):
        yield Figure(
            f"matcher: {count} brands",
            1 / seconds,
            "posts/s",
            Beside("one compiled re alternation, IGNORECASE", 1 / peers[count]),
            Target("ratio", "at least", 1.0),
            HOW,
        )
    yield Figure(
        f"matcher: cost of {MANY} brands beyond the floor",
        (ours_many - floor) * 1e6,
        "µs/post",
        Beside(f"the same for {FEW} brands", (ours_few - floor) * 1e6),
        Target("ratio", "at most", 1.3),
        HOW,
    )


def _matcher(names: Sequence[str]) -> Matcher:
    return Matcher([Brand(number, name) for number, name in enumerate(names, 1)])


def _peer(names: Sequence[str]) -> Callable[[str], object]:
    alternation = "|".join(re.escape(name) for name in names)
    return re.compile(rf"\b(?:{alternation})\b", re.IGNORECASE).findall


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.randint(2, 4))
    )


def _post(chance: random.Random, names: Sequence[str]) -> str:
    words = [_word(chance) for _ in range(33)]
    if chance.random() < NAMING:
        words[chance.randrange(len(words))] = chance.choice(names)
    return " ".join(words)


def _best_in_turns(works: Sequence[Callable[[str], object]], posts: Sequence[str]) -> list[float]:
    """Seconds a post of each work, the best of ROUNDS rounds."""
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            begin = time.perf_counter()
            for post in posts:
                work(post)
            best[place] = min(best[place], time.perf_counter() - begin)
    return [seconds / len(posts) for seconds in best]
