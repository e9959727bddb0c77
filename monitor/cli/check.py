"""`vigie check`: poll what is due once; say what was flagged, and which sources fail."""

from __future__ import annotations

import threading
from argparse import Namespace
from collections.abc import Sequence

from monitor.analysis.explain import why
from monitor.cli.output import Output
from monitor.cli.rows import mention_row, source_row
from monitor.cli.session import answer, opened
from monitor.cli.words import shown_name
from monitor.engine.checks import CheckReport
from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.events import Event, MentionsChanged
from monitor.model.mention import Mention
from monitor.model.source import SourceState, SourceStatus
from monitor.text import text

SOURCE_FAILED = 3
FAILING = (SourceState.WAITING, SourceState.NEEDS_YOU, SourceState.GONE)


def run(args: Namespace, profile: Profile, output: Output) -> int:
    """0, or 3 when a source fails, though it was not its turn now. Raises what kept the store from
    writing."""
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
    failed = waiting = 0
    for status in answer(service.sources()):
        polled, failing = status.source.id in new, status.state in FAILING
        failed += polled and failing
        waiting += failing and not polled
        if output.json_lines and (polled or failing):
            error, hint = output.words(status.error), output.words(status.hint)
            row = source_row(status, error, hint, output.words(status.note))
            output.row(row | {"new": new.get(status.source.id)})
        elif failing:
            _tell_failing(status, output)
    mentions = answer(service.mentions(found.ids))
    _summary(output, (len(new), failed, waiting), report.put_off, mentions)
    return SOURCE_FAILED if failed or waiting else 0


def _tell_failing(status: SourceStatus, output: Output) -> None:
    said = f"{shown_name(status.source, output)}: {output.words(status.error)}"
    output.line(f"{said} {output.words(status.hint)}")
    if status.state is SourceState.WAITING and status.next_due is not None:
        due = f"{status.next_due.astimezone():%Y-%m-%d %H:%M}"
        output.say(text("  It is tried again at {time}, or now with --all.", time=due))


def _summary(
    output: Output,
    sources: tuple[int, int, int],
    put_off: Sequence[int],
    mentions: Sequence[Mention],
) -> None:
    """`sources`: polled, failed among them, failing and not polled."""
    polled, failed, waiting = sources
    flagged = sum(mention.flagged for mention in mentions)
    if output.json_lines:
        output.row(
            {
                "type": "summary",
                "sources": polled,
                "failed": failed,
                "failing": failed + waiting,
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
    if waiting:
        output.say(text("Sources that fail and were not tried now: {count}.", count=waiting))
