"""A ToneAnalyser that judges as the shipped one, corrected by what a brand's people said. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.analysis.base import ToneAnalyser, ToneResult
from monitor.analysis.learning.brand_model import BrandModel
from monitor.model.brand import Match


@dataclass(frozen=True, slots=True)
class CorrectedTone:
    """Goes into `Analyser(tones={language: CorrectedTone(shipped, model), ...})`. Safe from any thread."""

    shipped: ToneAnalyser
    model: BrandModel

    def analyse(self, text: str, language: str, focus: tuple[Match, ...]) -> ToneResult:
        return self.model.apply(self.shipped.analyse(text, language, focus), text, language, focus)
