"""`vigie source add` and `source kinds`: a feed by its address, a network by the answers to its form."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitor.cli.brands import find_brand
from monitor.cli.output import Output
from monitor.cli.rows import kind_row
from monitor.cli.session import answer, opened
from monitor.cli.words import shown_name
from monitor.engine.service import Service
from monitor.errors import BadInput
from monitor.infra.paths import Profile
from monitor.infra.started_as import started_as
from monitor.model.account import Account
from monitor.model.source import FoundFeed, Source
from monitor.sources.base import ACCOUNT, Field, SourceInfo
from monitor.sources.registry import kinds
from monitor.text import Text, text


def add(args: Namespace, profile: Profile, output: Output) -> int:
    """Any page address: the feeds on it are found. With --kind: answers to its form, and nothing is
    asked of the network. Raises BadInput or SourceError when there is no source."""
    with opened(profile) as service:
        about = find_brand(answer(service.brands()), args.about).id if args.about else 0
        if args.kind:
            accounts = answer(service.accounts())
            _need_login(args.kind, accounts)
            answers = _answers(args.kind, args.given)
            answers |= _account(args.kind, answers, accounts)
            source = service.source_of(args.kind, answers)
            _store(service, _named(source, args, about), None, output)
            return 0
        found = answer(service.discover(_address(args.given)))
        for feed in found if args.all else (_only(found),):
            source = Source(0, feed.kind, feed.address, feed.title, language=feed.language)
            _store(service, _named(source, args, about), feed.items, output)
    return 0


def show_kinds(args: Namespace, profile: Profile, output: Output) -> int:
    for kind in kinds().values():
        info = kind.info
        label, unseen = output.words(info.label), output.words(info.unseen)
        if output.json_lines:
            fields = [_field_row(field, output) for field in info.fields]
            output.row(kind_row(info, label, unseen, fields))
        else:
            keys = " ".join(_written(field) for field in info.fields)
            output.line(f"{info.kind}\t{label}\t{keys}\t{unseen}")
    return 0


def _store(service: Service, source: Source, items: int | None, output: Output) -> None:
    added = answer(service.add_source(source))
    if output.json_lines:
        output.row(
            {
                "type": "source",
                "id": added.id,
                "kind": added.kind,
                "address": added.address,
                "name": added.name,
                "items": items,
                "account": added.fields.get(ACCOUNT),
                "about": added.about or None,
            }
        )
    name = shown_name(added, output)
    output.say(text("Listening to “{name}” at {address}.", name=name, address=added.address))
    if kinds()[added.kind].info.own_place and not added.about:
        output.note(
            text(
                "Whose place this is, is not known: only what names a brand counts as a mention. "
                "Remove it and add it with --about BRAND, and everything there counts."
            )
        )


def _named(source: Source, args: Namespace, about: int) -> Source:
    return replace(
        source,
        name=args.name or source.name,
        folder=args.folder,
        interval=args.minutes * 60,
        about=about,
    )


def _need_login(kind: str, accounts: Sequence[Account]) -> None:
    """Raises BadInput where nobody is logged in yet: what else is missing can wait."""
    known = kinds().get(kind)
    if known is None or not known.info.needs_account:
        return
    network = known.info.network
    if all(account.network != network for account in accounts):
        raise BadInput(
            text("This reads with an account of yours, and there is none yet."),
            text("Nothing was added."),
            text("`{vigie} account add {network}` logs in.", vigie=started_as(), network=network),
        )


def _account(
    kind: str, answers: Mapping[str, str], accounts: Sequence[Account]
) -> Mapping[str, str]:
    """Whose account a kind reads with, where that was not said and can only be one. Raises BadInput."""
    known = kinds().get(kind)
    if known is None or not known.info.needs_account or answers.get(ACCOUNT):
        return {}
    network = known.info.network
    labels = [account.label for account in accounts if account.network == network]
    if len(labels) == 1:
        return {ACCOUNT: labels[0]}
    if labels:
        hint = text("Write {key}= and one of: {names}.", key=ACCOUNT, names=", ".join(labels))
        raise BadInput(text("You have several accounts there."), text("Nothing was added."), hint)
    return {}


def _address(given: Sequence[str]) -> str:
    if len(given) != 1:
        raise BadInput(
            text("One address at a time can be added.")
            if given
            else text("The address to listen to is missing."),
            text("Nothing was added."),
            text("For a network: `{vigie} source add --kind KIND key=value`.", vigie=started_as()),
        )
    return given[0]


def _answers(kind: str, given: Sequence[str]) -> dict[str, str]:
    """`key=value` each; a value may hold further equals signs."""
    for one in given:
        if "=" not in one:
            raise BadInput(
                text("“{given}” is not written as key=value.", given=one),
                text("Nothing was added."),
                _how(kind),
            )
    if not given and kind in kinds() and _asks(kinds()[kind].info):
        raise BadInput(
            text("What to listen to is missing."), text("Nothing was added."), _how(kind)
        )
    return {key: value for key, _, value in (one.partition("=") for one in given)}


def _asks(info: SourceInfo) -> bool:
    """Whether there is nothing to listen to without any answer; with an account there often is."""
    return any(
        not field.account and (field.required or not info.needs_account) for field in info.fields
    )


def _how(kind: str) -> Text:
    """How the form of this kind is answered, or where its name is to be found."""
    if kind not in kinds():
        return text("`{vigie} source kinds` shows the kinds and their fields.", vigie=started_as())
    fields = " ".join(_written(field) for field in kinds()[kind].info.fields)
    return text("Write: {fields} (what stands in brackets may be left out).", fields=fields)


def _only(found: Sequence[FoundFeed]) -> FoundFeed:
    if len(found) == 1:
        return found[0]
    addresses = ", ".join(feed.address for feed in found)
    raise BadInput(
        text("This page has {count} feeds: {addresses}", count=len(found), addresses=addresses),
        text("Nothing was added yet."),
        text("Add one of these addresses, or all of them with --all."),
    )


def _field_row(field: Field, output: Output) -> Mapping[str, object]:
    return {
        "key": field.key,
        "label": output.words(field.label),
        "example": field.example,
        "secret": field.secret,
        "required": field.required,
        "default": field.default,
        "hint": output.words(field.hint) or None,
    }


def _written(field: Field) -> str:
    """As it is typed: `words="Café Lumen"`, in brackets when it may be left out."""
    example = field.example or field.default
    quoted = f'"{example}"' if " " in example else example
    typed = f"{field.key}={quoted}"
    return typed if field.required else f"[{typed}]"
