"""One request to a network of the day, and what most answers to it share. Pure."""

from __future__ import annotations

import email.utils
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.bench.day.streams import Plan

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, at `now`. `plans` are those its address asks for, `host_plans` all of its host;
    `left` is what the network still allows."""

    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    now: datetime
    plan: Plan
    host_plans: Sequence[Plan]
    left: int = 0


def iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def stamp(at: datetime) -> str:
    return email.utils.format_datetime(at, usegmt=True)
