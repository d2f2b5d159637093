"""Of an exercise of which a name and a kind are told, the rest is what is usual."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.driver import shipped
from tui.domain.model.library.checks import CATEGORIES, EQUIPMENT, FORMS, REGIONS, ROLES, misfit
from tui.domain.model.library.exercises import plain_bare, read_exercise
from tui.domain.model.library.parser import overlay
from tui.domain.model.library.usual import BY_CATEGORY, BY_KIND, DOSES, USUAL_ROLES
from tui.domain.model.validation import Fields, Problem
from tui.domain.model.values import Exercise, Kind, Level, Sides

REST = {"schema_version": 1}
# The fields of an exercise.
KEYS = [
    *("id", "name", "kind", "aliases", "sides", "equipment", "regions", "region", "category"),
    *("role", "muscles", "leg_load", "loading", "lift", "jump", "doses", "cues", "why", "easier"),
    *("harder", "no_gym", "prerequisite", "sources", "blank"),
]
entries = st.fixed_dictionaries(
    {
        "id": st.just("mine"),
        "name": st.sampled_from(["Mine", "Zercher Squat", "Leg Curl", "Cable Crunch", "Calf Pop"]),
        "kind": st.sampled_from([kind.value for kind in Kind]),
    },
    optional={
        "aliases": st.lists(st.sampled_from(["My own", "Own one"]), unique=True),
        "equipment": st.lists(st.sampled_from(["barbell", "log-press"]), unique=True),
        "regions": st.lists(st.sampled_from(REGIONS), min_size=1, unique=True),
        "sides": st.sampled_from([sides.value for sides in Sides]),
    },
)


def read(entry: dict[str, Any]) -> tuple[Exercise, list[str]]:
    """An entry of one's own over the shipped library, and what is wrong with it."""
    library, problems = overlay(shipped(), {**REST, "exercises": [entry]})
    return library.exercises.get(str(entry["id"]), shipped().exercises["plank"]), [
        f"{one.field}: {one.message}" for one in problems
    ]


def test_each_kind_and_category_has_what_is_usual() -> None:
    assert set(BY_KIND) == set(DOSES) == set(FORMS) == set(Kind)
    assert set(BY_CATEGORY) == set(USUAL_ROLES) == set(CATEGORIES)


@given(entries)
def test_a_name_and_a_kind_are_enough(entry: dict[str, Any]) -> None:
    made, wrong = read(entry)
    assert wrong == []
    assert made.bare
    assert made.category in CATEGORIES
    assert made.role in {*ROLES, ""}
    assert set(made.regions) <= set(REGIONS)
    assert 0 <= made.leg_load <= 3
    assert set(made.doses) == set(Level)
    assert all(not misfit(made.kind, dose, made.jump_feet) for dose in made.doses.values())
    assert (made.loading is None) is (made.kind is not Kind.LOADED)
    assert (made.jump_feet is None) is (made.kind is not Kind.PLYOMETRIC)
    assert (made.cues, made.why, made.sources) == ((), "", ("project",))


@given(entries)
def test_the_short_way_reads_as_the_long_one(entry: dict[str, Any]) -> None:
    problems: list[Problem] = []
    slow = read_exercise(Fields({**entry, "blank": False}, "", problems, ""))
    assert plain_bare({**entry, "blank": False}) is None
    assert plain_bare(entry) == slow
    assert problems == []


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("id", "My Own", "id: must be an id such as back-squat"),
        ("id", "own\n", "id: must be an id such as back-squat"),
        ("name", "", "name: must be text"),
        ("name", "a\x1b[2J", "name: must not hold control or invisible characters"),
        ("name", "n" * 61, "name: must be at most 60 characters long"),
        ("kind", "lift", "kind: must be one of loaded"),
        ("kind", ["loaded"], "kind: must be one of loaded"),
        ("aliases", "Own", "aliases: must be a list of 0 to 12 names"),
        ("aliases", ["Own", "Own"], "aliases: names the same thing twice"),
        ("aliases", [5], "aliases: must be text, not 5"),
        ("equipment", ["dumbells"], "equipment: has dumbells; dumbbells is meant?"),
        ("equipment", [{}], "equipment: must be an id such as back-squat, not an object"),
        ("equipment", ["band", "band"], "equipment: names the same thing twice"),
        ("regions", [], "regions: must be a list of 1 to 9 regions, not 0"),
        ("regions", ["arm"], "regions: must be one of"),
        ("sides", "left", "sides: must be one of both"),
        ("colour", "red", "colour: is unknown"),
    ],
)
def test_what_is_told_is_checked(key: str, value: object, told: str) -> None:
    _, wrong = read({"id": "mine", "name": "Mine", "kind": "loaded", key: value})
    assert len(wrong) == 1
    assert wrong[0].startswith(told)


@pytest.mark.parametrize("missing", ["id", "name", "kind"])
def test_a_name_a_kind_and_an_id_are_needed(missing: str) -> None:
    entry = {"id": "mine", "name": "Mine", "kind": "loaded"}
    del entry[missing]
    _, problems = overlay(shipped(), {**REST, "exercises": [entry]})
    assert [f"{one.field}: {one.message}" for one in problems] == [f"{missing}: is missing"]


