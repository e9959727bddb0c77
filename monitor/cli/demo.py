"""`vigie demo`: the demonstration in a terminal: real threads poll the sample feeds of our own server."""

from __future__ import annotations

import tempfile
import threading
from argparse import Namespace
from pathlib import Path

from monitor.cli.check import tell_mention
from monitor.cli.output import Output
from monitor.cli.rows import mention_row
from monitor.cli.session import answer, opened
from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.events import AlertsRaised, Event
from monitor.model.mention import Mention, MentionFilter, View
from monitor.text import text

SHOWN = 5
FRESH_AFTER = 5.0
PATIENCE = 30.0


def run(args: Namespace, profile: Profile, output: Output) -> int:
    """In a folder of its own that is thrown away, unless a profile was named."""
    if args.profile:
        return _show(profile, output)
    with tempfile.TemporaryDirectory(prefix="vigie-demo-") as folder:
        return _show(Profile(Path(folder)), output)


def _show(profile: Profile, output: Output) -> int:
    alerts = Alerts()
    with opened(profile) as service:
        service.subscribe(alerts.hear)
        answer(service.start_demo())
        answer(service.check())
        _tell_flagged(service, output)
        output.say(text("Listening for what is published next…"))
        alerts.raised.wait(FRESH_AFTER)
        answer(service.check())
        alerts.raised.wait(PATIENCE)
        fresh = answer(service.mentions(alerts.ids))
        for mention in fresh:
            _tell_alert(service, mention, output)
    return 0


class Alerts:
    """Heard from any thread."""

    def __init__(self) -> None:
        self.raised = threading.Event()
        self.ids: tuple[int, ...] = ()

    def hear(self, event: Event) -> None:
        if isinstance(event, AlertsRaised):
            self.ids += event.mention_ids
            self.raised.set()


def _tell_flagged(service: Service, output: Output) -> None:
    counts = answer(service.counts())
    keys = answer(service.keys(MentionFilter(view=View.TO_ANSWER), None, 500))
    waiting = answer(service.mentions([key.id for key in keys]))
    flagged = [mention for mention in waiting if mention.flagged]
    output.say(
        text(
            "{sources} sample feeds were read: {mentions} mentions, {flagged} flagged as negative.",
            sources=counts.sources,
            mentions=counts.all,
            flagged=len(flagged),
        )
    )
    for mention in flagged if output.json_lines else flagged[:SHOWN]:
        if output.json_lines:
            output.row(mention_row(mention) | {"new": False})
        else:
            tell_mention(mention, output)


def _tell_alert(service: Service, mention: Mention, output: Output) -> None:
    template = service.suggest_template(mention)
    draft = "" if template is None else service.fill_template(template, mention)
    if output.json_lines:
        output.row(mention_row(mention) | {"type": "alert", "new": True, "draft": draft})
        return
    output.say(text("ALERT"))
    tell_mention(mention, output)
    if draft:
        output.say(text("  A reply to begin with: {draft}", draft=draft))
