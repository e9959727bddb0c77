"""What is published during the day: posts with known marks, some edited, some naming a brand. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, tzinfo=UTC)
"""Midnight: the shares of a day begin with it."""

_WORDS = (
    "slow answer colis support moka filtre prix order refund screen panne help merci great late "
    "broken update version boutique client equipe install coffee machine warm cold never always"
).split()


@dataclass(frozen=True, slots=True)
class Said:
    """One post. `number` grows with time. `mark` stands in its words and nowhere else. `below`: the
    number of the post it answers, 0 for none."""

    number: int
    at: datetime
    named: str
    mark: str
    words: str
    edited: datetime | None = None
    below: int = 0

    def text(self, now: datetime) -> str:
        edit = " EDIT: solved." if self.edited is not None and now >= self.edited else ""
        return f"{self.named} {self.words} {self.mark}.{edit}".strip()


@dataclass(frozen=True, slots=True)
class Plan:
    """One source of the profile and what its network will say. `keys` stand in every address that
    asks for it. `a_day` posts, of which the `share` names the brand; `burst` more in ten minutes.

    `account` is the label of the account it is read with, "" for a stranger's eyes. `own`: the place is
    the account's own, so that what names nothing is a mention too. `capped`: its money ends that day."""

    kind: str
    host: str
    brand: str
    fields: dict[str, str]
    keys: tuple[str, ...]
    a_day: int
    share: float = 1.0
    burst: int = 0
    dense: bool = False
    account: str = ""
    own: bool = False
    capped: bool = False
    said: list[Said] = field(default_factory=list)

    def asked_by(self, address: str) -> bool:
        return all(key in address for key in self.keys)

    def wanted(self) -> list[Said]:
        """What must become a mention."""
        return [] if self.capped else [one for one in self.said if one.named or self.own]

    def shown(self, now: datetime) -> list[Said]:
        """What is published by now, newest first."""
        return [one for one in reversed(self.said) if one.at <= now]

    def fill(self, place: int, hours: float, dice: random.Random) -> None:
        """Publish: two days before the start as much as during the `hours` after it."""
        count = max(1, round(self.a_day * hours / 24))
        span = round(hours * 3600)
        seconds = set(dice.sample(range(1, span), min(count, span // 2)))
        seconds |= set(dice.sample(range(-2 * 86_400, 0), min(self.a_day, 60)))
        if self.burst:
            begin = dice.randrange(span // 4, span // 2)
            seconds |= set(dice.sample(range(begin, begin + 600), self.burst))
        self.said.extend(self._said(sorted(seconds), place, dice))

    def _said(self, seconds: list[int], place: int, dice: random.Random) -> Iterator[Said]:
        begun = 0
        for order, second in enumerate(seconds):
            at = START + timedelta(seconds=second)
            number = 1000 + order if self.dense else (10_000_000 + second) * 10 + place % 10
            answers = self.kind == "github-issues" and begun and order % 3 == 2
            begun = begun if answers else number
            yield Said(
                number,
                at,
                self.brand if dice.random() < self.share else "",
                f"mk{place:02}{order:05}x",
                " ".join(dice.choices(_WORDS, k=12)),
                at + timedelta(minutes=dice.randrange(1, 90)) if dice.random() < 0.1 else None,
                begun if answers else 0,
            )
