"""`vigie check`: poll what is due once and say what was flagged."""

from __future__ import annotations

import threading
from argparse import Namespace
from collections.abc import Sequence

from monitor.analysis.explain import why
from monitor.cli.output import Output
from monitor.cli.rows import mention_row, source_row
from monitor.cli.session import answer, opened
from monitor.engine.checks import CheckReport
from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.events import Event, MentionsChanged
from monitor.model.mention import Mention
from monitor.text import text

SOURCE_FAILED = 3


def run(args: Namespace, profile: Profile, output: Output) -> int:
    """0, or 3 when a source failed. Raises what kept the store from writing."""
    with opened(profile) as service:
        found = Found()
        service.subscribe(found.hear)
        report = answer(service.check(only_due=not args.all))
        for poll in report.polls:
            if poll.problem is not None:
                raise poll.problem
        tell_mentions(service, output, found)
        return tell_sources(service, output, report, found)


class Found:
    """The mentions of this check, heard from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._new: dict[int, bool] = {}

    def hear(self, event: Event) -> None:
        if isinstance(event, MentionsChanged):
            with self._lock:
                self._new.update(dict.fromkeys(event.changed_ids, False))
                self._new.update(dict.fromkeys(event.new_ids, True))

    def is_new(self, mention_id: int) -> bool:
        return self._new[mention_id]

    @property
    def ids(self) -> tuple[int, ...]:
        with self._lock:
            return tuple(self._new)


def tell_mentions(service: Service, output: Output, found: Found) -> None:
    """With --json all that is new or edited, for a person what is flagged."""
    for mention in answer(service.mentions(found.ids)):
        if output.json_lines:
            output.row(mention_row(mention) | {"new": found.is_new(mention.id)})
        elif mention.flagged:
            tell_mention(mention, output)


def tell_mention(mention: Mention, output: Output) -> None:
    output.say(
        text(
            "{brand}, on {source}, by {author}:",
            brand=mention.brand_name,
            source=mention.source_name,
            author=mention.post.author.name or mention.post.author.handle or "?",
        )
    )
    output.line("  " + mention.post.excerpt(200))
    output.say(text("  Why: {reasons}", reasons=why(mention.verdict, mention.post.full_text)))
    output.line("  " + mention.post.url)


def tell_sources(service: Service, output: Output, report: CheckReport, found: Found) -> int:
    new = {
        poll.source_id: poll.applied.new_posts for poll in report.polls if poll.applied is not None
    }
    failed = 0
    for status in answer(service.sources()):
        if status.source.id not in new:
            continue
        error, hint = output.words(status.error), output.words(status.hint)
        failed += bool(error)
        if output.json_lines:
            row = source_row(status, error, hint, output.words(status.note))
            output.row(row | {"new": new[status.source.id]})
        elif error:
            output.line(f"{status.source.name or status.source.address}: {error} {hint}")
    mentions = answer(service.mentions(found.ids))
    _summary(output, len(new), failed, report.put_off, mentions)
    return SOURCE_FAILED if failed else 0


def _summary(
    output: Output, polled: int, failed: int, put_off: Sequence[int], mentions: Sequence[Mention]
) -> None:
    flagged = sum(mention.flagged for mention in mentions)
    if output.json_lines:
        output.row(
            {
                "type": "summary",
                "sources": polled,
                "failed": failed,
                "put_off": len(put_off),
                "mentions": len(mentions),
                "flagged": flagged,
            }
        )
        return
    output.say(
        text(
            "Sources checked: {polled}, failed: {failed}. Mentions: {mentions}, flagged: {flagged}.",
            polled=polled,
            failed=failed,
            mentions=len(mentions),
            flagged=flagged,
        )
    )
