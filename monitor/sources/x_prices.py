"""What X takes for reading, and the one way to ask it: paid for before the request leaves.

Prices in millionths of a US dollar, from docs.x.com of 22 August 2026: for each thing shown, nothing for
an answer without any, nothing for a refusal. That X takes a thing once a day (UTC) is not counted on.
Amounts are therefore never less than X's own, as long as these prices hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from monitor.errors import SourceError
from monitor.infra.http import HttpResponse
from monitor.sources.base import Budget

POST = 5_000
USER = 10_000
FIND = POST + USER
"""The most that one find costs: the post and its author."""


def paid(budget: Budget, worst: int, ask: Callable[[], HttpResponse]) -> HttpResponse | None:
    """The answer to one request that costs at most `worst`; None where the budget does not allow it.

    `ask` sends once. What was reserved is given back only where it surely was not taken: where the
    answer says less, or where the request never left. A crash in between leaves it taken.
    """
    if not budget.reserve(worst):
        return None
    try:
        answer = ask()
    except SourceError as error:
        if not error.left:
            budget.give_back(worst)
        raise
    took = cost_of(answer)
    if took is not None and took <= worst:
        budget.give_back(worst - took)
    elif took is not None and not budget.reserve(took - worst):
        budget.reserve(budget.left())  # more than was asked for: nothing more leaves this month
    return answer


def cost_of(answer: HttpResponse) -> int | None:
    """What X takes for this answer; None where that cannot be told."""
    if 400 <= answer.status < 500:
        return 0
    try:
        told: Any = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    if answer.status >= 500:  # X itself refuses; a machine in front of it says so in HTML
        return 0 if isinstance(told.get("title"), str) and "data" not in told else None
    if answer.status != 200:
        return None
    added = told.get("includes")
    if not isinstance(added, dict):
        return _many(told.get("data")) * POST + _many(added) * USER
    more = sum(_many(them) * (POST if kind == "tweets" else USER) for kind, them in added.items())
    return _many(told.get("data")) * POST + more


def _many(them: Any) -> int:
    """How many things, whatever they are."""
    if isinstance(them, list):
        return len(them)
    return 0 if them is None else 1
