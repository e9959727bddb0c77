"""From a text to a verdict: match, language, tone, intent, urgency, reasons. Pure. No I/O but its own tables."""
