"""Adding sources: paste any address, or choose a network; take what fits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from monitor.errors import VigieError
from monitor.model.account import Account
from monitor.model.account_form import AccountForm
from monitor.model.brand import Brand
from monitor.model.source import FoundFeed, Source
from monitor.model.source_form import Filled, KindForm
from monitor.model.source_names import readable_name
from ui.bridge import Bridge
from ui.theme import Theme
from ui.views.account_login import AccountLogin
from ui.views.found_card import FoundCard
from ui.views.network_form import NetworkForm
from ui.widgets.address_field import AddressField
from ui.widgets.network_menu import NetworkMenu

NOTHING: Mapping[str, str] = MappingProxyType({})
MAIL = "mail"
"""The network of kinds that read notices in a mailbox."""


class AddSource(QWidget):
    """The field, the networks, and below them what was found or the form of one network, before it the
    login where it reads with an account and there is none yet. `added`
    carries the stored Source, `refused` a VigieError when a feed could not be added, `kinds` the
    KindForms when they are known, `opened` that something below was opened or closed."""

    added = Signal(object)
    refused = Signal(object)
    kinds = Signal(object)
    opened = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._asked_for: str | None = None
        self._forms: dict[str, KindForm] = {}
        self.address = AddressField(bridge, theme, networks=True)
        self.address.field.setPlaceholderText(
            self.tr("Paste any address: a feed, a site, a profile, a hashtag, a search…")
        )
        self.networks = NetworkMenu(bridge.say)
        self.form = NetworkForm(bridge, theme)
        self.login = AccountLogin(bridge, theme)
        self._kind_after_login = ""
        self._wanted = ""
        self._account = ""
        self._given: Mapping[str, str] = NOTHING
        self.found = FoundCard(bridge, theme)
        self.address.found.connect(self._show_found)
        self.address.recognised.connect(self._show_recognised)
        self.networks.chosen.connect(self._show_form)
        self.found.taken.connect(self._add_feeds)
        self.found.closed.connect(self._closed)
        self.form.closed.connect(self._closed)
        self.form.added.connect(self.added)
        self.form.feeds_wanted.connect(self.address.discover)
        self.form.account_wanted.connect(self._log_in_for)
        self.login.entered.connect(self._logged_in)
        self.login.closed.connect(self._closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.address)
        column.addWidget(self.networks, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.login)
        column.addWidget(self.form)
        column.addWidget(self.found)

    @property
    def is_open(self) -> bool:
        """Something stands below the field that wants the person's attention."""
        return bool(self.form.kind or self.found.feeds.rows or self.login.isVisibleTo(self))

    def set_brands(self, brands: tuple[Brand, ...]) -> None:
        """Counts and proposed answers are for the first brand of the person's own."""
        own = [brand for brand in brands if not brand.rival]
        self.found.set_brand(own[0] if own else None)
        self.form.set_brands(tuple(own))
        name = own[0].name if own else ""
        if name != self._asked_for:
            self._ask_for(name)

    def open_kind(self, kind: str, account: str) -> None:
        """Open this kind's form with this account chosen, as soon as the forms are known."""
        self._wanted, self._account, self._given = kind, account, NOTHING
        if self._asked_for is not None:
            self._ask_for(self._asked_for)

    def _ask_for(self, name: str) -> None:
        """The forms, filled for the brand of this name, with the accounts there are now."""
        self._asked_for = name
        here = QLocale()
        languages = [QLocale.languageToCode(here.language())]
        country = QLocale.territoryToCode(here.territory())
        self._bridge.ask(
            self._bridge.source_kinds(name, languages, country), self._learn, self._not_learnt
        )

    def _learn(self, forms: tuple[KindForm, ...]) -> None:
        self._forms = {form.kind: form for form in forms}
        self.networks.offer(forms)
        self.kinds.emit(forms)
        wanted, self._wanted = self._forms.get(self._wanted), ""
        if wanted is not None:
            self._show_form(wanted, self._given)

    def _not_learnt(self, error: VigieError) -> None:
        self._asked_for = None
        self._bridge.report(error)

    def _show_found(self, feeds: tuple[FoundFeed, ...]) -> None:
        self.login.close_login()
        self.form.close_form()
        self.found.open(feeds)
        self.opened.emit()

    def _show_recognised(self, filled: Filled, address: str) -> None:
        kind, answers = filled
        if kind not in self._forms:  # asked before the forms were told
            self.address.discover(address)
            return
        form = self._forms[kind]
        if form.needs_account:
            self._show_form(form, answers)
            self.address.tell(self._read_with(form))
            return
        self.login.close_login()
        self.found.close_found()
        self.form.open(form, answers, address)
        self.opened.emit()
        self.form.test()

    def _read_with(self, form: KindForm) -> str:
        """Why the form of an account opens instead of what was pasted."""
        network = readable_name(self._bridge.say(form.label), ())
        if form.network == MAIL:
            words = self.tr("{network}: read through the notices it sends to your mailbox.")
        else:
            words = self.tr("{network}: read with an account of yours.")
        return words.format(network=network)

    def _show_form(self, form: KindForm, given: Mapping[str, str] = NOTHING) -> None:
        """`given` are answers known already; an account that is not here is none."""
        self._given = given
        self.address.quiet()
        if any(field.choices == () for field in form.fields):
            self._log_in_for(form)
            return
        self.login.close_login()
        self.found.close_found()
        answers = {field.key: field.default for field in form.fields}
        for field in form.fields:
            if field.choices and self._account in field.choices:
                answers[field.key] = self._account
            elif field.choices is None and field.key in given:
                answers[field.key] = given[field.key]
        self.form.open(form, answers)
        self.opened.emit()

    def _log_in_for(self, form: KindForm) -> None:
        """This kind reads with an account: log in first, then its form opens."""
        self._bridge.ask(self._bridge.network_forms(), partial(self._show_login, form))

    def _show_login(self, form: KindForm, networks: tuple[AccountForm, ...]) -> None:
        for network in networks:
            if network.network == form.network:
                self.found.close_found()
                self.form.close_form()
                self._kind_after_login = form.kind
                self.login.open(network)
                self.opened.emit()

    def _logged_in(self, account: Account) -> None:
        self._account = account.label
        self._wanted = self._kind_after_login
        self._ask_for(self._asked_for or "")

    def _closed(self) -> None:
        self.address.quiet()
        self.opened.emit()
        self.address.field.setFocus()

    def _add_feeds(self, feeds: tuple[FoundFeed, ...]) -> None:
        for feed in feeds:
            self._bridge.ask(
                self._bridge.add_source(source_from(feed)), self.added.emit, partial(self._refuse)
            )

    def _refuse(self, error: VigieError) -> None:
        self.refused.emit(error)


def source_from(feed: FoundFeed) -> Source:
    """What is stored for a feed that was found; 0 as id: not stored yet."""
    return Source(0, feed.kind, feed.address, feed.title, language=feed.language)
