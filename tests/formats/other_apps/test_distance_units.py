"""Distances of which a file does not tell the unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from tests.domain.calculator.logs import LIBRARY
from tui.domain.model.library.activity_names import Endurance
from tui.formats.other_apps.conversion import Converted, Target, converted, needs_unit
from tui.formats.other_apps.workouts import OtherEntry, OtherLog, OtherSet, OtherWorkout

CARRY = Target(LIBRARY.exercises["single-arm-farmers-march"])
STARTED = datetime(2026, 3, 2, 18, 5, tzinfo=UTC)


def log(done: OtherSet) -> OtherLog:
    entry = OtherEntry(name="It", sets=(done,))
    return OtherLog(app="Some", workouts=(OtherWorkout(started=STARTED, entries=(entry,)),))


def made(done: OtherSet, targets: Mapping[str, Target | Endurance | None], unit: str) -> Converted:
    return converted(log(done), targets, unit, lambda moment: moment)


@pytest.mark.parametrize(("unit", "metres"), [("kg", 500), ("lb", 804.67), ("", None)])
def test_kilometres_go_with_kilograms_and_miles_with_pounds(
    unit: str, metres: float | None
) -> None:
    far = OtherSet(line=2, distance=0.5, seconds=600)
    [session] = made(far, {"It": CARRY}, unit).sessions
    assert session.entries[0].sets[0].done.distance_m == metres
    [run] = made(far, {"It": Endurance.RUN}, unit).timed
    assert (run.distance_m, run.duration_s) == (metres, 600)


def test_a_distance_with_its_unit_stays() -> None:
    [run] = made(OtherSet(line=2, distance_m=500), {"It": Endurance.RUN}, "lb").timed
    assert run.distance_m == 500


@pytest.mark.parametrize(
    ("done", "target", "asks"),
    [
        (OtherSet(line=2, distance=0.5), CARRY, True),
        (OtherSet(line=2, distance=0.5), Endurance.RUN, True),
        (OtherSet(line=2, distance=0.5), Endurance.OTHER, False),
        (OtherSet(line=2, distance=0.5), None, False),
        (OtherSet(line=2, distance_m=500, weight=20, unit="kg"), CARRY, False),
        (OtherSet(line=2, distance_m=500, weight=20), CARRY, True),
        (OtherSet(line=2, distance_m=500, weight=20), Endurance.RUN, False),
    ],
)
def test_the_unit_is_asked_where_it_matters(
    done: OtherSet, target: Target | Endurance | None, asks: bool
) -> None:
    assert needs_unit(log(done), {"It": target}) is asks
