"""The kinds of source as forms: their questions, their answers as a source, pasted addresses. No network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from monitor.engine.account_choice import labels
from monitor.errors import BadInput
from monitor.model.account import Account
from monitor.model.source import Source
from monitor.model.source_form import Filled, FormField, KindForm
from monitor.sources.addresses import parts_of, typed_addresses
from monitor.sources.base import AnyKind, Field, Wanted
from monitor.sources.registry import kinds
from monitor.text import text

_MIRROR = re.compile(r"^(?:www|m|mobile|[a-z]{2}(?:-[a-z]{2})?)\.(?=[^.]+\.)")
"""What stands before a network's host for small screens and for languages: "fr.trustpilot.com"."""
_OF_A_FEED = re.compile(r"(?i)(?:/|\.)(?:feed|rss|atom|xml|rdf)/?$")


def forms(
    brand: str = "",
    languages: Sequence[str] = (),
    country: str = "",
    accounts: Sequence[Account] = (),
) -> tuple[KindForm, ...]:
    """The forms of all kinds, those that need an account included. Their defaults are what each kind
    offers to the brand of this name first; without one, the kind's own. `accounts` are the person's:
    those of a kind's network are the choices of its question for one."""
    # A comma would make two names of it.
    name = " ".join(brand.replace(",", " ").split())
    wanted = Wanted(name, tuple(languages), country)
    return tuple(_form(kind, wanted, accounts) for kind in kinds().values())


def recognise(typed: str) -> Filled | None:
    """The kind whose form this pasted address answers; None for every other address. A page of a network
    that only an account can read, or its name alone, leads to the form of a kind that needs one: with
    what the address answers already, which need not be all."""
    try:
        address = typed_addresses(typed)[0]
    except BadInput:
        address = ""
    for name, kind in kinds().items():
        if kind.info.needs_account:
            continue
        fields = kind.fields_of(address)
        if fields is not None and _is_complete(kind, fields):
            return name, fields
    return _with_account(address, "".join(typed.casefold().split()))


def _with_account(address: str, word: str) -> Filled | None:
    parts = parts_of(address)
    host = _MIRROR.sub("", parts.hostname or "")
    if _OF_A_FEED.search(parts.path):
        return None
    for name, kind in kinds().items():
        hosts = kind.info.hosts
        if hosts and (host in hosts or word == name.partition("-")[0]):
            return name, kind.fields_of(address) or {}
    return None


def source_of(name: str, fields: Mapping[str, str]) -> Source:
    """The source these answers describe, not stored (id 0). A question without an answer keeps its
    default. Raises BadInput for an unknown kind or question, and for the form's own faults."""
    kind = kind_of(name)
    known = {field.key: field for field in kind.info.fields}
    for key in fields:
        if key not in known:
            raise _unknown_field(kind, key)
    answers = {key: fields.get(key, field.default).strip() for key, field in known.items()}
    kept = {key: given for key, given in answers.items() if given and not known[key].secret}
    return Source(0, name, kind.address_of(answers), "", fields=kept)


def page_of(source: Source) -> str:
    """Where a person sees in the browser what this source listens to; "" where there is no such page."""
    kind = kinds().get(source.kind)
    return kind.page_of(source) if kind is not None else ""


def kind_of(name: str) -> AnyKind:
    """Raises BadInput, which names the kinds there are."""
    kind = kinds().get(name)
    if kind is None:
        raise BadInput(
            text("There is no kind of source called “{kind}”.", kind=name),
            text("Nothing was added."),
            text("The kinds are: {kinds}.", kinds=", ".join(sorted(kinds()))),
        )
    return kind


def _is_complete(kind: AnyKind, fields: Mapping[str, str]) -> bool:
    try:
        return bool(kind.address_of(fields))
    except BadInput:
        return False


def _unknown_field(kind: AnyKind, key: str) -> BadInput:
    keys = ", ".join(field.key for field in kind.info.fields)
    return BadInput(
        text("The form of “{kind}” has no field “{key}”.", kind=kind.info.label, key=key),
        text("Nothing was added."),
        text("Its fields are: {keys}.", keys=keys),
    )


def _form(kind: AnyKind, wanted: Wanted, accounts: Sequence[Account]) -> KindForm:
    info = kind.info
    offered = next(iter(kind.offers(wanted) if wanted.name else ()), {})
    there = labels(info.network, accounts)
    fields = tuple(_field(field, wanted.name, offered, there) for field in info.fields)
    return KindForm(
        kind=info.kind,
        label=info.label,
        fields=fields,
        needs_account=info.needs_account,
        unseen=info.unseen,
        network=info.network,
        own_place=info.own_place,
    )


def _field(
    field: Field, name: str, offered: Mapping[str, str], accounts: Sequence[str]
) -> FormField:
    usual = name if field.words and name else field.default
    if field.account:
        usual = next(iter(accounts), "")
    return FormField(
        key=field.key,
        label=field.label,
        example=field.example,
        secret=field.secret,
        required=field.required,
        default=offered.get(field.key) or usual,
        hint=field.hint,
        words=field.words,
        choices=tuple(accounts) if field.account else None,
    )
