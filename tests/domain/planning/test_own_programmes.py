"""The runner's own programmes: copies, changes, typed doses, and the JSON."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.model.library.parser import dose_for, overlay
from tui.domain.model.notation import Form, NotationError
from tui.domain.model.values import Level, Programme, SetKind, Slot
from tui.domain.planning.own_programmes import (
    added,
    copied,
    dose_words,
    exchanged,
    free_id,
    moved,
    own_programmes,
    programme_entry,
    removed,
    renamed,
    slot_at,
    typed_dose,
    with_programme,
    with_slot,
    without_programme,
)
from tui.domain.session.actions import Refused
from tui.present.words import rest_text

LIBRARY = shipped_library()
SPEED = LIBRARY.programmes["trail-speed"]
LIFT = LIBRARY.programmes["lift-and-spring"]
LEVEL = Level.INTERMEDIATE
# The line of Lift and Spring that has more than one exercise.
CHOICE = 3


def typed(text: str, exercise: str, slot: Slot | None = None) -> Slot:
    line = Slot(exercises=(exercise,)) if slot is None else slot
    return typed_dose(text, LIBRARY.exercises[exercise], LEVEL, line)


def names(programme: Programme, part: int = 0) -> list[tuple[str, ...]]:
    return [slot.exercises for slot in programme.parts[part].slots]


# -- the JSON ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LIBRARY.programmes)
def test_a_copy_reads_back_as_it_was_made(name: str) -> None:
    made = copied(LIBRARY.programmes[name], "Mine", LIBRARY.programmes)
    library, problems = overlay(LIBRARY, with_programme({}, made))
    assert problems == []
    assert library.programmes["mine"] == made
    assert replace(made, id=name, name=LIBRARY.programmes[name].name) == LIBRARY.programmes[name]


def test_what_is_not_known_stays_in_its_place() -> None:
    other = {"id": "other", "colour": "blue"}
    own: dict[str, Any] = {"x": [1], "programmes": [other, 7, {"id": "mine", "old": 1}], "y": None}
    mine = replace(SPEED, id="mine")
    changed = with_programme(own, mine)
    assert changed == {"x": [1], "programmes": [other, 7, programme_entry(mine)], "y": None}
    assert own["programmes"][2] == {"id": "mine", "old": 1}
    left = without_programme(changed, "mine")
    assert left == {"x": [1], "programmes": [other, 7], "y": None}
    assert own_programmes(changed) == ["other", "mine"]


def test_another_programme_comes_last_and_the_schema_is_as_it_was() -> None:
    changed = with_programme({"schema_version": 9, "programmes": [{"id": "a"}]}, SPEED)
    assert own_programmes(changed) == ["a", "trail-speed"]
    assert changed["schema_version"] == 9
    assert with_programme({}, SPEED)["schema_version"] == 1


@pytest.mark.parametrize("own", [{}, {"programmes": None}, {"programmes": "none"}])
def test_a_file_without_programmes_has_none_of_its_own(own: dict[str, Any]) -> None:
    assert own_programmes(own) == []
    assert own_programmes(with_programme(own, SPEED)) == ["trail-speed"]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("My Hills", "my-hills"),
        ("  Über-Läufe!  ", "uber-laufe"),
        ("深蹲", "own"),
        ("Trail Speed", "trail-speed-2"),
        ("a" * 90, "a" * 55),
    ],
)
def test_an_id_is_made_of_the_name(name: str, made: str) -> None:
    assert free_id(name, LIBRARY.programmes) == made


def test_an_id_is_numbered_until_it_is_free() -> None:
    assert free_id("x", {"x", "x-2", "x-3"}) == "x-4"
    assert free_id("Routine", set()) == "routine-2"
    assert free_id("snack", {"snack-2"}) == "snack-3"


# -- changes -----------------------------------------------------------------------------------


def test_another_exercise_keeps_the_dose_where_it_fits() -> None:
    changed = exchanged(SPEED, 0, 1, 0, LIBRARY.exercises["glute-bridge"])
    assert slot_at(changed, 0, 1) == replace(
        slot_at(SPEED, 0, 1), exercises=("glute-bridge",), asks="", ours=""
    )
    assert names(changed)[2:] == names(SPEED)[2:]
    assert changed.parts[1:] == SPEED.parts[1:]


def test_another_kind_of_work_comes_with_its_own_dose() -> None:
    changed = exchanged(SPEED, 0, 1, 0, LIBRARY.exercises["wall-sit"])
    assert slot_at(changed, 0, 1) == Slot(exercises=("wall-sit",))


def test_one_of_several_is_exchanged_only_where_their_dose_is_its_own_too() -> None:
    lift = LIBRARY.exercises["romanian-deadlift"]
    assert names(exchanged(LIFT, 0, CHOICE, 1, lift))[CHOICE][1] == lift.id
    old = slot_at(LIFT, 0, CHOICE)
    five = with_slot(LIFT, 0, CHOICE, replace(old, dose={"sets": 3, "reps": 5}))
    with pytest.raises(Refused, match="e changes the dose"):
        exchanged(five, 0, CHOICE, 0, LIBRARY.exercises["wall-sit"])
    with pytest.raises(Refused, match="in this line already"):
        exchanged(LIFT, 0, CHOICE, 0, LIBRARY.exercises[old.exercises[1]])


def test_exercises_come_go_and_move() -> None:
    plank = LIBRARY.exercises["side-plank"]
    changed = added(SPEED, 0, 1, plank)
    assert names(changed) == [names(SPEED)[0], ("side-plank",), *names(SPEED)[1:]]
    assert removed(changed, 0, 1, 0) == SPEED
    down = moved(SPEED, 0, 0, 1)
    assert names(down)[:2] == [names(SPEED)[1], names(SPEED)[0]]
    assert moved(down, 0, 1, -1) == SPEED


def test_of_several_only_the_one_goes() -> None:
    old = LIBRARY.programmes["gym-and-snacks"]
    [(part, place)] = [
        (p, s)
        for p, each in enumerate(old.parts)
        for s, slot in enumerate(each.slots)
        if slot.pick == len(slot.exercises) > 1
    ]
    left = slot_at(removed(old, part, place, 1), part, place)
    assert left.exercises == tuple(
        name for i, name in enumerate(slot_at(old, part, place).exercises) if i != 1
    )
    assert left.pick == slot_at(old, part, place).pick - 1


@pytest.mark.parametrize(("slot", "by", "said"), [(0, -1, "first"), (4, 1, "last")])
def test_a_line_stays_in_its_session(slot: int, by: int, said: str) -> None:
    with pytest.raises(Refused, match=said):
        moved(SPEED, 0, slot, by)


def test_a_session_keeps_one_exercise() -> None:
    one = SPEED
    for _ in range(4):
        one = removed(one, 0, 0, 0)
    with pytest.raises(Refused, match="a adds another"):
        removed(one, 0, 0, 0)


def test_a_session_gets_another_name() -> None:
    changed = renamed(SPEED, 1, "Hips")
    assert [part.name for part in changed.parts][1] == "Hips"
    assert renamed(changed, 1, SPEED.parts[1].name) == SPEED


# -- doses -------------------------------------------------------------------------------------

SLOTS = [
    (programme.id, part.id, slot, name)
    for programme in LIBRARY.programmes.values()
    for part in programme.parts
    for slot in part.slots
    for name in slot.exercises
] + [("", "", Slot(exercises=(name,)), name) for name in LIBRARY.exercises]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("form", Form)
def test_a_dose_as_it_is_shown_is_the_same_when_it_is_typed(level: Level, form: Form) -> None:
    for *_, slot, name in SLOTS:
        exercise = LIBRARY.exercises[name]
        before = dose_for(exercise, level, slot)
        rest = f" rest {before.rest_s}" if form is Form.COMPACT else f", {rest_text(before.rest_s)}"
        shown = dose_words(exercise, level, slot, form) + rest
        made = typed_dose(shown, exercise, level, slot)
        assert dose_for(exercise, level, made) == before, (name, shown)
        assert made.kind is slot.kind
        assert made.exercises == slot.exercises


@pytest.mark.parametrize(
    ("text", "exercise", "dose"),
    [
        ("3x8", "back-squat", {"sets": 3, "reps": 8}),
        ("4 x 5-6 rir2 rest 120", "back-squat",
         {"sets": 4, "reps": 5, "reps_top": 6, "target_rir": 2, "rest_s": 120}),
        ("3x12", "split-squat", {"sets": 3, "reps": 12}),
        ("3x12/side rest 60 s", "split-squat", {"sets": 3, "reps": 12, "rest_s": 60}),
        ("2x45s", "wall-sit", {"sets": 2, "hold_s": 45}),
        ("3x8x5s/side", "wall-lean-hold", {"sets": 3, "holds": 8, "hold_s": 5}),
        ("3x20c", "squat-jump", {"sets": 3, "contacts": 20}),
        ("2x60s", "rope-skipping", {"sets": 2, "duration_s": 60}),
        ("2x40m", "single-arm-farmers-march", {"sets": 2, "distance_m": 40}),
        ("3x5 t10", "towel-hamstring-eccentric", {"sets": 3, "reps": 5, "tempo_s": 10}),
    ],
)  # fmt: skip
def test_a_dose_is_typed_in_the_notation(text: str, exercise: str, dose: dict[str, Any]) -> None:
    assert typed(text, exercise) == Slot(exercises=(exercise,), dose=dose)


def test_what_cannot_be_typed_stays() -> None:
    slot = Slot(exercises=("back-squat",), dose={"load_factor": 0.85})
    assert typed("3x3", "back-squat", slot).dose == {"sets": 3, "reps": 3, "load_factor": 0.85}
    lowering = dose_for(LIBRARY.exercises["towel-hamstring-eccentric"], LEVEL)
    assert typed("2x4", "towel-hamstring-eccentric").dose == {
        "sets": 2,
        "reps": 4,
        "tempo_s": lowering.measures.tempo_s,
    }


def test_a_line_becomes_a_warm_up_and_work_again() -> None:
    slot = typed("1x10 warmup", "bodyweight-squat")
    assert slot.kind is SetKind.WARMUP
    assert dose_words(LIBRARY.exercises["bodyweight-squat"], LEVEL, slot) == "10 warmup"
    assert typed("1x10", "bodyweight-squat", slot).kind is SetKind.WORK


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3x8 60kg", "has no weight"),
        ("3x8 a20kg", "has no weight"),
        ("3x8 drop", "no drop set, and none to failure"),
        ("3x8 failure", "no drop set, and none to failure"),
        ("3x8 pain2", "A dose is sets"),
        ("3x8 slow", "A dose is sets"),
        ("3x8 # hot", "A dose is sets"),
        ("8,8,7", "the same in every set"),
        ("L8 R7", "the same in every set"),
        ("L8", "for both sides"),
    ],
)
def test_what_was_done_is_no_dose(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        typed(text, "split-squat")


def test_both_sides_at_once_have_no_side() -> None:
    with pytest.raises(Refused, match="Back Squat works both sides at once"):
        typed("3x8/side", "back-squat")


@pytest.mark.parametrize("text", ["a lot", "3x8 rest soon", "-", "rest 90", "3x"])
def test_what_is_no_notation_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotationError):
        typed(text, "back-squat")
