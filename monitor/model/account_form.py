"""What a person is asked to log in at a network. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model.source_form import FormField
from monitor.text import Text


@dataclass(frozen=True, slots=True)
class AccountForm:
    """The form of one network. `how` says in a few sentences what will happen, or where to find what
    is asked. `in_browser`: the person agrees in the browser, which comes back by itself."""

    network: str
    label: Text
    in_browser: bool
    fields: tuple[FormField, ...]
    how: Text
