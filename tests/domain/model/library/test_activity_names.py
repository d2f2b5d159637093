"""What the names of other apps say: endurance or strength, the kind of work, holds, regions."""

from __future__ import annotations

import pytest

from tui.domain.model.library.activity_names import (
    Endurance,
    Shape,
    endurance_of,
    is_assisted,
    is_hold_name,
    kind_of,
    region_of,
)
from tui.domain.model.values import Kind

TIMED = Shape(seconds=True)
FAR = Shape(seconds=True, distance=True)
LIFTED = Shape(load=True, reps=True)
COUNTED = Shape(reps=True)
HEAVY = Shape(load=True, seconds=True, distance=True)


@pytest.mark.parametrize(
    ("name", "category", "shape", "activity"),
    [
        ("Treadmill", "", FAR, Endurance.RUN),
        ("Running (Treadmill)", "Cardio", FAR, Endurance.RUN),
        ("Running (Outdoor)", "", FAR, Endurance.RUN),
        ("5k Run", "", TIMED, Endurance.RUN),
        ("Laufband", "", TIMED, Endurance.RUN),
        ("Walking", "", TIMED, Endurance.WALK),
        ("Incline Walk", "", FAR, Endurance.WALK),
        ("Incline Treadmill Walk", "", FAR, Endurance.WALK),
        ("Rucking", "", FAR, Endurance.WALK),
        ("Hill Sprints", "", TIMED, Endurance.RUN),
        ("Zone 2 Run", "", FAR, Endurance.RUN),
        ("Tapis roulant", "", FAR, Endurance.RUN),
        ("Concept 2 Rower", "", FAR, Endurance.OTHER),
        ("Martial Arts", "", TIMED, Endurance.OTHER),
        ("Exercise Bike", "", TIMED, Endurance.OTHER),
        ("Cycling (Indoor)", "", FAR, Endurance.OTHER),
        ("Aerobics", "", TIMED, Endurance.OTHER),
        ("Rowing Machine", "", FAR, Endurance.OTHER),
        ("Elliptical Machine", "", TIMED, Endurance.OTHER),
        ("Stair Climber", "", TIMED, Endurance.OTHER),
        ("Assault Bike", "Cardio", TIMED, Endurance.OTHER),
        # The app's own category, whatever the name.
        ("Morning Machine", "Cardio", TIMED, Endurance.OTHER),
        ("Morning Machine", " CARDIO ", FAR, Endurance.OTHER),
        ("Morning Machine", "Legs", TIMED, None),
        # Strength, though the words sound otherwise.
        ("Walking Lunge", "", LIFTED, None),
        ("Walking Lunge", "", FAR, None),
        ("Farmer's Walk", "", HEAVY, None),
        ("Rowing", "Back", LIFTED, None),
        ("Seated Row", "", LIFTED, None),
        ("Dead Hang", "", TIMED, None),
        ("Plank Jack", "", TIMED, None),
        ("Wall Sit", "", TIMED, None),
        ("Running Man Plank", "", TIMED, None),
        ("Bicycle Crunch", "", COUNTED, None),
        ("Mountain Climbers", "", COUNTED, None),
        ("Mountain Climbers", "", TIMED, None),
        ("Hill Sprints", "", COUNTED, None),
        ("Power Clean", "", LIFTED, None),
        ("Box Step Up", "", COUNTED, None),
        ("", "", TIMED, None),
        ("💪", "", TIMED, None),
    ],
)
def test_endurance(name: str, category: str, shape: Shape, activity: Endurance | None) -> None:
    assert endurance_of(name, category, shape) is activity


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Plank", True),
        ("Side Plank (Left)", True),
        ("RKC Plank", True),
        ("Dead Hang", True),
        ("Wall Sit", True),
        ("Hollow Hold", True),
        ("L-Sit", True),
        ("Iso Hold Lunge", True),
        ("Glute Bridge Hold", True),
        ("Calf Raise Hold", True),
        ("Plancha lateral", True),
        ("Gainage", True),
        ("Unterarmstütz", True),
        ("Handstand", True),
        ("Horse Stance", True),
        ("Handstand Push Up", False),
        ("Handstand Walk", False),
        ("Plank Jack", False),
        ("Plank Shoulder Tap", False),
        ("Plank Walkout", False),
        ("Hanging Leg Raise", False),
        ("Hanging Knee Raise", False),
        ("Hang Clean", False),
        ("Sit Up", False),
        ("Push Up", False),
        ("Squat", False),
        ("Iso-Lateral Chest Press (Machine)", False),
    ],
)
def test_holds(name: str, *, held: bool) -> None:
    assert is_hold_name(name) is held


@pytest.mark.parametrize(
    ("name", "shape", "kind"),
    [
        ("Bench Press", LIFTED, Kind.LOADED),
        ("Sit Up", COUNTED, Kind.BODYWEIGHT),
        ("Dead Hang", TIMED, Kind.HOLD),
        ("Dead Hang", COUNTED, Kind.BODYWEIGHT),
        ("Weighted Plank", Shape(load=True, seconds=True), Kind.HOLD),
        ("Plank Jack", TIMED, Kind.BODYWEIGHT),
        ("Farmer's Walk", HEAVY, Kind.CARRY),
        ("Sled Push", Shape(load=True, distance=True), Kind.CARRY),
        ("Box Jump", COUNTED, Kind.PLYOMETRIC),
        ("Jump Squat", LIFTED, Kind.LOADED),
        ("Pigeon Stretch", TIMED, Kind.MOBILITY),
        ("Foam Rolling", TIMED, Kind.MOBILITY),
        ("💪", LIFTED, Kind.LOADED),
    ],
)
def test_the_kind_of_an_unknown_exercise(name: str, shape: Shape, kind: Kind) -> None:
    assert kind_of(name, shape) is kind


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("Leg Press", "knee"),
        ("Lying Leg Curl (Machine)", "hamstring"),
        ("Standing Calf Raise", "ankle-calf"),
        ("Hip Abductor (Machine)", "hip"),
        ("Cable Crunch", "back"),
        ("Bench Press (Barbell)", "shoulder"),
        ("Morning Machine", ""),
    ],
)
def test_the_region_of_an_unknown_exercise(name: str, region: str) -> None:
    assert region_of(name) == region


@pytest.mark.parametrize(
    ("name", "assisted"),
    [("Pull Up (Assisted)", True), ("Assisted Chin-Ups", True), ("Pull Up", False)],
)
def test_assistance_by_name(name: str, *, assisted: bool) -> None:
    assert is_assisted(name) is assisted
