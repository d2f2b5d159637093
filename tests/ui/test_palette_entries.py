"""What a word finds in the palette, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.present.test_settings import known
from tui.ui.commands import COMMANDS, EVERYWHERE, TODAY, at
from tui.ui.palette_entries import entries, found

EVERY = entries(at(TODAY, EVERYWHERE), known(unit="lb"), "0")
EVERYTHING = entries(COMMANDS, known(), "0")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("s", "Skip this set"),
        ("F", "Finish the session"),
        ("miss", "Skip this set"),
        ("rir", "How many more could I have done"),
        ("knee", "It hurt"),
        ("wobble", "Something went wrong: slow, form, landing …"),
        ("regress", "Easier or harder"),
        ("substitute", "Do something else instead"),
        ("hotel", "No gym today: use what every home has"),
        ("cancel", "Throw this session away"),
        ("remove", "Leave this exercise out today"),
        ("tired", "How I am today: legs, sleep, pain"),
        ("weigh-in", "Weigh-in and tests: jump, pace, weight"),
        ("plan", "Change programme"),
        ("unit", "Weights in: lb"),
        ("plates", "Plates: what a gym has"),
        ("max", "Best lifts: not told"),
        ("sound", "Sound at changes: on"),
        ("import", "Import a file: Strong, Hevy, a watch …"),
        ("hevy", "Import a file: Strong, Hevy, a watch …"),
        ("holiday", "Season: week, races, runs"),
        ("add a race", "Season: week, races, runs"),
        ("heavier", "One load step more"),
        ("folder", "Folder: /data/log"),
    ],
)
def test_the_first_row_is_what_a_runner_meant(typed: str, words: str) -> None:
    assert found(EVERY, typed)[0].words == words


def test_deload_and_holiday_are_found_in_the_season() -> None:
    assert "Add a race, a run, days away, an easier week" in [
        entry.words for word in ("deload", "holiday") for entry in found(EVERYTHING, word)[:3]
    ]


@given(st.sampled_from(EVERYTHING), st.integers(1, 20))
def test_an_entry_is_found_by_the_start_of_its_words(entry: object, length: int) -> None:
    words = getattr(entry, "words", "")
    assert entry in found(EVERYTHING, words[:length])


@given(st.text(max_size=12))
def test_nothing_is_found_twice_and_nothing_typed_finds_all(typed: str) -> None:
    shown = found(EVERYTHING, typed)
    assert len({id(entry) for entry in shown}) == len(shown)
    assert found(EVERYTHING, "  ") == EVERYTHING
