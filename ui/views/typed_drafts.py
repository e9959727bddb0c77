"""What was typed as replies, until the store is known to have it. GUI thread."""

from __future__ import annotations

from monitor.model.mention import MentionDetail

Written = tuple[str, str, str]
"""A reply's text, its language and the key of its template."""

NOTHING: Written = ("", "", "")


class TypedDrafts:
    """A detail may have been read before the draft was stored, and come after: what was typed counts
    until a detail that knows it has come."""

    def __init__(self) -> None:
        self._typed: dict[int, Written] = {}

    def keep(self, mention_id: int, written: Written) -> None:
        self._typed[mention_id] = written

    def forget(self, mention_id: int) -> None:
        """It is published: no draft any more."""
        self._typed.pop(mention_id, None)

    def of(self, detail: MentionDetail) -> Written:
        """The draft as it was last typed, else as it is stored."""
        draft = detail.draft
        stored = (draft.text, draft.language, draft.template) if draft is not None else NOTHING
        typed = self._typed.get(detail.mention.id, stored)
        if typed == stored:
            self._typed.pop(detail.mention.id, None)
        return typed
