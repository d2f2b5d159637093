"""Names of other apps and what they mean here: the same, merely near, or something else."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.driver import shipped
from tui.domain.model.library.catalog import Library
from tui.domain.model.library.name_matching import MOST_NEAR, Match, NameIndex, stems
from tui.domain.model.library.parser import parse


def library(**names: tuple[str, ...]) -> Library:
    """A library of loaded exercises with these names and aliases, by the id with _ for -."""
    entries = [
        {"id": key.replace("_", "-"), "name": name, "aliases": list(more), "kind": "loaded"}
        for key, (name, *more) in names.items()
    ]
    sources = {"project": {"title": "Tests", "author": "us", "publisher": "us"}}
    made, problems = parse({"schema_version": 1, "sources": sources, "exercises": entries})
    assert not problems
    return made


@cache
def index() -> NameIndex:
    return NameIndex(shipped())


@pytest.mark.parametrize(
    ("name", "exercise"),
    [
        ("Back Squat", "back-squat"),
        ("back-squat", "back-squat"),
        ("  BACK   squats ", "back-squat"),
        ("Squat (Barbell)", "back-squat"),
        ("Barbell Squat", "back-squat"),
        ("Squat", "back-squat"),
        ("Goblet Squat", "goblet-squat"),
        ("Bulgarian Split Squat", "rear-foot-elevated-split-squat"),
        ("Bulgarian Split-Squats", "rear-foot-elevated-split-squat"),
        ("Lunges", "lunge"),
        ("Walking Lunges", "lunge"),
        ("Pushups", "push-up"),
        ("Push Up", "push-up"),
        ("Press-ups", "push-up"),
        ("Calf Raises", "calf-raise"),
        ("Standing Calves Raise", "calf-raise"),
        ("Single Leg Calf Raise", "single-leg-calf-raise"),
        ("Calf Raise, Single-Legged", "single-leg-calf-raise"),
        ("1-leg calf raise", "single-leg-calf-raise"),
        ("Hip Thrust (Barbell)", "hip-thrust"),
        ("Barbell Hipthrust", "hip-thrust"),
        ("Deadlift", "deadlift"),
        ("Trap Bar Deadlift", "hex-bar-deadlift"),
        ("Farmer's Walk", "farmers-carry"),
        ("Farmers Walk", "farmers-carry"),
        ("Farmer’s Walk", "farmers-carry"),
        ("DB Row", "dumbbell-row"),
        ("Kettleball Deadlift", "kettlebell-deadlift"),
        ("Planks", "plank"),
        ("Box Jumps", "box-jump"),
    ],
)
def test_the_same_name_in_other_words(name: str, exercise: str) -> None:
    assert index().match(name) == Match(exercise)


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("Hack Squat", "back-squat"),
        ("Hack Squat", "goblet-squat"),
        ("Front Squat", "back-squat"),
        ("Squat (Smith Machine)", "back-squat"),
        ("Box Squat (Barbell)", "back-squat"),
        ("Hip Abduction (Machine)", "side-lying-leg-raise"),
        ("Hip Adduction (Machine)", "side-lying-inner-leg-raise"),
        ("Hip Abductor (Machine)", "side-lying-leg-raise"),
        ("Bench Press", "pallof-press"),
        ("Bench Press (Barbell)", "overhead-press"),
        ("Leg Press", "overhead-press"),
        ("Leg Extension (Machine)", "back-extension"),
        ("Leg Curl", "leg-swing"),
        ("Bent Over Row (Barbell)", "dumbbell-row"),
        ("Seated Row (Machine)", "dumbbell-row"),
        ("Sumo Deadlift", "deadlift"),
        ("Single Leg Press", "single-leg-squat"),
        ("Plank Jack", "plank"),
        ("Running", "dead-bug"),
    ],
)
def test_another_exercise_is_neither_taken_nor_asked_about(name: str, never: str) -> None:
    found = index().match(name)
    assert found.exercise != never
    assert never not in found.near


def test_another_tool_is_asked_about_only_where_ours_leaves_it_open() -> None:
    made = NameIndex(
        library(
            row=("Row",),
            dumbbell_row=("Dumbbell Row",),
            press=("Overhead Press",),
        )
    )
    assert made.match("Overhead Press (Barbell)") == Match(near=("press",))
    assert made.match("Dumbbell Row") == Match("dumbbell-row")
    assert made.match("Row (Cable)") == Match(near=("row",))
    assert made.match("Weighted Row") == Match(near=("row", "dumbbell-row"))


def test_a_letter_too_many_is_asked_about() -> None:
    made = NameIndex(library(squat=("Bulgarian Squat",), fly=("Fly",)))
    for typed in ("Bulgarien Squat", "Bulgarrian Squat", "Bulgarin Squat", "Bulgairan Squat"):
        assert made.match(typed) == Match(near=("squat",))
    # Short words are other words: a flex is no fly.
    assert made.match("Flyx") == Match()
    assert made.match("Bulgarian Squat Hold") == Match()


def test_a_name_of_two_exercises_is_asked_about() -> None:
    made = NameIndex(library(one=("One Row", "Row"), two=("Two Row", "Rows")))
    assert made.match("Row") == Match(near=("one", "two"))


def test_few_are_offered() -> None:
    many = {f"row_{n}": (f"Row {n}", "Row") for n in range(1, 10)}
    assert len(NameIndex(library(**many)).match("Row").near) == MOST_NEAR


@pytest.mark.parametrize("name", ["", " ", "💪", "***", "\x00", "-" * 5000])
def test_a_name_without_words_means_nothing(name: str) -> None:
    assert index().match(name) == Match()


@pytest.mark.parametrize("name", ["Chest Fly", "Chest Flys", "Chest Flyes", "chest-flies"])
def test_a_plural_in_every_spelling(name: str) -> None:
    assert stems(name) == ("chest", "fly")


@pytest.mark.parametrize("word", ["Press", "Cross", "Abs"])
def test_words_that_end_in_s_in_the_singular(word: str) -> None:
    assert stems(word) == (word.casefold(),)


@given(st.data())
def test_every_exercise_is_found_by_its_words_in_any_order(data: st.DataObject) -> None:
    exercise = data.draw(st.sampled_from(list(shipped().exercises.values())))
    label = data.draw(st.sampled_from([exercise.name, *exercise.aliases]))
    words = data.draw(st.permutations(label.replace("-", " ").split()))
    found = index().match(" ".join(words))
    assert exercise.id in (found.exercise, *found.near)


@given(st.text(max_size=60))
def test_any_name_has_an_answer(name: str) -> None:
    found = index().match(name)
    assert found.exercise is None or not found.near
    assert {*found.near, found.exercise or "plank"} <= set(shipped().exercises)
