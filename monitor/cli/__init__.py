"""The `vigie` command without a window: the same engine on the same profile. Qt is never imported."""

from monitor.cli.program import main

__all__ = ["main"]
