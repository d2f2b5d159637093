"""The invented year looks like one that was trained."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import examples
from tui.app.demo_log import year_of_training
from tui.bootstrap import shipped_library
from tui.domain.model.codec import session_from_doc, session_to_doc
from tui.domain.model.values import Session

LIBRARY = shipped_library()
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def year() -> list[Session]:
    return year_of_training(LIBRARY, TODAY, UTC)


def test_it_is_the_same_every_time(year: list[Session]) -> None:
    assert year_of_training(LIBRARY, TODAY, UTC) == year


# A year costs some milliseconds, and one is much like another.
@examples(15)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_day_has_a_year_before_it(today: date) -> None:
    found = year_of_training(LIBRARY, today, UTC)
    assert 75 <= len(found) <= 105
    assert found[-1].day < today
    assert today - found[0].day <= timedelta(days=53 * 7)


def test_it_is_a_sound_log(year: list[Session]) -> None:
    assert [session_from_doc(session_to_doc(s)) for s in year] == year
    entries = [entry for s in year for entry in s.entries]
    ids = [s.id for s in year] + [e.id for e in entries] + [r.id for e in entries for r in e.sets]
    assert len(set(ids)) == len(ids)
    assert {e.exercise for e in entries} <= LIBRARY.exercises.keys()


def test_legs_have_48_hours(year: list[Session]) -> None:
    starts = [s.started for s in year]
    gaps = [b - a for a, b in pairwise(starts)]
    assert min(gaps) >= timedelta(hours=48)


def test_a_fortnight_is_missed(year: list[Session]) -> None:
    days = [s.day for s in year]
    assert max(b - a for a, b in pairwise(days)) >= timedelta(days=15)


def test_both_programmes_and_all_of_life_are_in_it(year: list[Session]) -> None:
    assert {s.programme for s in year} == {"trail-speed", "lift-and-spring"}
    every = [row for s in year for e in s.entries for row in e.sets]
    assert {row.pain for row in every} == {None, 2, 3}
    assert any(row.undone == "time" for row in every)
    assert any(row.rir == 0 for row in every)
    assert any(s.note for s in year)
    assert {row.side.value for row in every} == {"both", "left", "right"}


def test_loads_grow(year: list[Session]) -> None:
    loads = [
        row.done.load_kg
        for s in year
        for e in s.entries
        if e.exercise == "back-squat"
        for row in e.sets
        if row.done.load_kg is not None
    ]
    assert loads[-1] > loads[0] * 1.2


def test_the_week_of_the_race_is_free_and_the_two_before_are_light(year: list[Session]) -> None:
    monday = TODAY - timedelta(days=TODAY.weekday(), weeks=52)

    def sets(week: int) -> int:
        first = monday + timedelta(weeks=week)
        found = [s for s in year if first <= s.day < first + timedelta(weeks=1)]
        return sum(len(e.sets) for s in found for e in s.entries)

    assert sets(46) == 0
    assert 0 < sets(45) < sets(43)
