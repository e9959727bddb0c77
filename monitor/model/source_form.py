"""What a person is asked to add a source of a network, and what a look at it brought. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.model.post import Post
from monitor.text import Text

Filled = tuple[str, Mapping[str, str]]
"""A kind of source and the answers to its form (key -> answer)."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question. `default` stands in the field at first, `example` shows what an answer looks like,
    `hint` is one sentence below. `secret` answers are never shown. A field with `words` takes names to
    look for, separated by commas. `choices` are the only answers there are, None for free text."""

    key: str
    label: Text
    example: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    hint: Text | None = None
    words: bool = False
    choices: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class KindForm:
    """The form of one kind of source. `unseen` says what its network never shows; `network` is whose
    accounts it reads with where it `needs_account`. `own_place`: everything it brings is about one
    brand, which the person chooses."""

    kind: str
    label: Text
    fields: tuple[FormField, ...]
    needs_account: bool = False
    unseen: Text | None = None
    network: str = ""
    own_place: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What a source would bring, read once and not stored: how many `posts` it shows now, how many of
    them name a watched brand, and in `missing`, one sentence each, what the person will not see."""

    address: str
    name: str
    newest: Post | None
    posts: int
    naming: int
    missing: tuple[Text, ...]
