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
ROUNDS = 5
CONSONANTS, VOWELS = "bcdfglmnprstv", "aeioué"
HOW = f"posts of about 200 letters, {NAMING:.0%} name a brand; the best of {ROUNDS} rounds"


def measure() -> Iterator[Figure]:
    chance = random.Random(7)
    names = [f"{_word(chance).title()} {_word(chance).title()}" for _ in range(MANY)]
    # The same posts for both: all names come from the first FEW, so hits cost the same.
    posts = [_post(chance, names[:FEW]) for _ in range(POSTS)]
    floor = _seconds_a_post(fold, posts)
    yield Figure("matcher: folding alone, the floor", 1 / floor, "posts/s", how=HOW)
    beyond: dict[int, float] = {}
    for count in (FEW, MANY):
        find = Matcher([Brand(i + 1, name) for i, name in enumerate(names[:count])]).find
        peer = re.compile(
            r"\b(?:" + "|".join(re.escape(name) for name in names[:count]) + r")\b", re.IGNORECASE
        )
        seconds = _seconds_a_post(lambda post, find=find: find(post), posts)  # type: ignore[misc]
        peers = _seconds_a_post(lambda post, peer=peer: peer.findall(post), posts[:PEER_POSTS])  # type: ignore[misc]
        beyond[count] = seconds - floor
        yield Figure(
            f"matcher: {count} brands",
            1 / seconds,
            "posts/s",
            Beside("one compiled re alternation, IGNORECASE", 1 / peers),
            Target("ratio", "at least", 1.0),
            HOW,
        )
    yield Figure(
        f"matcher: cost of {MANY} brands beyond the floor",
        beyond[MANY] * 1e6,
        "µs/post",
        Beside(f"the same for {FEW} brands", beyond[FEW] * 1e6),
        Target("ratio", "at most", 1.3),
        HOW,
    )


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.randint(2, 4))
    )


def _post(chance: random.Random, names: Sequence[str]) -> str:
    words = [_word(chance) for _ in range(33)]
    if chance.random() < NAMING:
        words[chance.randrange(len(words))] = chance.choice(names)
    return " ".join(words)


def _seconds_a_post(work: Callable[[str], object], posts: Sequence[str]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for post in posts:
            work(post)
        best = min(best, time.perf_counter() - begin)
    return best / len(posts)
