"""The JSON objects of the command line. Their keys are documented in docs/cli.md and stay. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor.model.account import Account
from monitor.model.brand import Brand
from monitor.model.mention import Mention
from monitor.model.proposal import Proposal
from monitor.model.source import SourceStatus
from monitor.model.verdict import Verdict
from monitor.sources.base import ACCOUNT, SourceInfo

Row = dict[str, object]
MILLION = 1_000_000
COLUMNS = (
    "id", "brand", "source", "source_kind", "url", "author", "published", "first_seen", "title",
    "text", "tone", "p_negative", "p_positive", "confidence", "language", "intent", "urgency",
    "risks", "to_check", "abusive", "flagged", "needs_answer", "state", "wake_at", "correction",
    "edited", "outlets", "rating", "withdrawn",
)  # fmt: skip
"""Of a table of mentions: the keys of `flat(mention_row(...))`, in order."""


def verdict_row(verdict: Verdict) -> Row:
    return {
        "tone": verdict.tone.value,
        "p_negative": round(verdict.p_negative, 4),
        "p_positive": round(verdict.p_positive, 4),
        "confidence": round(verdict.confidence, 4),
        "language": verdict.language,
        "intent": verdict.intent.value,
        "urgency": verdict.urgency.value,
        "risks": [risk.value for risk in verdict.risks],
        "to_check": verdict.to_check,
        "abusive": verdict.abusive,
        "reasons": [
            {
                "kind": reason.kind.value,
                "what": reason.what,
                "weight": round(reason.weight, 4),
                "start": reason.start,
                "end": reason.end,
            }
            for reason in verdict.reasons
        ],
    }


def mention_row(mention: Mention) -> Row:
    """`tone` is what is shown: the person's correction where there is one."""
    post = mention.post
    row = verdict_row(mention.verdict)
    row["tone"] = mention.tone.value
    return {
        "type": "mention",
        "id": mention.id,
        "brand": mention.brand_name,
        "source": mention.source_name,
        "source_kind": mention.source_kind,
        "url": post.url,
        "author": post.author.name or post.author.handle,
        "published": when(post.published),
        "first_seen": when(mention.first_seen),
        "title": post.title,
        "text": post.full_text,
        **row,
        "flagged": mention.flagged,
        "needs_answer": mention.needs_answer,
        "state": mention.state.value,
        "wake_at": when(mention.wake_at),
        "correction": mention.correction.value if mention.correction else None,
        "edited": mention.edited,
        "outlets": mention.outlets,
        "rating": post.rating,
        "withdrawn": mention.withdrawn,
    }


def source_row(status: SourceStatus, error: str, hint: str, note: str) -> Row:
    source = status.source
    return {
        "type": "source",
        "id": source.id,
        "kind": source.kind,
        "address": source.address,
        "name": source.name,
        "folder": source.folder,
        "state": status.state.value,
        "items": status.items,
        "mentions": status.mentions,
        "last_success": when(status.last_success),
        "next_due": when(status.next_due),
        "error": error or None,
        "hint": hint or None,
        "note": note or None,
        "account": source.fields.get(ACCOUNT),
        "about": source.about or None,
    }


def brand_row(brand: Brand) -> Row:
    return {
        "type": "brand",
        "id": brand.id,
        "name": brand.name,
        "aliases": list(brand.aliases),
        "must_near": list(brand.must_near),
        "must_not_near": list(brand.must_not_near),
        "excluded_authors": list(brand.excluded_authors),
        "excluded_sites": list(brand.excluded_sites),
        "excluded_languages": list(brand.excluded_languages),
        "exact": brand.exact,
        "rival": brand.rival,
    }


def account_row(account: Account) -> Row:
    return {
        "type": "account",
        "id": account.id,
        "network": account.network,
        "server": account.server,
        "handle": account.handle,
        "name": account.name,
        "url": account.url or None,
        "scopes": list(account.scopes),
        "state": account.state.value,
        "expires_at": when(account.expires_at),
        "daily_cap": account.daily_cap,
        "monthly_cap": account.monthly_cap / MILLION or None,
    }


def kind_row(
    info: SourceInfo, label: str, unseen: str, fields: Sequence[Mapping[str, object]]
) -> Row:
    return {
        "type": "kind",
        "kind": info.kind,
        "label": label,
        "capabilities": sorted(capability.value for capability in info.capabilities),
        "needs_account": info.needs_account,
        "network": info.network or None,
        "own_place": info.own_place,
        "unseen": unseen or None,
        "fields": list(fields),
    }


def proposal_row(proposal: Proposal, label: str, unseen: str) -> Row:
    return {
        "type": "proposal",
        "kind": proposal.kind,
        "label": label,
        "language": proposal.language,
        "country": proposal.country,
        "detail": proposal.detail,
        "address": proposal.address,
        "name": proposal.name,
        "fields": dict(proposal.fields),
        "chosen": proposal.chosen,
        "there": proposal.there,
        "grows": proposal.source.id if proposal.grows else None,
        "unseen": unseen or None,
    }


def flat(row: Mapping[str, object]) -> Row:
    """The same for a table: lists as one cell each."""
    return {key: _cell(value) for key, value in row.items() if key not in ("type", "reasons")}


def when(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, seconds: 2026-03-01T09:30:00Z."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _cell(value: object) -> object:
    """A cell that begins like a formula would be computed by a spreadsheet: it gets an apostrophe."""
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@", "|", "%"):
        return "'" + value
    return "" if value is None else value
