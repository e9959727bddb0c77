"""Which of the person's accounts a source reads with: the one its form names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from monitor.demo.setup import is_sample_account
from monitor.errors import BadInput
from monitor.model.account import Account
from monitor.model.source import Source
from monitor.sources.base import ACCOUNT, AccountKind
from monitor.sources.registry import kinds
from monitor.text import text


def with_account(source: Source, accounts: Sequence[Account]) -> Source:
    """The source with the id of its account, 0 where that one is not here or none is needed."""
    network = _network_of(source)
    fits = (one.id for one in accounts if network and _is_of(source, network, one))
    return replace(source, account_id=next(fits, 0))


def chosen(source: Source, accounts: Sequence[Account]) -> Source:
    """As `with_account`; raises BadInput where the source needs one that is not here."""
    found = with_account(source, accounts)
    if _network_of(source) and not found.account_id:
        raise BadInput(
            text("There is no account “{who}” here.", who=source.fields.get(ACCOUNT, "")),
            text("Nothing was added."),
            text("Log in under Settings, Accounts, then choose it."),
        )
    return found


def readers(account: Account, sources: Iterable[Source]) -> tuple[int, ...]:
    """The ids of the sources that read with this account."""
    return tuple(
        source.id
        for source in sources
        if _network_of(source) == account.network and _is_of(source, account.network, account)
    )


def labels(network: str, accounts: Iterable[Account]) -> tuple[str, ...]:
    """The accounts one can choose from, as the form's answer writes them. The demonstration's reads
    nothing."""
    there = (one for one in accounts if not is_sample_account(one))
    return tuple(one.label for one in there if one.network == network)


def _network_of(source: Source) -> str:
    """Whose accounts it needs; "" for none."""
    kind = kinds().get(source.kind)
    return kind.info.network if isinstance(kind, AccountKind) else ""


def _is_of(source: Source, network: str, account: Account) -> bool:
    asked = source.fields.get(ACCOUNT, "").lstrip("@")
    return account.network == network and account.label.casefold() == asked.casefold()
