"""Finds the kinds of source: every module of this package that has a `KIND`. No network."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

import monitor.sources
from monitor.model.voices import host_of
from monitor.networks.registry import networks
from monitor.sources.base import AccountKind, AnyKind, SourceKind


@functools.cache
def kinds() -> Mapping[str, AnyKind]:
    """Kind name -> the one object of that kind. Works in a frozen program, which has no folder to list."""
    found: dict[str, AnyKind] = {}
    for module in pkgutil.iter_modules(monitor.sources.__path__, "monitor.sources."):
        kind: AnyKind | None = getattr(importlib.import_module(module.name), "KIND", None)
        if kind is not None:
            found[kind.info.kind] = kind
    return MappingProxyType(found)


def network_of(kind: str) -> str:
    """The network whose accounts can answer what this kind brings; "" for none and unknown kinds."""
    known = kinds().get(kind)
    return known.info.network if known is not None else ""


def place_of(kind: str, address: str) -> tuple[str, str]:
    """Where a native id of this kind means the same post: its network, and the host asked where the
    network is many servers, each with numbers of its own."""
    network = network_of(kind)
    there = networks().get(network)
    many = there is not None and any(one.key == "server" for one in there.info.questions)
    return network, host_of(address) if many else ""


@functools.cache
def open_kinds() -> Mapping[str, SourceKind]:
    """Those that read what everybody can read."""
    found = {name: kind for name, kind in kinds().items() if not isinstance(kind, AccountKind)}
    return MappingProxyType(found)
