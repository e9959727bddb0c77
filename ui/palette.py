"""The colours of the program, light and dark. Pure: no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model.verdict import Tone


@dataclass(frozen=True, slots=True)
class Palette:
    """One colour scheme as #rrggbb. `*_soft` is the ground on which the colour of that name is read;
    on `accent_soft` it is `accent_strong`."""

    background: str
    panel: str
    side: str
    line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    accent_strong: str
    negative: str
    negative_soft: str
    positive: str
    positive_soft: str
    neutral: str
    neutral_soft: str
    warning: str
    warning_soft: str
    brand_mark: str
    hover: str
    border: str
    faint: str

    def tone(self, tone: Tone) -> tuple[str, str]:
        """Colour and ground of a tone. An unknown tone is as quiet as a neutral one."""
        if tone is Tone.NEGATIVE:
            return self.negative, self.negative_soft
        if tone is Tone.POSITIVE:
            return self.positive, self.positive_soft
        return self.neutral, self.neutral_soft


LIGHT = Palette(
    background="#f7f7f8",
    panel="#ffffff",
    side="#f0f1f3",
    line="#e2e4e8",
    text="#1c1e21",
    muted="#646973",
    accent="#2f6fde",
    accent_soft="#e8f0fd",
    on_accent="#ffffff",
    accent_strong="#2560c8",
    negative="#b3261e",
    negative_soft="#fcebea",
    positive="#187746",
    positive_soft="#e6f4ec",
    neutral="#5f6570",
    neutral_soft="#eef0f2",
    warning="#8a5c00",
    warning_soft="#fff6dd",
    brand_mark="#ffe9a8",
    hover="#e9ebee",
    border="#d9dce1",
    faint="#8f96a1",
)

DARK = Palette(
    background="#1b1d21",
    panel="#22252a",
    side="#191b1f",
    line="#33373e",
    text="#e7e9ec",
    muted="#9aa1ab",
    accent="#6ea3ff",
    accent_soft="#26344d",
    on_accent="#101725",
    accent_strong="#8bb6ff",
    negative="#ff8a80",
    negative_soft="#45262a",
    positive="#6fd39b",
    positive_soft="#1f3a2c",
    neutral="#b4bac3",
    neutral_soft="#30343b",
    warning="#f0c36a",
    warning_soft="#3d3320",
    brand_mark="#6b5a1e",
    hover="#2a2e34",
    border="#3b4048",
    faint="#757d89",
)

BRAND_COLORS = (
    "#2f6fde",
    "#8a5cd6",
    "#1a9a8a",
    "#d9730d",
    "#c2417c",
    "#5b8c1a",
    "#0e8ab8",
    "#a3713a",
)
"""Dots beside brands, by `Brand.color` modulo their number; a rival's dot is grey."""

AVATAR_COLORS = (
    ("#d8c7f0", "#4b2a86"),
    ("#c9def9", "#1d4a91"),
    ("#c8ead9", "#145c39"),
    ("#fbdcc4", "#833f06"),
    ("#f7cfdf", "#86234f"),
    ("#dfe7bd", "#47570b"),
)
"""Ground and letters of an author's initials, chosen by the author's name; the same in both schemes."""
