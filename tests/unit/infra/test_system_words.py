"""The system's refusals in words."""

from __future__ import annotations

import errno
import os

from monitor.infra.catalogue import load_catalogue
from monitor.infra.system_words import told


def test_the_usual_refusals_are_in_the_persons_language() -> None:
    read_only = OSError(errno.EROFS, os.strerror(errno.EROFS))
    assert told(read_only).render(load_catalogue("fr")) == "système de fichiers en lecture seule"


def test_a_rare_refusal_keeps_the_systems_words() -> None:
    assert (
        str(told(OSError(errno.EXDEV, "Invalid cross-device link"))) == "Invalid cross-device link"
    )
    assert str(told(OSError("odd"))) == "odd"
