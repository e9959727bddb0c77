"""The first start: one question, and what the answer would bring, before anything is decided."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.errors import VigieError
from monitor.model.brand import Brand
from monitor.model.source import ImportReport
from ui.bridge import Bridge
from ui.icons import pixmap
from ui.source_words import imported
from ui.theme import Theme, set_role
from ui.views.add_source import source_from
from ui.views.start_cards import Footer, NamesCard, PlacesCard, brand_of
from ui.views.start_listening import StartListening
from ui.widgets.content_scroll import ContentScroll
from ui.widgets.notice_bar import Kind, NoticeBar
from ui.widgets.proposed_exclusions import ProposedExclusions

WIDTH = 880
TYPING_MS = 250
"""So long after the last key the counts are made anew."""
LOGO = 22


class FirstStartView(QWidget):
    """`finished` when there is something to listen to, or the person chose the sample."""

    finished = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._theme = theme
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("What is your brand called?"))
        self.name.setPlaceholderText(self.tr("Your brand, shop or product"))
        self.name.setMaxLength(200)
        set_role(self.name, "big")
        self.places = PlacesCard(bridge, theme)
        self.names = NamesCard()
        self.exclusions = ProposedExclusions(bridge)
        self.notice = NoticeBar(theme)
        self.start = QPushButton()
        set_role(self.start, "primary")
        self.start.setProperty("look", "big")
        self.sample = QPushButton(self.tr("try with a sample"))
        set_role(self.sample, "link")
        self.opml = QPushButton(self.tr("import feeds (OPML)"))
        set_role(self.opml, "link")
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedWidth(140)
        self.cancel = QPushButton(self.tr("Cancel"))
        self._busy = False
        self._waits = False
        self._work = StartListening(bridge, self)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._lay_out()
        self._connect()
        self._show_name()
        self._rest()
        self.setFocusProxy(self.name)

    @property
    def busy(self) -> bool:
        """True while the person's start is under way: the brand is stored before its sources."""
        return self._busy

    # -- while typing ----------------------------------------------------------------------
    def _show_name(self) -> None:
        name = self.name.text().strip()
        self._names_column.setVisible(bool(name))
        self.names.show_name(name)
        self.exclusions.look(None, ())
        self.places.proposed.set_brand(self._brand())
        self._show_button()
        self._typing.start()

    def _brand(self) -> Brand | None:
        """As described so far, with what is ticked left out."""
        brand = brand_of(self.name.text(), self.names.names())
        return self.exclusions.applied_to(brand) if brand is not None else None

    def _recount(self) -> None:
        brand = self._brand()
        self.places.feeds.set_brand(brand)
        self.places.proposed.set_brand(brand)

    def _look_for_noise(self) -> None:
        brand = brand_of(self.name.text(), self.names.names())
        self.exclusions.look(brand, self.places.proposed.posts())

    def _show_button(self) -> None:
        total = self.places.total()
        if total:
            found = self.tr("%n mention(s) found", None, total)
            self.start.setText(self.tr("Start listening · {found}").format(found=found))
        else:
            self.start.setText(self.tr("Start listening"))
        self.start.setEnabled(bool(self.name.text().strip()) and not self._work.running)

    # -- starting --------------------------------------------------------------------------
    def _begin(self) -> None:
        brand = self._brand()
        if brand is None:
            self.name.setFocus()
            return
        self._busy = True
        self.notice.hide()
        self._show_work(True)
        self._waits = self.places.proposed.pending
        if self._waits:  # the name was typed a moment ago
            self.progress.setRange(0, 0)
            self.places.proposed.ask_now()
            return
        self.places.proposed.cancel()  # from here on the networks' turns are for listening
        proposed = [proposal.source for proposal in self.places.proposed.chosen()]
        pasted = [source_from(feed) for feed in self.places.feeds.chosen()]
        self._work.begin(brand, (*proposed, *pasted))
        self._show_button()

    def _proposed(self) -> None:
        if self._waits:
            self._begin()

    def _progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _finish(self, errors: tuple[tuple[str, VigieError], ...]) -> None:
        self._rest()
        if errors:
            source, error = errors[0]
            self.notice.tell(
                f"{source}: {self._sentence(error)}",
                Kind.ERROR,
                action=self.tr("Go on without it"),
                do=self._leave,
            )
            return
        self._leave()

    def _leave(self) -> None:
        self._busy = False
        self._bridge.check_now()
        self.finished.emit()

    def _refuse(self, error: VigieError) -> None:
        self._busy = False
        self._rest()
        self.notice.tell(self._sentence(error), Kind.ERROR)

    def _cancel(self) -> None:
        if self._waits:  # nothing is stored yet
            self._busy = self._waits = False
        self._work.cancel()
        self._rest()

    def _rest(self) -> None:
        self._show_work(False)
        self._show_button()

    def _show_work(self, working: bool) -> None:
        """The progress takes the place of the other two ways."""
        for other in self._others:
            other.setVisible(not working)
        self.progress.setVisible(working)
        self.cancel.setVisible(working)

    # -- the two other ways ----------------------------------------------------------------
    def _try_sample(self) -> None:
        self.progress.setRange(0, 0)
        self._show_work(True)
        self.cancel.hide()
        self._bridge.ask(self._bridge.start_demo(), self._sample_started, self._refuse)

    def _sample_started(self, _: None) -> None:
        self._rest()
        self.finished.emit()

    def _import(self) -> None:
        kinds = self.tr("OPML files (*.opml *.xml);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Import feeds"), "", kinds)
        if path:
            answer = self._bridge.import_opml(Path(path))
            self._bridge.ask(answer, self._opml_read, self._refuse)

    def _opml_read(self, report: ImportReport) -> None:
        self.notice.tell(imported(report), Kind.WARNING if report.unusable else Kind.INFO)

    def _sentence(self, error: VigieError) -> str:
        say = self._bridge.say
        return " ".join(filter(None, (say(error.title), say(error.message), say(error.hint))))

    # -- looks -----------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.name.setFocus()

    def _connect(self) -> None:
        self.name.textChanged.connect(self._show_name)
        self.name.returnPressed.connect(self._name_given)
        self.names.aliases.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._recount)
        self.places.feeds.changed.connect(self._show_button)
        self.places.proposed.changed.connect(self._show_button)
        self.places.proposed.proposed.connect(self._proposed)
        self.places.proposed.sampled.connect(self._look_for_noise)
        self.exclusions.changed.connect(self._recount)
        self.start.clicked.connect(self._begin)
        self.cancel.clicked.connect(self._cancel)
        self.sample.clicked.connect(self._try_sample)
        self.opml.clicked.connect(self._import)
        self._work.progressed.connect(self._progressed)
        self._work.finished.connect(self._finish)
        self._work.refused.connect(self._refuse)
        self._theme.changed.connect(self._paint_logo)

    def _name_given(self) -> None:
        self.places.address.field.setFocus()

    def _paint_logo(self) -> None:
        ratio = self.devicePixelRatioF()
        self._logo.setPixmap(pixmap("logo", self._theme.color("accent"), LOGO, ratio))

    def _lay_out(self) -> None:
        self._logo = QLabel()
        self._paint_logo()
        product = QLabel("Vigie")
        product.setFont(self._theme.font(1.3, bold=True))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._logo)
        top.addWidget(product)
        top.addStretch(1)
        question = QLabel(self.tr("What is your brand called?"))
        set_role(question, "headline")
        question.setBuddy(self.name)
        promise = QLabel(
            self.tr(
                "No account, no key. Everything stays on this computer; "
                "networks are only asked for the name."
            )
        )
        set_role(promise, "muted")
        self._names_column = QWidget()
        names = QVBoxLayout(self._names_column)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(16)
        names.addWidget(self.exclusions)
        names.addWidget(self.names)
        names.addStretch(1)
        cards = QHBoxLayout()
        cards.setSpacing(20)
        cards.addWidget(self.places, 9)
        cards.addWidget(self._names_column, 5)
        before, between = QLabel(self.tr("You can")), QLabel(self.tr("first, or"))
        for words in (before, between):
            set_role(words, "muted")
        self._others: list[QWidget] = [before, self.sample, between, self.opml]
        footer = Footer(self._others, [self.progress, self.cancel, self.start])
        sheet = QWidget()
        sheet.setMaximumWidth(WIDTH)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(24, 52, 24, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addSpacing(20)
        column.addWidget(question)
        column.addWidget(promise)
        column.addSpacing(6)
        column.addWidget(self.name)
        column.addSpacing(14)
        column.addLayout(cards)
        below = QWidget()
        below.setMaximumWidth(WIDTH)
        foot = QVBoxLayout(below)
        foot.setContentsMargins(24, 12, 24, 24)
        foot.setSpacing(8)
        foot.addWidget(self.notice)
        foot.addWidget(footer)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(ContentScroll(_centred(sheet)))
        outer.addWidget(_centred(below))
        outer.addStretch(1)


def _centred(sheet: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(sheet, 1)
    return holder
