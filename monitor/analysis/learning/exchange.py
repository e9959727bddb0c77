"""A brand's model as JSON, to keep, to carry to another machine, to read back. Pure.

Everything in a file from elsewhere is hostile: form, sizes and numbers are checked.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NoReturn

from monitor.analysis.learning import calibration, not_us, weights
from monitor.analysis.learning.brand_model import FORMAT, BasedOn, BrandModel
from monitor.analysis.learning.calibration import Calibration
from monitor.analysis.learning.not_us import NotUs
from monitor.analysis.learning.weights import Weights
from monitor.errors import BadInput
from monitor.text import text

KIND = "vigie brand model"
_LONGEST = 4_000_000  # characters
_MOST_IDS = 200_000


def to_json(model: BrandModel) -> str:
    """Holds no text, name or address of anybody: numbers, ids and hashes of single words."""
    told = model.based_on
    return json.dumps(
        {
            "kind": KIND,
            "version": model.version,
            "created": model.created.isoformat(),
            "based_on": {
                "corrections": told.corrections,
                "tones": told.tones,
                "not_us": told.not_us,
                "confirmed": told.confirmed,
            },
            "calibration": model.calibration
            and {
                "slope": model.calibration.slope,
                "negative": model.calibration.negative,
                "positive": model.calibration.positive,
                "negative_from": model.calibration.negative_from,
            },
            "weights": model.weights
            and {
                "hashes": [f"{code:016x}" for code in model.weights.hashes],
                "negative": model.weights.negative,
                "positive": model.weights.positive,
            },
            "not_us": model.not_us
            and {
                "codes": [f"{code:016x}" for code in model.not_us.codes],
                "odds": model.not_us.odds,
            },
        },
        separators=(",", ":"),
    )


def from_json(written: str) -> BrandModel:
    """What `to_json` wrote, equal to the bit. BadInput for anything else, newer versions too."""
    if len(written) > _LONGEST:
        _refuse_form()
    try:
        told = json.loads(written)
        if told["kind"] != KIND:
            _refuse_form()
        version = told["version"]
        if version != FORMAT or isinstance(version, bool):
            _refuse_version(str(version)[:20])
        return _model(told)
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as problem:
        raise _bad_form() from problem


def _model(told: dict[str, Any]) -> BrandModel:
    created = datetime.fromisoformat(told["created"])
    if created.tzinfo is None:
        raise ValueError("a date without its offset")
    return BrandModel(
        version=FORMAT,
        created=created.astimezone(UTC),
        based_on=_based_on(told["based_on"]),
        calibration=None if told["calibration"] is None else _calibration(told["calibration"]),
        weights=None if told["weights"] is None else _weights(told["weights"]),
        not_us=None if told["not_us"] is None else _not_us(told["not_us"]),
    )


def _based_on(told: dict[str, Any]) -> BasedOn:
    ids = tuple(_whole(value) for value in _list(told["corrections"], _MOST_IDS))
    return BasedOn(ids, _whole(told["tones"]), _whole(told["not_us"]), _whole(told["confirmed"]))


def _calibration(told: dict[str, Any]) -> Calibration:
    far = calibration.FARTHEST
    return Calibration(
        _number(told["slope"], calibration.FLATTEST, calibration.STEEPEST),
        _number(told["negative"], -far, far),
        _number(told["positive"], -far, far),
        _number(told["negative_from"], calibration.LOWEST, 1.0),
    )


def _weights(told: dict[str, Any]) -> Weights:
    most = weights.HEAVIEST
    hashes = _codes(told["hashes"], weights.MOST)
    return Weights(
        hashes,
        _numbers(told["negative"], len(hashes), most),
        _numbers(told["positive"], len(hashes), most),
    )


def _not_us(told: dict[str, Any]) -> NotUs:
    codes = _codes(told["codes"], not_us.MOST)
    return NotUs(codes, _numbers(told["odds"], len(codes), not_us.HEAVIEST))


def _list(told: Any, most: int) -> Sequence[Any]:
    if not isinstance(told, list) or len(told) > most:
        raise TypeError("not a list, or too long")
    return told


def _codes(told: Any, most: int) -> tuple[int, ...]:
    codes = tuple(int(code, 16) for code in _list(told, most))
    if list(codes) != sorted(set(codes)) or any(not 0 <= code < 1 << 64 for code in codes):
        raise ValueError("codes out of order or range")
    return codes


def _numbers(told: Any, count: int, most: float) -> tuple[float, ...]:
    numbers = tuple(_number(value, -most, most) for value in _list(told, count))
    if len(numbers) != count:
        raise ValueError("a number is missing")
    return numbers


def _number(told: Any, least: float, most: float) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise TypeError("not a number")
    if not math.isfinite(told) or not least <= told <= most:
        raise ValueError("a number out of range")
    return float(told)


def _whole(told: Any) -> int:
    if isinstance(told, bool) or not isinstance(told, int) or not 0 <= told < 1 << 63:
        raise TypeError("not a count or an id")
    return told


def _refuse_form() -> NoReturn:
    raise _bad_form()


def _bad_form() -> BadInput:
    return BadInput(
        text("This is not what a brand has learned."),
        text("The file is damaged, or it was made for something else. Nothing was changed."),
        text("Choose a file that Vigie exported from a brand's corrections."),
    )


def _refuse_version(version: str) -> NoReturn:
    raise BadInput(
        text("What this brand has learned was saved by another version of Vigie."),
        text(
            "Version {version} of the file cannot be read here. Nothing was changed.",
            version=version,
        ),
        text("Update Vigie, or export the file again with this version."),
    )
