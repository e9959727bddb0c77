"""One measured figure and how it is printed. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Beside:
    """What was measured in the same run to compare with: a peer, or a floor nobody can go below."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Target:
    """What the value, or its ratio to `Beside`, has to reach: at most or at least `bound`."""

    of: Literal["value", "ratio"]
    direction: Literal["at most", "at least"]
    bound: float

    def met(self, measured: float) -> bool:
        return measured <= self.bound if self.direction == "at most" else measured >= self.bound

    def __str__(self) -> str:
        return f"{self.of} {self.direction} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """`against` is None without a peer (or when it is not installed here). `how` are the conditions."""

    name: str
    value: float
    unit: str
    against: Beside | None = None
    target: Target | None = None
    how: str = ""

    @property
    def ratio(self) -> float | None:
        if self.against is None or self.against.value == 0:
            return None
        return self.value / self.against.value

    @property
    def ok(self) -> bool | None:
        """None without a target, or when the peer that the target speaks of was not there."""
        if self.target is None:
            return None
        measured = self.value if self.target.of == "value" else self.ratio
        return None if measured is None else self.target.met(measured)

    def to_json(self) -> str:
        """One line: name, value, unit, against, ratio, target, ok, how."""
        against = self.against and {"name": self.against.name, "value": rounded(self.against.value)}
        line = {
            "name": self.name,
            "value": rounded(self.value),
            "unit": self.unit,
            "against": against,
            "ratio": None if self.ratio is None else rounded(self.ratio),
            "target": None if self.target is None else str(self.target),
            "ok": self.ok,
            "how": self.how,
        }
        return json.dumps(line, ensure_ascii=False)


def rounded(number: float) -> float:
    """Four significant digits: a measurement on a shared machine has no more."""
    return float(f"{number:.4g}")
