"""Which sources a brand could listen to, from its name alone. Pure: no network, no store.

Every kind says itself what it offers. Here the offers become sources: what is stored already is
marked, and of several editions the few a person would take are ticked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from monitor.engine.source_names import name_of
from monitor.errors import BadInput
from monitor.model.proposal import Proposal
from monitor.model.source import Source
from monitor.sources import editions
from monitor.sources.base import SourceInfo, SourceKind, Wanted
from monitor.sources.registry import open_kinds

FIRST = ("googlenews", "bingnews", "mastodon-tag", "reddit", "hackernews")
"""Where most is said stands first; all other kinds follow by name."""

SELDOM = frozenset({"github-issues", "lemmy", "stackexchange"})
"""Kinds where few brands are spoken of: not ticked until a sample names the brand."""

EDITION = editions.KEY
"""The key of the field by which editions of one network differ: "fr-FR"."""


def proposals_for(
    wanted: Wanted, stored: Sequence[Source], known: Mapping[str, SourceKind] | None = None
) -> tuple[Proposal, ...]:
    """Those without an account, other editions last, each address once. `known` are the kinds asked."""
    name = " ".join(wanted.name.replace(",", " ").split())
    if not name:
        return ()
    asked = Wanted(name, wanted.languages, wanted.country)
    found: dict[str, Proposal] = {}
    for kind in sorted((open_kinds() if known is None else known).values(), key=_place):
        for proposal in _of_kind(kind, asked, stored):
            found.setdefault(proposal.address, proposal)
    return tuple(sorted(found.values(), key=lambda one: one.spare))


def _of_kind(kind: SourceKind, wanted: Wanted, stored: Sequence[Source]) -> Iterator[Proposal]:
    """The first edition offered of each own language is ticked, others are spare; what has no language
    counts as one edition."""
    own = [source for source in stored if source.kind == kind.info.kind]
    taken: set[str] = set()
    for fields in kind.offers(wanted):
        try:
            source = _source(kind, fields, own, wanted.name)
        except BadInput:  # this network cannot look for such a name
            continue
        language, _, country = fields.get(EDITION, "").partition("-")
        there = any(source.address == other.address for other in own)
        first = language not in taken and (not language or language in wanted.languages)
        taken.add(language)
        yield Proposal(
            source=source,
            label=kind.info.label,
            language=language,
            country=country,
            detail=_detail(kind.info, fields),
            unseen=kind.info.unseen,
            chosen=first and not there and kind.info.kind not in SELDOM,
            there=there,
            spare=not first and not there,
        )


def _source(
    kind: SourceKind, fields: Mapping[str, str], own: Sequence[Source], name: str
) -> Source:
    """The stored one where it is there or can take the name too, else a new one. Raises BadInput."""
    address = kind.address_of(fields)
    for source in own:
        if source.address == address:
            return source
    if kind.info.one_for_all:
        for source in own:
            if (grown := _grown(kind, source, fields, name)) is not None:
                return grown
    title = name_of(kind.info, fields)
    return Source(0, kind.info.kind, address, title, fields=dict(fields))


def _grown(kind: SourceKind, source: Source, fields: Mapping[str, str], name: str) -> Source | None:
    """The stored source with this name among its words; None where it differs in something else."""
    words = _words(kind.info)
    secret = tuple(field.key for field in kind.info.fields if field.secret)
    # A login is in the address alone; who asks makes no difference to what is asked.
    has = {**(kind.fields_of(source.address) or {}), **source.fields}
    if _others(has, (*words, *secret)) != _others(fields, (*words, *secret)):
        return None
    for key in words:
        names = [part.strip() for part in has.get(key, "").split(",") if part.strip()]
        if name.casefold() in (known.casefold() for known in names):
            return source
        has[key] = ", ".join([*names, name])
    try:
        address = kind.address_of(has)
    except BadInput:  # it is full
        return None
    told = {key: answer for key, answer in has.items() if key not in secret}
    own_name = source.name != name_of(kind.info, source.fields)
    return replace(
        source,
        address=address,
        name=source.name if own_name else name_of(kind.info, told),
        fields=told,
    )


def _place(kind: SourceKind) -> int:
    name = kind.info.kind
    return FIRST.index(name) if name in FIRST else len(FIRST)


def _words(info: SourceInfo) -> tuple[str, ...]:
    return tuple(field.key for field in info.fields if field.words)


def _others(fields: Mapping[str, str], words: Sequence[str]) -> dict[str, str]:
    return {key: value for key, value in fields.items() if key not in words and value}


def _detail(info: SourceInfo, fields: Mapping[str, str]) -> str:
    """What is neither the name nor the edition: a server, a tag."""
    said = (*_words(info), EDITION)
    keys = (field.key for field in info.fields if field.key not in said)
    return ", ".join(value for key in keys if (value := fields.get(key, "")))
