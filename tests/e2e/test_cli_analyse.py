"""`vigie analyse`: one verdict a line, and what happens to a line that is none."""

from __future__ import annotations

import json

import pytest

from tests.e2e.command import Command
from tests.e2e.test_cli import VERDICT


def test_analyse_answers_each_line_with_one_verdict(vigie: Command) -> None:
    lines = [
        "This is a scam, avoid",
        json.dumps({"text": "Quelle arnaque, à fuir", "language": "fr", "brand": "Lumen"}),
        "",
        json.dumps({"text": "Awful", "brand": "X"}),
        json.dumps({"text": "Fine", "brand": None, "language": ""}),
    ]
    done = vigie.run("analyse", "--json", said="\n".join(lines) + "\n")
    assert done.code == 0, done.err
    assert len(done.rows) == len(lines)
    for row in done.rows:
        assert set(row) == VERDICT
        assert 0 <= row["p_negative"] <= 1
        assert 0 <= row["p_positive"] <= 1
    assert [row["tone"] for row in done.rows[:2]] == ["negative", "negative"]
    assert done.rows[1]["language"] == "fr"
    reason = done.rows[0]["reasons"][0]
    assert {"what", "weight", "start", "end"} <= set(reason)
    assert not vigie.profile.exists()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{broken json", "it is no complete JSON object"),
        ('{"a":' * 50_000, "it is no complete JSON object"),
        ('{"no": "text"}', "it has no “text”"),
        ('{"text": 7}', "its “text” is no text"),
        ('{"text": "Awful", "brand": ["Lumen"]}', "its “brand” is no text"),
    ],
)
def test_a_line_of_bad_json_is_named_and_the_others_are_judged(
    vigie: Command, line: str, why: str
) -> None:
    said = f"Awful service\n{line}\nGreat service\n"
    done = vigie.here("analyse", "--json", said=said)
    assert done.code == 1
    first, error, last = done.rows
    assert (first["tone"], last["tone"]) == ("negative", "positive")
    assert (error["type"], error["line"]) == ("error", 2)
    assert error["error"] == f"Line 2 cannot be judged: {why}."
    told = vigie.here("analyse", said=said)
    assert (told.code, len(told.out.splitlines())) == (1, 2)
    assert told.err.startswith(f"Line 2 cannot be judged: {why}.\n")


def test_analyse_tells_a_person_what_the_text_wants(vigie: Command) -> None:
    done = vigie.here("analyse", said="Where can I find your opening hours please?\n")
    assert ", a question: " in done.out
    french = vigie.here("analyse", "--language", "fr", said="Quelle arnaque, à fuir\n")
    assert ", une plainte" in french.out
