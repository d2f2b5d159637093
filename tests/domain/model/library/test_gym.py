"""The gym's exercises: known by the names other apps give them, and never chosen by themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ui.driver import shipped
from tui.domain.calculator.loads import Inventory
from tui.domain.model.library.checks import EQUIPMENT
from tui.domain.model.library.parser import Library
from tui.domain.model.library.search import find, labels, lookup
from tui.domain.model.library.substitutes import substitutes
from tui.domain.model.values import Exercise

RAW: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[4] / "library.json").read_text("utf-8")
)["exercises"]
LIBRARY = shipped()
GYM = [one for one in LIBRARY.exercises.values() if one.bare]
TOLD = {"id", "name", "aliases", "kind", "equipment", "regions", "sides"}
CARDIO = ("running", "treadmill", "walking", "cycling", "elliptical", "rowing machine", "swimming")
# Names that recur in the exports of strength apps.
NAMES = """\
Pull Up
Bench Press (Barbell)
Bicep Curl (Dumbbell)
Leg Extension (Machine)
Bench Press (Dumbbell)
Bicep Curl (Cable)
Incline Bench Press (Dumbbell)
Lat Pulldown (Cable)
Lateral Raise (Dumbbell)
Squat (Barbell)
Bent Over Row (Barbell)
Bicep Curl (Barbell)
Deadlift (Barbell)
Hammer Curl (Dumbbell)
Incline Bench Press (Barbell)
Leg Press
Lat Pulldown (Machine)
Lying Leg Curl (Machine)
Seated Leg Curl (Machine)
Chest Press (Machine)
Chin Up
Incline Bench Press (Smith Machine)
Lat Pulldown
Lateral Raise (Cable)
Overhead Press (Barbell)
Plank
Preacher Curl (Barbell)
Preacher Curl (Machine)
Push Up
Romanian Deadlift (Barbell)
Seated Row (Machine)
Chest Dip
Deadlift
Dumbbell Row
Front Squat
Iso-Lateral Row (Machine)
Preacher Curl (Dumbbell)
Romanian Deadlift
Shoulder Press (Dumbbell)
Triceps Pushdown
Triceps Pushdown (Cable - Straight Bar)
Back Extension
Bench Press
Bent Over One Arm Row (Dumbbell)
Cable Crossover
Cable Crunch
Cable Fly Crossovers
Chest Fly (Dumbbell)
Crunch
Face Pull
Hanging Knee Raise
Hanging Leg Raise
Hip Thrust (Barbell)
Incline Chest Press (Machine)
Leg Press Horizontal (Machine)
Romanian Deadlift (Dumbbell)
Seated Cable Row - V Grip (Cable)
Seated Leg Press (Machine)
Seated Machine Fly
Seated Overhead Press (Dumbbell)
Seated Palms Up Wrist Curl
Seated Row (Cable)
Seated Shoulder Press (Machine)
Shoulder Press (Machine)
Skullcrusher (Barbell)
Squat
Squat (Smith Machine)
Triceps Extension (Cable)
Triceps Extension (Dumbbell)
Bench Press - Close Grip (Barbell)
Bicep Curl (Machine)
Bulgarian Split Squat
Butterfly (Pec Deck)
Cable Row
Chest Dip (Assisted)
Chest Fly
Chin Up (Assisted)
Cross Body Hammer Curl
Crunches
Diamond Push Up
Face Pull (Cable)
Front Raise (Dumbbell)
Hammer Strength Row
Hip Thrust
Iso-Lateral Chest Press (Machine)
Knee Raise (Captain's Chair)
Lateral Machine Raise
Machine Triceps Pushdown
Overhead Press
Overhead Triceps Extension (Cable)
Power Clean
Pull Up (Assisted)
Rear Delt Reverse Fly (Machine)
Reverse Crunch
Rope Straight Arm Pulldown
Seated Calf Raise
Seated Incline Curl (Dumbbell)
Shrug (Barbell)
Shrug (Dumbbell)
Single Arm Lateral Raise (Cable)
Smith Machine Shoulder Press
T Bar Row
Triceps Extension
Triceps Rope Pushdown
Back Extension (Weighted Hyperextension)
Barbell Bench Press
Barbell Curl
Barbell Row
Barbell Shoulder Press
Barbell Shrug
Bench Press (Smith Machine)
Bent Over Row
Bent Over Row (Dumbbell)
Bicycle Crunch
Burpee
Cable Rear Delt Fly
Calf Extension (Machine)
Calf Press on Leg Press
Calf Press on Seated Leg Press
Chest Fly (Machine)
Concentration Curl (Dumbbell)
Crunch (Machine)
Dead Bug
Dead Hang
Decline Bench Press (Machine)
Decline Crunch (Weighted)
Dumbbell Bench Press
Dumbbell Shoulder Press
EZ Bar Biceps Curl
Hack Squat
Hip Abduction (Machine)
Hip Abductor (Machine)
Hip Adduction (Machine)
Hip Adductor (Machine)
Incline Bench Press
Incline Curl (Dumbbell)
Incline Row (Dumbbell)
Inverted Row
Inverted Row (Bodyweight)
Iso-Lateral Low Row
Landmine Row
Lat Pulldown - Close Grip (Cable)
Lateral Raise (Machine)
Leg Extension Machine
Leg Press (Machine)
Leg Press Machine
Leg Raise Parallel Bars
Low Cable Fly Crossovers
Lying Neck Curls (Weighted)
Mountain Climbers
Overhead Press (Dumbbell)
Pendlay Row (Barbell)
Pistol Squat
Rear Delt Machine Fly
Reverse Cable Curl
Reverse Curl (Barbell)
Reverse Fly (Machine)
Russian Twist
Seated Cable Row - Bar Grip
Seated Calf Raise (Plate Loaded)
Seated Dip Machine
Seated Overhead Press (Barbell)
Seated Wrist Extension (Barbell)
Single Arm Lat Pulldown
Single Arm Triceps Pushdown (Cable)
Sit Up
Standing Calf Raise (Barbell)
Standing Calf Raise (Dumbbell)
Straight Arm Lat Pulldown (Cable)
Sumo Deadlift
Triceps Dip
Triceps Extension (Barbell)
Upright Row
Wide Pull Up
"""
# What is nearly called the same and is another exercise, and what is the same under two names.
MEANT = [
    ("Squat", "back-squat"),
    ("Squat (Barbell)", "back-squat"),
    ("Hack Squat", "hack-squat"),
    ("Squat (Smith Machine)", "smith-machine-squat"),
    ("Front Squat", "front-squat"),
    ("Bench Press", "bench-press"),
    ("Bench Press (Barbell)", "bench-press"),
    ("Barbell Bench Press", "bench-press"),
    ("Bench Press (Dumbbell)", "dumbbell-bench-press"),
    ("Hip Abduction (Machine)", "machine-hip-abduction"),
    ("Hip Abduction", "side-lying-leg-raise"),
    ("Romanian Deadlift (Barbell)", "romanian-deadlift"),
    ("Romanian Deadlift (Dumbbell)", "dumbbell-romanian-deadlift"),
    ("Hip Thrust (Barbell)", "hip-thrust"),
    ("Overhead Press (Dumbbell)", "overhead-press"),
    ("Overhead Press (Barbell)", "barbell-overhead-press"),
    ("Lunge (Dumbbell)", "dumbbell-lunge"),
    ("Pull Up", "pull-up"),
    ("Chin Up", "chin-up"),
    ("Pull Up (Assisted)", "assisted-pull-up"),
    ("Back Extension", "back-extension"),
    ("Back Extension (Weighted Hyperextension)", "hyperextension"),
    ("Standing Calf Raise (Dumbbell)", "calf-raise"),
    ("Standing Calf Raise (Barbell)", "barbell-calf-raise"),
]


def test_they_are_one_line_each_after_the_runners() -> None:
    bare = [one for one in RAW if "doses" not in one]
    assert bare == RAW[-len(bare) :]
    assert len(bare) == len(GYM) == 256
    assert all(one.keys() <= TOLD for one in bare)
    assert {thing for one in GYM for thing in one.equipment} <= EQUIPMENT
    assert not [one.name for one in GYM if one.name.casefold().startswith(CARDIO)]


def test_no_two_exercises_are_called_the_same_in_any_order_of_words() -> None:
    meant: dict[tuple[str, ...], str] = {}
    for one in LIBRARY.exercises.values():
        for words in labels(one.id, one.name, one.aliases):
            assert meant.setdefault(tuple(sorted(words)), one.id) == one.id, words


@pytest.mark.parametrize("name", NAMES.splitlines())
def test_the_names_of_other_apps_name_one(name: str) -> None:
    assert isinstance(lookup(LIBRARY, name), Exercise)


@pytest.mark.parametrize(("name", "meant"), MEANT)
def test_a_name_means_what_a_lifter_means(name: str, meant: str) -> None:
    assert lookup(LIBRARY, name) is LIBRARY.exercises[meant]


def test_the_runners_come_first_unless_a_name_is_whole() -> None:
    found = [one.bare for one in find(LIBRARY, "squat")]
    assert found == sorted(found)
    assert True in found
    assert find(LIBRARY, "hack squat")[0].id == "hack-squat"
    assert find(LIBRARY, "squat hack")[0].id == "hack-squat"


def test_the_beginning_of_a_runners_name_is_enough() -> None:
    assert lookup(LIBRARY, "glute s") is LIBRARY.exercises["glute-sling"]
    assert lookup(LIBRARY, "box j") is LIBRARY.exercises["box-jump"]
    assert lookup(LIBRARY, "calf ho") is LIBRARY.exercises["calf-hold"]
    assert lookup(LIBRARY, "hack") is LIBRARY.exercises["hack-squat"]


def test_a_sled_is_one_load_and_not_one_in_each_hand() -> None:
    assert not LIBRARY.exercises["sled-push"].way.hands
    assert LIBRARY.exercises["farmers-carry"].way.hands


def test_none_stands_in_for_another() -> None:
    able = Inventory().can_do
    for one in LIBRARY.exercises.values():
        assert not [other.id for other in substitutes(LIBRARY, one, able) if other.bare]


def test_a_library_of_bare_ones_alone_has_no_stand_ins() -> None:
    alone = Library(exercises={one.id: one for one in GYM})
    assert substitutes(alone, alone.exercises["leg-press"], Inventory().can_do) == ()
