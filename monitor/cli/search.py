"""`vigie search` and `vigie export`: what is stored, with its triage state."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from collections.abc import Iterator

from monitor.cli.output import Output
from monitor.cli.rows import COLUMNS, flat, mention_row
from monitor.cli.session import answer, opened
from monitor.cli.words import TONES, TRIAGE_STATES
from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.mention import Mention, MentionFilter, MentionKey
from monitor.text import text

PAGE = 500


def search(args: Namespace, profile: Profile, output: Output) -> int:
    with opened(profile) as service:
        number = 0
        for number, mention in enumerate(_stored(service, MentionFilter(text=args.query)), 1):
            if output.json_lines:
                output.row(mention_row(mention))
            else:
                words = mention.post.excerpt(120)
                tone = output.words(TONES[mention.tone])
                state = output.words(TRIAGE_STATES[mention.state])
                output.line(
                    f"{mention.id}\t{tone}\t{state}\t"
                    f"{mention.brand_name}\t{words}\t{mention.post.url}"
                )
            if number == args.limit:
                break
    if not number:
        output.note(text("Nothing found."))
    return 0


def export(args: Namespace, profile: Profile, output: Output) -> int:
    """Newest first, a page at a time: never everything in memory."""
    with opened(profile) as service:
        empty = True
        if args.format == "csv":
            output.raw(_csv_line(list(COLUMNS)))
        for mention in _stored(service, MentionFilter()):
            empty = False
            row = mention_row(mention)
            if args.format == "json":
                output.row(row)
            else:
                cells = flat(row)
                output.raw(_csv_line([cells[name] for name in COLUMNS]))
    if empty and args.format == "csv":
        output.note(text("Nothing is stored yet."))
    return 0


def _stored(service: Service, wanted: MentionFilter) -> Iterator[Mention]:
    after: MentionKey | None = None
    while page := answer(service.keys(wanted, after, PAGE)):
        yield from answer(service.mentions([key.id for key in page]))
        after = page[-1]


def _csv_line(cells: list[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
