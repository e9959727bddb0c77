"""Pages of a Mastodon timeline between the last seen entry and the newest page. Asks by what it is given."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from monitor.infra.http import HttpResponse
from monitor.sources.api_answers import peek
from monitor.sources.link_header import linked
from monitor.sources.mastodon_pages import MOST_PAGES, ids, order


def walk(
    address: str, last: str, end: str, ask: Callable[[str], HttpResponse]
) -> list[HttpResponse]:
    """Pages forward from the last seen entry to the newest page, which begins at `end`. What does not
    fit into one fetch is walked in the next. `address` has a query already."""
    answers: list[HttpResponse] = []
    url = f"{address}&min_id={quote(last, safe='')}"
    for _ in range(MOST_PAGES):
        answers.append(ask(url))
        page = ids(peek(answers[-1]))
        if not page or order(page[0]) >= order(end) or order(page[0]) <= order(last):
            break
        last = page[0]
        url = linked(answers[-1], "prev") or f"{address}&min_id={quote(last, safe='')}"
    return answers
