"""What the window and the command line ask of a brand's proposals: each in a thread of its own. Stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from monitor.engine.agenda import PacingOf
from monitor.engine.ask_gate import Book
from monitor.engine.background import in_background
from monitor.engine.exclusions import propose_exclusions
from monitor.engine.proposals import proposals_for
from monitor.engine.sampling import Sampler
from monitor.engine.store_threads import StoreThreads
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.model.brand import Brand
from monitor.model.post import Post
from monitor.model.proposal import Exclusion, Proposal, Sampled
from monitor.sources.base import Wanted
from monitor.store.reader import Reader


class Proposing:
    """Safe from any thread. `tokens` holds what runs, so that the program's end can cancel it."""

    def __init__(
        self,
        store: StoreThreads,
        clock: Clock,
        pacing_of: PacingOf,
        book: Book,
        make_client: Callable[[], HttpClient],
        tokens: set[CancelToken],
    ) -> None:
        self._store = store
        self._tokens = tokens
        self._sampler = Sampler(clock, pacing_of, book, make_client)

    def proposals(
        self, name: str, languages: Sequence[str], country: str
    ) -> Future[tuple[Proposal, ...]]:
        wanted = Wanted(name, tuple(languages), country)

        def propose(_cancel: CancelToken) -> tuple[Proposal, ...]:
            # Not in the reader's thread: the first look at the kinds imports them all.
            states = self._store.read(Reader.all_polling_states).result()
            return proposals_for(wanted, [state.source for state in states])

        return in_background("proposals", propose, self._tokens)

    def sample(self, proposal: Proposal, brand: Brand) -> Future[Sampled]:
        def ask(cancel: CancelToken) -> Sampled:
            return self._sampler.sample(proposal, brand, cancel)

        return in_background("sample", ask, self._tokens)

    def recount(self, brand: Brand, sampled: Sequence[Sampled]) -> Future[tuple[Sampled, ...]]:
        def again(_cancel: CancelToken) -> tuple[Sampled, ...]:
            return self._sampler.recount(brand, sampled)

        return in_background("recount", again, self._tokens)

    def exclusions(
        self, brand: Brand, posts: Sequence[Post], languages: Sequence[str]
    ) -> Future[tuple[Exclusion, ...]]:
        def find(_cancel: CancelToken) -> tuple[Exclusion, ...]:
            return propose_exclusions(brand, posts, languages)

        return in_background("exclusions", find, self._tokens)
