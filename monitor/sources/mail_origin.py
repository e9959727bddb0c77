"""Whether an e-mail comes from the network it names. Pure and total.

Anybody can write any sender. The mailbox's own server checks that (RFC 8601) and writes what it found
on top of the letter; lines further down may be the forger's, so the first one about each check counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_RESULT = re.compile(r"^\s*(dkim|spf|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
_DOMAIN = re.compile(
    r"\b(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|mail|from))\s*=\s*\"?(?:[^\s;@\"]*@)?([a-z0-9.-]+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\([^()]*\)")
_FAILED = ("fail", "hardfail", "softfail", "policy", "permerror")


def is_from(sender: str, domains: Sequence[str], checks: Sequence[str]) -> bool:
    """True for a sender of these domains, unless the mailbox's server says otherwise: that a check
    failed and none passed, or that one passed for somebody else only."""
    if not _within(sender.rpartition("@")[2], domains):
        return False
    found = [one for results in _verdicts(checks).values() for one in results]
    if any(result == "pass" and _within(of, domains) for result, of in found):
        return True
    failed = any(result in _FAILED and (not of or _within(of, domains)) for result, of in found)
    elsewhere = any(result == "pass" and of for result, of in found)
    return not failed and not elsewhere


def _verdicts(checks: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
    """Check -> its results, each with the domain it is about, "" where it names none."""
    found: dict[str, list[tuple[str, str]]] = {}
    lines = [_without_comments(line).split(";") for line in checks]
    for parts in lines:
        if _server(parts) != _server(lines[0]):
            continue
        here: dict[str, list[tuple[str, str]]] = {}
        for part in parts:
            if result := _RESULT.match(part):
                domain = _DOMAIN.search(part)
                of = domain[1].lower() if domain else ""
                here.setdefault(result[1].lower(), []).append((result[2].lower(), of))
        for check, results in here.items():
            found.setdefault(check, results)
    return found


def _server(parts: Sequence[str]) -> str:
    """Who checked; "" where the line begins with a result, as Microsoft's do."""
    words = parts[0].split()
    return words[0].lower() if words and "=" not in words[0] else ""


def _without_comments(line: str) -> str:
    """Comments may hold semicolons and anything else; they nest."""
    for _ in range(5):
        line = _COMMENT.sub(" ", line)
    return line


def _within(domain: str, domains: Sequence[str]) -> bool:
    return any(domain == own or domain.endswith(f".{own}") for own in domains)
