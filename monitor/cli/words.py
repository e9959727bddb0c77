"""The words of the terminal's lists for what the program keeps as a code. With --json the code itself is written."""

from __future__ import annotations

from monitor.cli.output import Output
from monitor.model.account import AccountState
from monitor.model.mention import TriageState
from monitor.model.source import Source, SourceState
from monitor.model.source_names import readable_name
from monitor.model.verdict import Intent, Tone
from monitor.sources.registry import kinds
from monitor.text import text


def shown_name(source: Source, output: Output) -> str:
    """Its name; until the network has told one, what is asked for there."""
    kind = kinds().get(source.kind)
    if source.name or kind is None or not source.fields:
        return source.name or source.address
    return readable_name(output.words(kind.info.label), source.fields.values())


TONES = {
    Tone.NEGATIVE: text("negative"),
    Tone.NEUTRAL: text("neutral"),
    Tone.POSITIVE: text("positive"),
    Tone.UNKNOWN: text("not judged"),
}
INTENTS = {
    Intent.COMPLAINT: text("a complaint"),
    Intent.QUESTION: text("a question"),
    Intent.REQUEST: text("a request"),
    Intent.PRAISE: text("praise"),
    Intent.SUGGESTION: text("a suggestion"),
    Intent.PURCHASE: text("a wish to buy"),
    Intent.NEWS: text("news"),
    Intent.SPAM: text("advertising"),
    Intent.OTHER: text("no clear purpose"),
}
TRIAGE_STATES = {
    TriageState.OPEN: text("open"),
    TriageState.WAITING: text("waiting"),
    TriageState.ANSWERED: text("answered"),
    TriageState.DONE: text("done"),
}
SOURCE_STATES = {
    SourceState.NEW: text("never read yet"),
    SourceState.LISTENING: text("listening"),
    SourceState.WAITING: text("waiting after an error"),
    SourceState.NEEDS_YOU: text("needs you"),
    SourceState.PAUSED: text("paused"),
    SourceState.GONE: text("gone"),
}
ACCOUNT_STATES = {
    AccountState.READY: text("ready"),
    AccountState.ENDING: text("its login ends soon"),
    AccountState.NEEDS_LOGIN: text("log in again"),
}
