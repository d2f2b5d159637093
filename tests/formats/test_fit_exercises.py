"""The exercises of FIT's profile by name, and their names by number."""

from __future__ import annotations

import pytest

from tui.formats.fit_exercises import category_of, known_as, names_of


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        (["Standing Calf Raise"], (1, 18)),
        (["Side-Lying Leg Raise"], (11, 21)),
        (["Farmer's Carry"], (3, 7)),
        (["Nothing Like It", "Jump rope"], (2, 6)),
        # Another category has a Back Squat, but one with a sandbag.
        (["Back Squat", "Squat"], (28, 61)),
        # No more than a category, as every one that FIT has is with some implement.
        (["Deadlift"], (8, None)),
        (["Plank"], (19, 43)),
    ],
)
def test_the_same_words_are_the_same_exercise(
    names: list[str], numbers: tuple[int, int | None]
) -> None:
    assert known_as(*names) == numbers


@pytest.mark.parametrize("name", ["Calf Raise, Standing", "Heel Drop", "Squats", ""])
def test_other_words_are_not(name: str) -> None:
    assert known_as(name) is None


def test_names_by_number() -> None:
    assert category_of(28) == category_of("squat") == "squat"
    assert category_of(4711) == 4711
    assert names_of("squat", 6) == ("Barbell Back Squat", "Squat")
    assert names_of("squat", 4711) == ("", "Squat")
    assert names_of("unknown", 0) == names_of(None, None) == names_of(4711, 3) == ("", "")


@pytest.mark.parametrize(
    "category",
    [
        "bench_press", "calf_raise", "carry", "core", "crunch", "curl", "deadlift", "hip_raise",
        "hip_stability", "hip_swing", "hyperextension", "lateral_raise", "leg_curl", "leg_raise",
        "lunge", "plank", "plyo", "pull_up", "push_up", "row", "shoulder_press",
        "shoulder_stability", "squat", "sit_up", "triceps_extension", "warm_up", "total_body",
        "flye", "chop", "cardio", "run",
    ],
)  # fmt: skip
def test_the_profile_has_the_exercises_of_each_category(category: str) -> None:
    name, group = names_of(category, 0)
    assert name
    assert group == category.replace("_", " ").title()
