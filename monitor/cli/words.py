"""The words of the terminal's lists for what the program keeps as a code. With --json the code itself is written."""

from __future__ import annotations

from monitor.model.account import AccountState
from monitor.model.mention import TriageState
from monitor.model.source import SourceState
from monitor.model.verdict import Intent, Tone
from monitor.text import text

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
