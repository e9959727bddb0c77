"""The name of a source nobody has named, from its kind and the answers to its form. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from monitor.model.source import Source
from monitor.model.source_names import readable_name
from monitor.sources.base import Capability, SourceInfo
from monitor.sources.registry import kinds


def name_of(info: SourceInfo, fields: Mapping[str, str]) -> str:
    """What is looked for stands first; secrets are in no name."""
    shown = [field for field in info.fields if not field.secret]
    shown.sort(key=lambda field: not field.words)
    return readable_name(str(info.label), (fields.get(field.key, "") for field in shown))


def named(source: Source) -> Source:
    """With a name of its own where it looks for words; elsewhere the network tells a better one (a
    channel's, a blog's) when it is read."""
    kind = kinds().get(source.kind)
    if source.name or kind is None or Capability.SEARCH not in kind.info.capabilities:
        return source
    return replace(source, name=name_of(kind.info, source.fields))
