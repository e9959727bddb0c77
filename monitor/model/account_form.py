"""What a person is asked to log in at a network. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model.source_form import FormField
from monitor.text import Text


@dataclass(frozen=True, slots=True)
class AccountForm:
    """The form of one network. `how` says in a sentence or two what the login is, `steps` in order how
    to get what is asked; `page` is the network's own page for that (https), "" without one.
    `in_browser`: the person agrees in the browser, which comes back by itself. `sends`: replies can be
    sent from such an account."""

    network: str
    label: Text
    in_browser: bool
    fields: tuple[FormField, ...]
    how: Text
    steps: tuple[Text, ...] = ()
    page: str = ""
    sends: bool = True
