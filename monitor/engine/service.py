"""The one door of the engine: everything the window and the command line may ask for.

Every method returns at once. Reads run in the reader thread, writes in the writer thread; the
answer is a `concurrent.futures.Future` that holds the result or a VigieError. Whoever waits on a
Future in the GUI thread freezes the window: use `ui.bridge.Bridge.ask`.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial

from monitor.analysis.analyser import Analyser
from monitor.engine import preview, replies
from monitor.engine.account_door import AccountDoor
from monitor.engine.accounts import Accounts
from monitor.engine.agenda import PacingOf
from monitor.engine.announce import Announcer
from monitor.engine.asking import Asker
from monitor.engine.background import in_background
from monitor.engine.brand_watch import BrandWatch
from monitor.engine.bus import Bus
from monitor.engine.checks import CheckReport
from monitor.engine.demonstration import Demonstration
from monitor.engine.housekeeping import Housekeeping
from monitor.engine.intervals import Intervals
from monitor.engine.listening import Listening, Pool
from monitor.engine.opml_files import OpmlFiles
from monitor.engine.own_voices import OwnVoices
from monitor.engine.politeness import polite
from monitor.engine.poll import Poller
from monitor.engine.proposing import Proposing
from monitor.engine.second_process import SecondProcess, own_command
from monitor.engine.sending_door import SendingDoor, outbox_of
from monitor.engine.source_changes import SourceChanges
from monitor.engine.source_door import SourceDoor
from monitor.engine.store_threads import StoreThreads
from monitor.engine.thinking import Thinker
from monitor.engine.trial import Trials
from monitor.engine.watch import Watch
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock, SystemClock
from monitor.infra.http import HttpClient
from monitor.infra.paths import Profile
from monitor.infra.settings import Settings, load_settings
from monitor.model.brand import Brand
from monitor.model.events import Event, MentionsChanged
from monitor.model.mention import (
    Correction,
    Counts,
    Draft,
    Mention,
    MentionDetail,
    MentionFilter,
    MentionKey,
    TriageState,
)
from monitor.model.post import Post
from monitor.model.proposal import Exclusion, Proposal, Sampled
from monitor.store.reader import Reader
from monitor.store.writer import Writer

WORKERS = 8


class Service(AccountDoor, SourceDoor, SendingDoor):
    """Owns the threads and the store of one profile. Create it, `start` it, `stop` it once.

    `pacing` says how politely each host is asked. `workers` polls run at once, twice as many while
    servers hang. `by_itself` False polls only what is asked for (the command line). `make_client`
    is where the outside world begins: each thread that asks a network makes one for itself.
    """

    def __init__(
        self,
        profile: Profile,
        *,
        clock: Clock | None = None,
        pacing: PacingOf = polite,
        workers: int = WORKERS,
        by_itself: bool = True,
        make_client: Callable[[], HttpClient] = HttpClient,
    ) -> None:
        self._profile = profile
        self._by_itself = by_itself
        self._clock = clock or SystemClock()
        self._bus = Bus()
        self._cancel = CancelToken()
        self._tokens: set[CancelToken] = set()
        self._store = StoreThreads(profile.database, profile.backups)
        self._intervals = Intervals()
        self._settings = Settings()
        self._announcer = Announcer(self._bus, self._store, self._clock, to_a_desktop=by_itself)
        watch = Watch(Analyser())
        self._own = OwnVoices(watch, self._store, self._announcer.applied)
        self._accounts = Accounts(
            self._store,
            self._bus,
            self._clock,
            self._tokens,
            make_client,
            lambda: self._settings.language,
            lambda states: self._listening.place_again(states),  # noqa: PLW0108 - made below
            self._own.reload,
        )
        self._demo = Demonstration(self._clock, self._accounts.lend)
        asker = Asker(self._accounts)
        second = SecondProcess(lambda: own_command(profile.database))
        thinker = Thinker(self._store, second, self._cancel)
        poller = Poller(
            self._store,
            watch,
            thinker,
            asker,
            self._clock,
            self._cancel,
            owner=uuid.uuid4().hex,
            interval_of=self._intervals.of,
        )
        self._brands = BrandWatch(
            watch, self._store, self._cancel, self._bus, self._announcer.applied
        )
        pool = Pool(workers, 2 * workers, pacing, make_client)
        self._listening = Listening(
            poller,
            self._bus,
            self._announcer,
            self._clock,
            self._cancel,
            pool,
            by_itself=by_itself,
        )
        book = self._listening.scheduler.book
        self._proposing = Proposing(
            self._store, self._clock, pacing, book, make_client, self._tokens
        )
        self._trials = Trials(
            self._clock,
            lambda: watch.finder,
            lambda: self._accounts.all().result(),
            asker,
            book,
            make_client,
        )
        self._changes = SourceChanges(
            self._store, self._listening, self._brands, self._bus, self._clock, self._tokens
        )
        self._opml = OpmlFiles(self._store, self._changes.placed)
        self._outbox = outbox_of(
            self._store,
            self._bus,
            self._clock,
            make_client,
            self._accounts,
            lambda: self._settings.undo_seconds,
        )
        self._housekeeping = Housekeeping(
            self._store,
            self._brands,
            self._bus,
            self._listening.adopt,
            self._accounts.look_at_ends,
            self._own,
        )

    # -- life ------------------------------------------------------------------------------
    def start(self) -> None:
        """Open the profile (raises ProfileError) and start every thread. Blocking: not in the GUI thread."""
        self._profile.create()
        self.use_settings(load_settings(self._profile.settings).settings)
        replies.load_templates()
        self._store.start()
        self._own.load(self._store.read(Reader.accounts).result())
        self._brands.load(self._store.read(Reader.brands).result())
        states = self._store.read(Reader.all_polling_states).result()
        sources = [state.source for state in states]
        self._store.write(lambda writer: self._demo.resume(sources, writer)).result()
        self._announcer.add_alerts(self._store.read(Reader.unnotified_alerts).result())
        states = self._store.read(Reader.all_polling_states).result()
        unfinished = self._store.read(Reader.unfinished_searches).result()
        self._store.write(lambda _writer: self._brands.go_on_searching(unfinished)).result()
        self._listening.start(states, self._housekeeping.look if self._by_itself else None)
        if self._by_itself:  # the command line leaves the window's replies alone
            self._outbox.start()

    def stop(self, timeout: float = 3.0) -> None:
        """Stop polling, cancel what is in flight, drain the writer, close. Blocking at most about `timeout`."""
        deadline = time.monotonic() + timeout
        for token in tuple(self._tokens):
            token.cancel()
        self._outbox.stop(1.0)
        self._listening.stop(timeout)
        self._demo.stop()
        # What a person just wrote is worth a second more than the promise.
        self._store.stop(max(1.0, deadline - time.monotonic()))

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Be told of every event, in whichever thread it happened; returns the call that unsubscribes."""
        return self._bus.subscribe(listener)

    def use_settings(self, settings: Settings) -> None:
        """Take over what a person chose: the usual interval, sender and signature. Any thread."""
        self._settings = settings
        self._intervals.usual = settings.check_minutes * 60

    # -- polling ---------------------------------------------------------------------------
    def check_now(self, source_ids: Sequence[int] | None = None) -> None:
        """Poll these sources (all when None) now, politeness kept. Progress comes as CheckProgress."""
        self.check(source_ids)

    def check(
        self, source_ids: Sequence[int] | None = None, *, only_due: bool = False
    ) -> Future[CheckReport]:
        """As `check_now`; the future resolves when the last of them landed. `only_due` leaves out
        those whose time has not come."""
        return self._listening.scheduler.check(source_ids, only_due=only_due)

    def pause(self) -> None:
        """Poll nothing by itself until `resume`; what is in flight ends normally."""
        self._listening.scheduler.pause()

    def resume(self) -> None:
        self._listening.scheduler.resume()

    @property
    def paused(self) -> bool:
        return self._listening.scheduler.paused

    def next_check(self) -> datetime | None:
        """When the next source is due (UTC); None when nothing is."""
        return self._listening.scheduler.next_check()

    # -- brands ----------------------------------------------------------------------------
    def brands(self) -> Future[tuple[Brand, ...]]:
        return self._store.read(Reader.brands)

    def save_brand(self, brand: Brand) -> Future[Brand]:
        """Store it (id 0: new) and look for it in everything already stored; its history alerts nobody."""
        return self._store.write(lambda writer: self._brands.save(writer, brand))

    def remove_brand(self, brand_id: int) -> Future[None]:
        return self._store.write(lambda writer: self._brands.remove(writer, brand_id))

    def naming(self, brand: Brand, texts: Sequence[str]) -> Future[tuple[int, ...]]:
        """Which of these texts name the brand, as their indexes; nothing is stored. For previews."""
        return in_background("naming", lambda _cancel: preview.naming(brand, texts), self._tokens)

    def preview_brand(self, brand: Brand) -> Future[int]:
        """How many stored posts the brand would find, described like this; nothing is stored."""
        count = partial(preview.count_stored, brand, self._store)
        return in_background("preview", count, self._tokens)

    def rematching(self) -> Future[int]:
        """Resolves when no brand is being looked for in stored posts any more."""
        return self._brands.rematching()

    def proposals(
        self, name: str, languages: Sequence[str], country: str = ""
    ) -> Future[tuple[Proposal, ...]]:
        """What a brand of this name could listen to without an account; no network. `languages` are
        ISO 639-1, the person's own first; `country` ISO 3166-1. Store a proposal's `source`."""
        return self._proposing.proposals(name, languages, country)

    def sample(self, proposal: Proposal, brand: Brand) -> Future[Sampled]:
        """What it would bring; network, politeness kept, nothing stored, cancellable by `.cancel()`."""
        return self._proposing.sample(proposal, brand)

    def recount(self, brand: Brand, sampled: Sequence[Sampled]) -> Future[tuple[Sampled, ...]]:
        """The samples at hand, for the brand as described now; no network."""
        return self._proposing.recount(brand, sampled)

    def exclusions(
        self, brand: Brand, posts: Sequence[Post], languages: Sequence[str] = ()
    ) -> Future[tuple[Exclusion, ...]]:
        """At most three things to leave out, seen in what was sampled; nothing is stored."""
        return self._proposing.exclusions(brand, posts, languages)

    # -- mentions --------------------------------------------------------------------------
    def keys(
        self, wanted: MentionFilter, after: MentionKey | None, limit: int
    ) -> Future[tuple[MentionKey, ...]]:
        """The next keys of the list, newest first, strictly after `after`; one indexed read."""
        return self._store.read(lambda reader: reader.keys(wanted, after, limit))

    def mentions(self, ids: Sequence[int]) -> Future[tuple[Mention, ...]]:
        """The rows with these ids, in the order asked for; ids that no longer exist are left out."""
        return self._store.read(lambda reader: reader.mentions(ids))

    def detail(self, mention_id: int) -> Future[MentionDetail | None]:
        return self._store.read(lambda reader: reader.detail(mention_id))

    def counts(self) -> Future[Counts]:
        return self._store.read(Reader.counts)

    def mark_seen(self, mention_ids: Sequence[int]) -> Future[None]:
        """Seen mentions lose their dot, and their alerts are seen too."""
        now = self._clock.now()
        return self._change(lambda writer: writer.mark_seen(mention_ids, now))

    def set_state(
        self, mention_ids: Sequence[int], state: TriageState, wake_at: datetime | None = None
    ) -> Future[None]:
        return self._change(lambda writer: writer.set_state(mention_ids, state, wake_at))

    def correct(self, mention_id: int, correction: Correction | None) -> Future[None]:
        """Keep what the person said; None takes it back."""
        now = self._clock.now()
        return self._change(lambda writer: writer.correct(mention_id, correction, now))

    def _change(self, job: Callable[[Writer], tuple[int, ...]]) -> Future[None]:
        def change(writer: Writer) -> None:
            changed = job(writer)
            if changed:
                self._bus.publish(MentionsChanged(changed_ids=changed))

        return self._store.write(change)

    # -- replies ---------------------------------------------------------------------------
    def save_draft(self, mention_id: int, text: str, language: str, template: str) -> Future[Draft]:
        """Keep a reply as it is being written; an empty text is no draft any more."""
        now = self._clock.now()

        def save(writer: Writer) -> Draft:
            draft = writer.save_draft(mention_id, text, language, template, now)
            self._bus.publish(MentionsChanged(changed_ids=(mention_id,)))
            return draft

        return self._store.write(save)

    def mark_answered(self, mention_id: int) -> Future[None]:
        """The person confirmed that the reply is published; the draft is kept with the mention."""
        now = self._clock.now()
        return self._change(lambda writer: writer.mark_answered(mention_id, now))

    # -- the demonstration -----------------------------------------------------------------
    def start_demo(self) -> Future[None]:
        """Serve the sample feeds on loopback and add the sample brand and its sources to this profile."""
        return self._demo.start(self._store, self._brands, self._changes)
