"""Exports of Strong and Hevy that something has changed: nothing is lost without a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.other_apps import test_hevy, test_strong
from tests.strategies import examples
from tui.domain.model.validation import BadDocument
from tui.formats.other_apps import hevy, strong
from tui.formats.other_apps.table import table_of

COMMAS = test_strong.HEAD + "".join(
    test_strong.WHEN + row
    for row in (
        '"Squat",W,40.0,5,0,0,"low bar","good",\n',
        '"Squat",1,60,8.0,0.0,0.0,"","good",8.5\n',
        '"Squat",Rest Timer,0,0,0,120,,,\n',
        '"Run",1,0,0,5.2,1800,,,\n',
    )
)
SEMICOLONS = test_strong.SEMICOLONS + (
    '"7";"2026-03-02 18:05:00";"Push";"3480";"Press";"Note";"";"";"";"";"";"slow\nwide";""\n'
    '"7";"2026-03-02 18:05:00";"Push";"3480";"Press";"1";"65.18";"8";"8";"";"0.0";"";""\n'
)
HEVY = test_hevy.HEAD + "".join(
    test_hevy.WHEN + row
    for row in (
        '"Squat",0,"a\\nb",0,"warmup",22.68,10,,,\n',
        '"Squat",0,"a",1,"normal",60,5,,,8.5\n',
        '"Plank",,"",0,"normal",,,,45,\n',
    )
)
PIECES = (
    *(",", ";", '"', "\n", "\r", "\t", "\0", "-", "0", "9" * 30, "1e9", "NaN", "²", "٣", "½"),
    *("W", "PM", "\u202f", "'=", "(", "(kg)", "RPE"),
)


@pytest.mark.parametrize("text", [COMMAS, SEMICOLONS, HEVY], ids=["commas", "semicolons", "hevy"])
@examples(40)
@given(st.data())
def test_each_row_is_a_set_or_counted_or_named(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 5))
        text = text[:at] + data.draw(st.sampled_from(["", *PIECES])) + text[at + gone :]
    try:
        table = table_of(text)
        log = next((app.read(table) for app in (strong, hevy) if app.fits(table.plain)), None)
    except BadDocument:
        return
    if log is not None:
        sets = sum(len(entry.sets) for workout in log.workouts for entry in workout.entries)
        assert sets + log.rests + log.empty + len(log.problems) == log.rows
