"""A brand's model leaves as JSON and comes back the same; nothing else comes in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.learning.brand_model import FORMAT, BrandModel, learn
from monitor.analysis.learning.exchange import from_json, to_json
from monitor.errors import BadInput
from monitor.infra.catalogue import load_catalogue
from tests.unit.analysis.learning.brand import NAME, ours, strays, tones

NOW = datetime(2026, 3, 4, 5, 6, 7, 890, tzinfo=UTC)


@pytest.fixture(scope="module")
def model() -> BrandModel:
    return learn([*tones(210), *strays(4), *ours(9)], NOW)


def test_there_and_back_to_the_bit(model: BrandModel) -> None:
    assert from_json(to_json(model)) == model
    assert to_json(from_json(to_json(model))) == to_json(model)


def test_a_model_that_knows_nothing_travels_too() -> None:
    empty = learn([], NOW)
    assert from_json(to_json(empty)) == empty


def test_few_kilobytes_and_nobodys_words(model: BrandModel) -> None:
    written = to_json(model)
    assert len(written) < 40_000
    for word in (NAME, "limescale", "breeze", "sailor1"):
        assert word.casefold() not in written.casefold()


@pytest.mark.parametrize("version", [0, FORMAT + 1, "1", None, True, 1e999])
def test_other_versions_are_refused_in_two_languages(model: BrandModel, version: object) -> None:
    told = json.loads(to_json(model)) | {"version": version}
    with pytest.raises(BadInput) as refused:
        from_json(json.dumps(told))
    french = load_catalogue("fr")
    assert "another version" in refused.value.title.render()
    assert "autre version" in refused.value.title.render(french)
    assert "changé" in refused.value.message.render(french)


BAD: list[tuple[str, str, Any]] = [
    ("calibration", "slope", -1),
    ("calibration", "slope", float("nan")),
    ("calibration", "negative", 99),
    ("calibration", "positive", "1"),
    ("calibration", "positive", True),
    ("weights", "hashes", ["zz"]),
    ("weights", "negative", []),
    ("weights", "positive", [0.1] * 9000),
    ("weights", "hashes", "00"),
    ("not_us", "codes", ["ffffffffffffffffff"]),
    ("not_us", "odds", None),
    ("based_on", "tones", -1),
    ("based_on", "corrections", [1.5]),
]


@pytest.mark.parametrize(("part", "name", "value"), BAD)
def test_damage_is_refused(model: BrandModel, part: str, name: str, value: object) -> None:
    told = json.loads(to_json(model))
    told[part][name] = value
    with pytest.raises(BadInput):
        from_json(json.dumps(told))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        "[]",
        "null",
        '{"kind": "opml"}',
        '{"kind": "vigie brand model"}',
        "[" * 100_000,
        "9" * 5_000_000,
    ],
)
def test_other_files_are_refused(written: str) -> None:
    with pytest.raises(BadInput):
        from_json(written)


def test_dates_need_their_offset(model: BrandModel) -> None:
    told = json.loads(to_json(model)) | {"created": "2026-03-04T05:06:07"}
    with pytest.raises(BadInput):
        from_json(json.dumps(told))


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["kind", "version", "weights", "created"]), inner)
        ),
    )
)
def test_any_json_is_refused_kindly(told: object) -> None:
    with pytest.raises(BadInput):
        from_json(json.dumps(told))
