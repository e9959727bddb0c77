"""Finds the networks with accounts: every module of this package that has a `NETWORK`. No network."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

import monitor.networks
from monitor.networks.base import Network


@functools.cache
def networks() -> Mapping[str, Network]:
    """Name -> the one object of that network. Works in a frozen program, which has no folder to list."""
    found: dict[str, Network] = {}
    for module in pkgutil.iter_modules(monitor.networks.__path__, "monitor.networks."):
        network: Network | None = getattr(importlib.import_module(module.name), "NETWORK", None)
        if network is not None:
            found[network.info.network] = network
    return MappingProxyType(found)
