"""`vigie source list | remove | import | export`: the places that are listened to."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from monitor.cli.output import Output
from monitor.cli.rows import source_row
from monitor.cli.session import answer, opened
from monitor.cli.words import SOURCE_STATES, shown_name
from monitor.errors import BadInput
from monitor.infra.paths import Profile
from monitor.infra.started_as import started_as
from monitor.model.source import Source, SourceStatus
from monitor.text import text


def show(args: Namespace, profile: Profile, output: Output) -> int:
    with opened(profile) as service:
        statuses = answer(service.sources())
    for status in statuses:
        error, hint = output.words(status.error), output.words(status.hint)
        note = output.words(status.note)
        if output.json_lines:
            output.row(source_row(status, error, hint, note))
        else:
            source = status.source
            name = shown_name(source, output)
            state = output.words(SOURCE_STATES[status.state])
            output.line(f"{source.id}\t{state}\t{name}\t{source.address}\t{error or note}")
    if not statuses:
        output.note(
            text("No source yet: `{vigie} source add ADDRESS` adds one.", vigie=started_as())
        )
    return 0


def remove(args: Namespace, profile: Profile, output: Output) -> int:
    """By number or address. What it brought stays. Raises BadInput when there is none."""
    with opened(profile) as service:
        statuses = answer(service.sources())
        source = _find(statuses, args.source)
        answer(service.remove_source(source.id))
    if output.json_lines:
        output.row({"type": "removed", "id": source.id, "address": source.address})
    output.say(text("No longer listening to {address}; its mentions stay.", address=source.address))
    return 0


def read_file(args: Namespace, profile: Profile, output: Output) -> int:
    """Raises BadInput when the file is no OPML."""
    with opened(profile) as service:
        report = answer(service.import_opml(Path(args.file)))
    if output.json_lines:
        output.row(
            {
                "type": "import",
                "added": report.added,
                "known": report.known,
                "unusable": list(report.unusable),
            }
        )
    output.say(
        text(
            "Sources added: {added}, known already: {known}, unusable: {unusable}.",
            added=report.added,
            known=report.known,
            unusable=len(report.unusable),
        )
    )
    return 0


def write_file(args: Namespace, profile: Profile, output: Output) -> int:
    with opened(profile) as service:
        count = answer(service.export_opml(Path(args.file)))
    if output.json_lines:
        output.row({"type": "export", "sources": count, "file": args.file})
    output.say(text("Sources written to {file}: {count}.", count=count, file=args.file))
    return 0


def _find(statuses: Sequence[SourceStatus], wanted: str) -> Source:
    for status in statuses:
        if wanted in (status.source.address, str(status.source.id)):
            return status.source
    raise BadInput(
        text("There is no source “{wanted}”.", wanted=wanted),
        text("Nothing was changed."),
        text("`{vigie} source list` shows the sources and their numbers.", vigie=started_as()),
    )
