"""Many events of one burst become few. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.events import (
    AccountsChanged,
    AlertsRaised,
    BrandsChanged,
    CheckProgress,
    Event,
    MentionsChanged,
    Problem,
    SendingsChanged,
    SourcesChanged,
)


def merge(events: Sequence[Event]) -> list[Event]:
    """The same news in fewer events: ids joined, the last progress kept, every problem kept. Pure."""
    new: dict[int, None] = {}
    changed: dict[int, None] = {}
    alerted: dict[int, None] = {}
    sources: dict[int, None] = {}
    answered: dict[int, None] = {}
    mentions_changed = sources_changed = brands_changed = accounts_changed = False
    rules_changed = False
    progress: list[Event] = []
    problems: list[Event] = []
    for event in events:
        match event:
            case MentionsChanged(new_ids, changed_ids):
                mentions_changed = True
                new.update(dict.fromkeys(new_ids))
                changed.update(dict.fromkeys(changed_ids))
            case AlertsRaised(mention_ids):
                alerted.update(dict.fromkeys(mention_ids))
            case SourcesChanged(ids):
                sources_changed = True
                sources.update(dict.fromkeys(ids))
            case BrandsChanged():
                brands_changed = True
            case AccountsChanged():
                accounts_changed = True
            case SendingsChanged(()):  # of no mention: how long a reply may be
                rules_changed = True
            case SendingsChanged(mention_ids):
                answered.update(dict.fromkeys(mention_ids))
            case CheckProgress():
                progress = [event]
            case Problem():
                problems.append(event)
    merged: list[Event] = []
    if brands_changed:
        merged.append(BrandsChanged())
    if accounts_changed:
        merged.append(AccountsChanged())
    if sources_changed:
        merged.append(SourcesChanged(tuple(sources)))
    if mentions_changed:
        merged.append(MentionsChanged(tuple(new), tuple(i for i in changed if i not in new)))
    if alerted:
        merged.append(AlertsRaised(tuple(alerted)))
    if rules_changed:
        merged.append(SendingsChanged())
    if answered:
        merged.append(SendingsChanged(tuple(answered)))
    return merged + progress + problems
