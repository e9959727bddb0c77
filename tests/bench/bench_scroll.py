"""Scrolling the list of 100,000 stored mentions: the window's own list on the real engine.

A frame is one step of the scroll bar, the repaint, and the events that follow. The screen is Qt's
offscreen one, so the figures are the program's own work, without an X server's.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from monitor.infra.paths import Profile
from tests.bench.figure import Figure, Target

STORED, FRAMES, JUMPS = 100_000, 300, 100
SIZE = (440, 760)
MEDIAN, TAIL, PAUSE = (Target("value", "at most", ms) for ms in (8, 16, 100))


def measure() -> Iterator[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.support.many import fill

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Profile(Path(folder))
        profile.create()
        fill(profile.database, STORED)
        yield from scroll(profile)


def scroll(profile: Profile) -> Iterator[Figure]:
    from PySide6.QtWidgets import QApplication

    from monitor.engine.service import Service
    from monitor.model.mention import MentionFilter, View
    from ui.bridge import Bridge
    from ui.models.mention_list import MentionListModel
    from ui.theme import Theme
    from ui.widgets.mention_table import MentionTable

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    service = Service(profile, by_itself=False)
    service.start()
    bridge = Bridge()
    bridge.attach(service)
    model = MentionListModel(bridge)
    theme = Theme(app)
    theme.dress()
    table = MentionTable(model, theme)
    table.resize(*SIZE)
    table.show()
    try:
        began = time.perf_counter()
        model.show(MentionFilter(View.ALL))
        wait(app, lambda: model.mention(0) is not None)
        yield Figure("list: first rows", ms_since(began), "ms", None, PAUSE, f"of {STORED} stored")
        worst = wait(app, lambda: model.complete)
        yield Figure("list: all keys known", ms_since(began), "ms", how=f"{model.rowCount()} rows")
        yield Figure("list: longest pause while they come", worst, "ms", None, TAIL)
        bar, step = table.verticalScrollBar(), table.verticalScrollBar().singleStep() * 3
        wheel = [bar.value() + step * n for n in range(FRAMES)]
        yield from frames("wheel", app, table, wheel)
        yield from jumps(app, model, table)
        began = time.perf_counter()
        model.show(MentionFilter(View.ALL, text="panne"))
        wait(app, lambda: model.wanted.text == "panne" and arrived(model))
        yield Figure("list: another filter", ms_since(began), "ms", None, PAUSE, "full-text search")
    finally:
        bridge.detach()
        service.stop()
        table.close()


def jumps(app: object, model: object, table: object) -> Iterator[Figure]:
    """To random places: until the rows there, not yet fetched, are drawn."""
    from PySide6.QtWidgets import QTableView

    from ui.models.mention_list import MentionListModel

    assert isinstance(table, QTableView)
    assert isinstance(model, MentionListModel)
    chance, bar, spent = random.Random(1), table.verticalScrollBar(), []
    for _ in range(JUMPS):
        began = time.perf_counter()
        bar.setValue(chance.randrange(bar.maximum()))
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        wait(app, partial(_shown, model, first, last))
        table.viewport().repaint()
        spent.append(ms_since(began))
    how = f"{JUMPS} jumps, rows fetched from the store"
    yield Figure(
        "list: random jump, median until drawn", statistics.median(spent), "ms", None, TAIL, how
    )
    tail = statistics.quantiles(spent, n=20)[-1]
    yield Figure("list: random jump, 95 % until drawn", tail, "ms", None, PAUSE, how)


def _shown(model: object, first: int, last: int) -> bool:
    from ui.models.mention_list import MentionListModel

    assert isinstance(model, MentionListModel)
    return model.mention(first) is not None and model.mention(last) is not None


def frames(name: str, app: object, table: object, places: Sequence[int]) -> Iterator[Figure]:
    """Median and 95th percentile of the frames at these scroll positions."""
    from PySide6.QtWidgets import QApplication, QTableView

    assert isinstance(app, QApplication)
    assert isinstance(table, QTableView)
    spent = []
    for place in places:
        began = time.perf_counter()
        table.verticalScrollBar().setValue(place)
        table.viewport().repaint()
        app.processEvents()
        spent.append(ms_since(began))
    how = f"{len(places)} frames of {SIZE[0]}x{SIZE[1]}"
    yield Figure(f"list: {name}, median frame", statistics.median(spent), "ms", None, MEDIAN, how)
    tail = statistics.quantiles(spent, n=20)[-1]
    yield Figure(f"list: {name}, 95 % of frames", tail, "ms", None, TAIL, how)


def wait(app: object, until: object, seconds: float = 30) -> float:
    """Run the event loop until then; the longest turn of the loop, in ms."""
    from PySide6.QtWidgets import QApplication

    assert isinstance(app, QApplication)
    assert callable(until)
    worst, end = 0.0, time.monotonic() + seconds
    while not until():
        began = time.perf_counter()
        app.processEvents()
        worst = max(worst, ms_since(began))
        if time.monotonic() > end:
            raise TimeoutError("the list did not come")
        time.sleep(0.0005)
    return worst


def arrived(model: object) -> bool:
    from ui.models.mention_list import MentionListModel

    assert isinstance(model, MentionListModel)
    mention = model.mention(0)
    return mention is not None and "panne" in mention.post.full_text


def ms_since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