@pytest.mark.parametrize(
    ("kind", "name", "regions", "sides", "category", "leg_load"),
    [
        ("loaded", "Curl", None, "both", "upper", 0),
        ("loaded", "Curl", ["other"], "both", "upper", 0),
        ("loaded", "Belt Squat", None, "both", "hip-dominant", 2),
        ("loaded", "Belt Lunge", None, "per-side", "lunge", 2),
        ("loaded", "Leg Press", ["knee", "hip"], "both", "hip-dominant", 2),
        ("loaded", "Hip Thrust Machine", ["hip", "hamstring"], "both", "hip-dominant", 2),
        ("loaded", "Hip Abduction Machine", ["hip"], "both", "hip", 1),
        ("loaded", "Lying Leg Curl", None, "both", "hinge", 2),
        ("loaded", "Rack Pull", ["back", "hip"], "both", "hinge", 1),
        ("loaded", "Standing Calf Raise", None, "both", "calf", 1),
        ("loaded", "Cable Crunch", None, "both", "core", 0),
        ("loaded", "Bench Press", ["shoulder"], "both", "upper", 0),
        ("bodyweight", "Sissy Squat", None, "both", "hip-dominant", 1),
        ("bodyweight", "Curtsy Lunge", None, "alternating", "lunge", 2),
        ("bodyweight", "Sit Up", None, "both", "core", 0),
        ("hold", "L-Sit", None, "both", "core", 0),
        ("plyometric", "Broad Jump", ["hip", "knee"], "both", "plyometric", 2),
        ("carry", "Sandbag Carry", None, "both", "upper", 1),
        ("carry", "Sled Push", ["knee", "hip"], "both", "upper", 2),
        ("mobility", "Pigeon", ["hip"], "per-side", "mobility", 0),
    ],
)
def test_the_legs_are_spared_for_what_is_hard_on_them_alone(
    kind: str, name: str, regions: list[str] | None, sides: str, category: str, leg_load: int
) -> None:
    told = {} if regions is None else {"regions": regions}
    made, wrong = read({"id": "mine", "name": name, "kind": kind, "sides": sides, **told})
    assert wrong == []
    assert (made.category, made.leg_load) == (category, leg_load)


def test_weights_are_a_range_of_reps_until_they_are_called_heavy() -> None:
    entry = {"id": "mine", "name": "Zercher Squat", "kind": "loaded"}
    dose = read(entry)[0].doses[Level.INTERMEDIATE]
    assert (dose.measures.reps, dose.reps_top, dose.target_rir) == (8, 12, 2)
    heavy = read({**entry, "loading": "heavy", "lift": {"max_ratio": 0.9}})[0]
    assert heavy.max_ratio == 0.9
    assert heavy.doses[Level.INTERMEDIATE].measures.reps == 3


def test_one_foot_lands_in_a_jump_on_one_side() -> None:
    jump = {"id": "mine", "name": "Star Jump", "kind": "plyometric"}
    both, one = read(jump)[0], read({**jump, "sides": "per-side"})[0]
    assert (both.jump_feet, both.jump_tier, one.jump_feet) == (2, "medium", 1)
    assert both.doses[Level.BEGINNER].measures.contacts == 16
    assert one.doses[Level.BEGINNER].measures.contacts == 8


def test_the_document_says_what_is_usual() -> None:
    text = (Path(__file__).parents[4] / "docs" / "format.md").read_text("utf-8")
    [example] = (
        one
        for one in map(json.loads, re.findall(r"```json\n(.*?)```", text, re.DOTALL))
        if "belt-squat" in str(one)
    )
    library, problems = overlay(shipped(), example)
    made = [library.exercises[one["id"]] for one in example["exercises"]]
    assert problems == []
    assert {one.kind for one in made} == set(Kind)
    assert all(one.bare for one in made)
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| `(\{.*\})` \|$", text, re.MULTILINE))
    told = {Kind(kind): json.loads(dose) for kind, dose in rows.items()}
    assert told == {**DOSES, Kind.PLYOMETRIC: {**DOSES[Kind.PLYOMETRIC], "contacts": 16}}
    section = text[text.index("### An exercise") : text.index("### A routine")]
    words = {*EQUIPMENT, *REGIONS, *ROLES, *CATEGORIES, *KEYS}
    assert not [word for word in words if word not in section]


def test_with_doses_it_is_no_longer_bare() -> None:
    dose = {"sets": 3, "reps": 5, "rest_s": 60}
    entry = {"id": "mine", "name": "Mine", "kind": "loaded"}
    made, wrong = read({**entry, "doses": dict.fromkeys(("beginner", "intermediate"), dose)})
    assert wrong == ["doses.advanced: is missing"]
    made, wrong = read({**entry, "doses": {level.value: dose for level in Level}})
    assert wrong == []
    assert not made.bare
