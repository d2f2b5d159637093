"""Exercises of which no dose is told: reps first, then weight, from what the runner has lifted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tui.bootstrap import shipped_library
from tui.domain.calculator import Advice, Setup, fold, prescribe
from tui.domain.calculator.advice import Action
from tui.domain.calculator.loads import Inventory, Weight, plate_words
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side

LIBRARY = shipped_library()
ANYTHING = Inventory()
DAY = date(2026, 10, 5)


def after(
    name: str,
    *sets: tuple[float, int, int],
    owned: Inventory = ANYTHING,
    planned: int | None = None,
) -> Advice:
    """What comes next after sessions of three sets, three days apart: load in kg, reps, reps left;
    ``planned`` reps were asked for."""
    setup = Setup(library=LIBRARY, inventory=owned)
    sessions = [
        _session(
            name, DAY + timedelta(days=3 * n), Measures(load_kg=load, reps=reps), left, planned
        )
        for n, (load, reps, left) in enumerate(sets)
    ]
    today = DAY + timedelta(days=3 * len(sets))
    return prescribe(setup, fold(setup, sessions), LIBRARY.exercises[name], today)


def _session(name: str, day: date, done: Measures, left: int, planned: int | None) -> Session:
    asked = None if planned is None else Measures(load_kg=done.load_kg, reps=planned)
    rows = tuple(
        SetEntry(
            id=str(n), edited="", number=n, side=Side.BOTH, done=done, prescribed=asked, rir=left
        )
        for n in (1, 2, 3)
    )
    begun = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    entry = Entry(id="e", edited="", exercise=name, sets=rows)
    return Session(id=str(day), edited="", started=begun, finished=begun, entries=(entry,))


def asked(advice: Advice) -> tuple[float | None, int | None]:
    done = advice.plan.sets[0].goals[0].measures
    return done.load_kg, done.reps


@pytest.mark.parametrize(
    ("name", "sets", "then"),
    [
        ("bench-press", [(60, 8, 2)], (60, 9)),
        ("bench-press", [(60, 5, 2)], (60, 6)),
        ("bench-press", [(60, 12, 2), (60, 12, 2)], (62.5, 9)),
        ("leg-press", [(137.5, 10, 3)], (137.5, 11)),
        # A bar of 20 kg is not the lightest of a gym, nor are dumbbells only in steps of 2.5 kg.
        ("barbell-curl", [(15, 10, 2)], (15, 11)),
        ("dumbbell-lunge", [(12, 10, 2)], (12, 11)),
        ("goblet-squat", [(12, 10, 2)], (12, 11)),
    ],
)
def test_it_goes_on_from_what_was_lifted(
    name: str, sets: list[tuple[float, int, int]], then: tuple[float, int]
) -> None:
    assert asked(after(name, *sets)) == then


def test_fives_are_no_misses() -> None:
    fives = after("barbell-row", *[(70, 5, 2)] * 4)
    assert fives.action is Action.INCREASE
    assert asked(fives) == (70, 6)
    assert asked(after("pull-up", *[(10, 4, 1)] * 3)) == (10, 5)


def test_after_misses_a_light_bar_gets_lighter() -> None:
    missed = after("barbell-curl", (15, 6, 0), (15, 6, 0), planned=10)
    assert missed.action is Action.DECREASE
    assert asked(missed)[0] == 12.5


def test_of_weights_that_are_stated_only_those_are_asked() -> None:
    owned = Inventory(dumbbells=(Weight(10.0), Weight(12.5)))
    assert asked(after("goblet-squat", (12, 10, 2), owned=owned))[0] == 10


def test_a_bar_lighter_than_ones_own_is_not_an_empty_one() -> None:
    curl = LIBRARY.exercises["barbell-curl"]
    assert plate_words(ANYTHING, curl, 15, "kg") == ""
    assert plate_words(ANYTHING, curl, 20, "kg") == "empty bar"


def test_without_its_equipment_only_one_with_the_same_job_stands_in() -> None:
    bar = Inventory(equipment=frozenset({"barbell", "plates", "rack"}))
    assert after("leg-press", owned=bar).variant == "back-squat"
    rests = after("lat-pulldown", owned=bar)
    assert rests.action is Action.REST
    assert [one.code for one in rests.reasons] == ["NO_EQUIPMENT"]
