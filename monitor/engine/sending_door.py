"""The part of `Service` that concerns replies: ready-made ones, sending. Sends only what a person clicked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from urllib.parse import urlsplit

from monitor.engine import replies
from monitor.engine.accounts import Accounts
from monitor.engine.background import in_background
from monitor.engine.bus import Bus
from monitor.engine.outbox import Outbox
from monitor.engine.store_threads import StoreThreads
from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.infra.settings import Settings
from monitor.model.account import Account, AccountState
from monitor.model.mention import Mention
from monitor.model.outgoing import AuditEntry, ReplyLimits, Sending
from monitor.model.post import Post
from monitor.model.reply import ReplyTemplate
from monitor.networks.base import Network
from monitor.networks.registry import networks
from monitor.sources.registry import network_of
from monitor.store.reader import Reader
from monitor.text import text

_KEPT = text("Nothing was sent. Your text is kept.")


class SendingDoor:
    """`Service` sets the underlined fields."""

    _outbox: Outbox
    _store: StoreThreads
    _tokens: set[CancelToken]
    _settings: Settings

    def reply_templates(self, language: str) -> tuple[ReplyTemplate, ...]:
        """Ready-made replies in this language (ISO 639-1), in English where there are none. Immediate."""
        return replies.templates_for(language)

    def suggest_template(self, mention: Mention) -> ReplyTemplate | None:
        """The one that suits the mention's intent, in its language. Immediate."""
        return replies.suggest(mention)

    def fill_template(self, template: ReplyTemplate, mention: Mention) -> str:
        """Its text for this mention; what is not known stays visible in braces. Immediate."""
        chosen = self._settings
        return replies.fill(template, mention, chosen.sender_name, chosen.signature)

    def reply_accounts(self, mention_id: int) -> Future[tuple[Account, ...]]:
        """Those one can answer this mention from now: empty where only the browser helps."""

        def look(_cancel: CancelToken) -> tuple[Account, ...]:
            mention = self._mention(mention_id)
            if mention is None or mention.withdrawn or not mention.post.reply_to:
                return ()
            name = network_of_kind(mention.source_kind)
            known = self._store.read(Reader.accounts).result()
            fit = tuple(
                one
                for one in known
                if one.network == name
                and one.state is not AccountState.NEEDS_LOGIN
                and _reaches(one, mention.post)
            )
            for account in fit:
                self._outbox.learn_rules(account.id)
            return fit

        return in_background("reply-accounts", look, self._tokens)

    def reply_limits(self, account: Account, post: Post, words: str) -> ReplyLimits:
        """How long the reply is, as the network counts. Immediate."""
        rules = self._outbox.rules_of(account.id)
        return networks()[account.network].limits(account, post, words, rules)

    def send_reply(
        self, mention_id: int, account_id: int, words: str, language: str
    ) -> Future[Sending]:
        """A person clicked Send: it waits until its `due_at`, then goes. Raises BadInput when it cannot:
        empty, too long, too many today, one under way, the mention was deleted."""

        def send(_cancel: CancelToken) -> Sending:
            mention = self._mention(mention_id)
            account = self._store.read(lambda reader: reader.account(account_id)).result()
            if mention is None or mention.withdrawn or not mention.post.reply_to:
                raise BadInput(
                    text("This mention cannot be answered any more."),
                    _KEPT,
                    text("It was deleted, or its source says nothing about how to answer it."),
                )
            if account is not None:
                self._check(account, mention.post, words)
            queued = self._outbox.queue(
                mention_id, account_id, words, language, mention.post.reply_to
            )
            return queued.result()

        return in_background("send-reply", send, self._tokens)

    def take_back(self, sending_id: int) -> Future[bool]:
        """Whether the reply still waited; then it is not sent."""
        return self._outbox.take_back(sending_id)

    def look_again(self, sending_id: int) -> Future[Sending]:
        """Ask the network what became of an unknown reply: it is sent or failed then. Raises NoAnswer
        when that cannot be known yet."""
        return self._outbox.look_again(sending_id)

    def sendings(self, mention_id: int) -> Future[tuple[Sending, ...]]:
        """The replies to a mention, newest first."""
        return self._store.read(lambda reader: reader.sendings(mention_id))

    def audit(self, limit: int) -> Future[tuple[AuditEntry, ...]]:
        """All that was clicked, newest first, whatever became of it."""
        return self._store.read(lambda reader: reader.audit(limit))

    def _mention(self, mention_id: int) -> Mention | None:
        found = self._store.read(lambda reader: reader.mentions((mention_id,))).result()
        return found[0] if found else None

    def _check(self, account: Account, post: Post, words: str) -> None:
        if not words.strip():
            raise BadInput(text("The reply is empty."), _KEPT, text("Write it, then send it."))
        limits = self.reply_limits(account, post, words)
        if limits.used < limits.least:
            raise BadInput(
                text(
                    "The reply is too short for the network: {used} of at least {least}.",
                    used=limits.used,
                    least=limits.least,
                ),
                _KEPT,
                text("Say a little more, then send it again."),
            )
        if not limits.fits:
            raise BadInput(
                text(
                    "The reply is too long for the network: {used} of {most}.",
                    used=limits.used,
                    most=limits.most,
                ),
                _KEPT,
                text("Shorten it, then send it again."),
            )


def network_of_kind(kind: str) -> str:
    """The network whose accounts can answer what a kind of source brings; "" for none we know."""
    name = network_of(kind)
    return name if name in networks() else ""


def _reaches(account: Account, post: Post) -> bool:
    """False for a post on another server than the account's, where the network has no way between."""
    if not networks()[account.network].info.own_server_only:
        return True
    return urlsplit(post.url).netloc.lower() == account.server


def outbox_of(
    store: StoreThreads,
    bus: Bus,
    clock: Clock,
    make_client: Callable[[], HttpClient],
    accounts: Accounts,
    undo_seconds: Callable[[], float],
) -> Outbox:
    """The outbox of a service."""

    def network_named(name: str) -> Network:
        return networks()[name]

    return Outbox(
        store,
        bus,
        clock,
        make_client,
        accounts.login_of,
        accounts.lost_login,
        network_named,
        undo_seconds,
    )
