"""Trying a source out before it is added: asked once, read at once, nothing stored.

The host's spacing is kept: what a person tests counts as one of the requests a network allows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from monitor.engine.account_choice import chosen
from monitor.engine.asking import Asker
from monitor.engine.finder import Finder
from monitor.engine.poll import host_of
from monitor.engine.source_forms import kind_of, source_of
from monitor.engine.source_names import named
from monitor.errors import Action, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.model.account import Account
from monitor.model.source_form import Trial
from monitor.sources.base import FetchResult, SourceInfo
from monitor.text import Text, text

PATIENCE = 3.0
"""Seconds a test waits for its host's turn; a longer wait is told instead."""

Book = Callable[[str, float], float]
"""(host, patience) -> seconds until its turn, which is booked when it comes within the patience."""


@dataclass(frozen=True, slots=True)
class Trials:
    """Safe from any thread. `finder` gives the brands that are watched now, `accounts` the person's
    accounts; `make_client` is where the outside world begins."""

    clock: Clock
    finder: Callable[[], Finder]
    accounts: Callable[[], Sequence[Account]]
    asker: Asker
    book: Book
    make_client: Callable[[], HttpClient]

    def run(
        self, name: str, fields: Mapping[str, str], cancel: CancelToken, about: int = 0
    ) -> Trial:
        """Blocking, network. `about` is the brand that everything there would be about. Raises BadInput, SourceError (nothing was added) or Cancelled."""
        kind, source = kind_of(name), chosen(source_of(name, fields), self.accounts())
        self._wait_for_turn(host_of(source), cancel)
        http = self.make_client()
        try:
            answers = self.asker.ask(kind, source, "", http, self.clock.now(), cancel)
            result = kind.read(source, "", answers, self.clock.now())
        except SourceError as error:
            raise _not_added(error) from error
        finally:
            http.close()
        finder = self.finder()
        return Trial(
            address=source.address,
            name=named(source).name or result.title,
            newest=result.posts[0] if result.posts else None,
            posts=len(result.posts),
            naming=sum(
                bool(finder.mentions(post, alert=False, about=about))
                for post in result.posts
                if not finder.is_own(post, source)
            ),
            missing=_missing(result, kind.info),
        )

    def _wait_for_turn(self, host: str, cancel: CancelToken) -> None:
        seconds = self.book(host, PATIENCE)
        if seconds > PATIENCE:
            raise _not_yet(host, ceil(seconds))
        cancel.wait(seconds)
        cancel.check()


def _missing(result: FetchResult, info: SourceInfo) -> tuple[Text, ...]:
    nothing = None if result.posts else _NOTHING_YET
    return tuple(sentence for sentence in (nothing, result.note, info.unseen) if sentence)


def _not_added(error: SourceError) -> SourceError:
    """The same failure for what is no source yet: nothing was gathered, nobody tries again by itself."""
    retry = error.action is Action.RETRY
    return SourceError(
        error.title,
        text("Nothing was added."),
        _CHECK_OR_LATER if retry else error.hint,
        action=error.action,
        retry_at=error.retry_at,
        whole_host=error.whole_host,
        status=error.status,
    )


def _not_yet(host: str, seconds: int) -> SourceError:
    return SourceError(
        text(
            "{host} allows few requests: the next test can be made in {n} s.", host=host, n=seconds
        ),
        text("Nothing was added."),
        text("Test it then, or add it now: it waits for its turn by itself."),
    )


_NOTHING_YET = text("Nothing was found there yet. What is published from now on will be.")
_CHECK_OR_LATER = text("Check what you entered, or try again later.")
