"""Terrain and lean: which exercises they prefer, and how many sets they move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State
from tui.domain.calculator.advice import Lean, Profile, Terrain
from tui.domain.calculator.emphasis import Work, adapt_session, preferred, suits_terrain
from tui.domain.model.library.parser import dose_for
from tui.domain.model.values import Dose, Exercise, Kind, Level, Measures, SetKind, Sides, Slot
from tui.domain.planning.today import session_work

LIBRARY = shipped_library()
STEEP, FLAT, MIXED = Profile(terrain=Terrain.STEEP), Profile(terrain=Terrain.FLAT), Profile()
RUN, LIFT = Profile(lean=Lean.RUN), Profile(lean=Lean.LIFT)
PROFILES = [Profile(terrain=t, lean=n) for t, n in product(Terrain, Lean)]


def exercise(name: str, category: str, *, kind: Kind = Kind.BODYWEIGHT, **more: Any) -> Exercise:
    dose = Dose(sets=3, measures=Measures(reps=8), rest_s=60)
    told = {"muscles": ("quads",), "regions": ("knee",), "leg_load": 1, **more}
    return Exercise(
        id=name,
        name=name,
        kind=kind,
        category=category,
        role="single-leg",
        sides=Sides.BOTH,
        doses=dict.fromkeys(Level, dose),
        cues=("stand tall",),
        why="",
        sources=("project",),
        **told,
    )


DRIVE = exercise("drive", "hip-dominant", muscles=("glutes",), kind=Kind.LOADED, loading="heavy")
STEP = exercise("step", "lunge", muscles=("quads", "glutes"))
LUNGE = exercise("lunge", "lunge")
CALF = exercise("calf", "calf", regions=("ankle-calf",))
HINGE = exercise("hinge", "hinge", muscles=("hamstrings",), kind=Kind.LOADED, loading="heavy")
CORE = exercise("core", "core", kind=Kind.HOLD, regions=("back",))
PUSH = exercise("push", "upper", regions=("shoulder",))
POGO = exercise("pogo", "plyometric", kind=Kind.PLYOMETRIC, regions=("ankle-calf",), jump_feet=2)
LEAP = exercise("leap", "plyometric", kind=Kind.PLYOMETRIC, jump_feet=2)
WALK = exercise("walk", "mobility", kind=Kind.MOBILITY)
POOL = (DRIVE, STEP, LUNGE, CALF, HINGE, CORE, PUSH, POGO, LEAP, WALK)


def as_dosed(exercise: Exercise, dose: Dose) -> int:
    """The sets of an exercise that is done exactly as dosed."""
    assert exercise.id
    return dose.sets


def line(one: Exercise, sets: int = 3, kind: SetKind = SetKind.WORK, *others: Exercise) -> Work:
    """A line of a session; ``others`` could have taken its place."""
    slot = Slot(exercises=(one.id, *(other.id for other in others)), kind=kind)
    return Work(slot=slot, exercise=one, dose=replace(dose_for(one, Level.ADVANCED), sets=sets))


def sets(work: Sequence[Work]) -> list[int]:
    return [one.dose.sets for one in work]


def told(work: Sequence[Work]) -> list[list[str]]:
    return [[reason.code for reason in one.reasons] for one in work]


sessions = st.lists(
    st.builds(
        line,
        st.sampled_from(POOL),
        st.integers(1, 5),
        st.sampled_from([SetKind.WORK, SetKind.WORK, SetKind.WORK, SetKind.WARMUP]),
    ),
    max_size=6,
)


def may_change(one: Work) -> bool:
    """Jumps are dosed in contacts, mobility is light, a warm-up is not work."""
    still = one.exercise.kind in (Kind.PLYOMETRIC, Kind.MOBILITY)
    return one.slot.kind is SetKind.WORK and not still


# -- what a course asks for ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terrain", "served"),
    [
        # Drive of the glutes and stiff ankles.
        (Terrain.STEEP, {"drive", "step", "calf", "pogo"}),
        # The back of the legs, and the core.
        (Terrain.FLAT, {"hinge", "core"}),
        (Terrain.MIXED, set()),
    ],
)
def test_each_course_is_served_by_its_own_exercises(terrain: Terrain, served: set[str]) -> None:
    assert {one.id for one in POOL if suits_terrain(one, terrain)} == served


@pytest.mark.parametrize("terrain", [Terrain.STEEP, Terrain.FLAT])
def test_the_library_has_several_exercises_for_each_course(terrain: Terrain) -> None:
    served = [one for one in LIBRARY.exercises.values() if suits_terrain(one, terrain)]
    assert len({one.category for one in served}) >= 2
    assert len(served) < len(LIBRARY.exercises) / 2


@pytest.mark.parametrize(
    ("profile", "pick", "chosen"),
    [
        (STEEP, 1, ["step", "calf"]),
        (STEEP, 2, ["step", "calf"]),
        (STEEP, 3, ["step", "hinge", "push", "calf"]),
        (FLAT, 1, ["hinge"]),
        (FLAT, 2, ["step", "hinge", "push", "calf"]),
        (MIXED, 1, ["step", "hinge", "push", "calf"]),
    ],
)
def test_what_serves_the_course_is_preferred_where_there_is_enough_of_it(
    profile: Profile, pick: int, chosen: list[str]
) -> None:
    assert [one.id for one in preferred(profile, [STEP, HINGE, PUSH, CALF], pick)] == chosen


# -- a course moves sets ---------------------------------------------------------------------------


@given(sessions)
def test_without_a_course_or_a_leaning_cycle_nothing_changes(work: list[Work]) -> None:
    assert adapt_session(MIXED, work, as_dosed) == work


@given(sessions, st.sampled_from([Terrain.STEEP, Terrain.FLAT]))
def test_a_course_moves_up_to_a_third_of_the_sets_and_adds_none(
    work: list[Work], terrain: Terrain
) -> None:
    made = adapt_session(Profile(terrain=terrain), work, as_dosed)
    assert sum(sets(made)) == sum(sets(work))
    assert [one.exercise for one in made] == [one.exercise for one in work]
    able = [one for one in work if may_change(one)]
    moved = 0
    for before, after in zip(work, made, strict=True):
        by = after.dose.sets - before.dose.sets
        moved += max(0, by)
        if by > 0:
            assert suits_terrain(after.exercise, terrain) and after.dose.sets <= 4
        if by < 0:
            assert not suits_terrain(after.exercise, terrain) and after.dose.sets >= 2
        code = ["TERRAIN_MORE"] if by > 0 else ["TERRAIN_LESS"] if by < 0 else []
        assert told([after]) == [code]
        assert {r.facts["terrain"] for r in after.reasons} <= {terrain}
    most = sum(one.dose.sets for one in able) // 3
    assert moved <= most
    room = [one for one in able if suits_terrain(one.exercise, terrain) and one.dose.sets < 4]
    spare = [one for one in able if not suits_terrain(one.exercise, terrain)]
    if room and most and any(one.dose.sets >= 3 for one in spare):
        assert moved


def test_what_stands_there_for_the_course_counts_as_moved() -> None:
    slot = Slot(exercises=("core",), steep=("step",))
    swapped = Work(slot=slot, exercise=STEP, dose=replace(line(STEP).dose, sets=3))
    assert adapt_session(STEEP, [swapped, line(CALF), line(PUSH)], as_dosed) == [
        swapped, line(CALF), line(PUSH)
    ]  # fmt: skip
    made = adapt_session(STEEP, [swapped, line(PUSH, 4), line(PUSH, 4), line(HINGE, 4)], as_dosed)
    assert sets(made) == [4, 4, 4, 3]


def test_a_steep_course_gives_the_calves_a_set_of_the_arms() -> None:
    made = adapt_session(STEEP, [line(CALF), line(HINGE, 2), line(PUSH)], as_dosed)
    assert sets(made) == [4, 2, 2]
    assert told(made) == [["TERRAIN_MORE"], [], ["TERRAIN_LESS"]]


@pytest.mark.parametrize(
    "work",
    [
        # Nothing serves the course; nothing can give; only what stays as it is could do either.
        [line(PUSH), line(HINGE)],
        [line(CALF), line(PUSH, 2)],
        [line(POGO), line(PUSH)],
        [line(CALF), line(LEAP), line(WALK)],
        [line(CALF, 3, SetKind.WARMUP), line(PUSH)],
        [line(CALF), line(PUSH, 3, SetKind.WARMUP)],
    ],
)
def test_where_no_set_can_move_none_does(work: list[Work]) -> None:
    assert adapt_session(STEEP, work, as_dosed) == work


DAY = date(2026, 11, 2)


def chosen(programme: str, part: str, terrain: Terrain) -> list[Work]:
    """The first session of a part of a shipped programme."""
    setup = Setup(library=LIBRARY, profile=Profile(terrain=terrain))
    wanted = LIBRARY.programmes[programme]
    found = next(each for each in wanted.parts if each.id == part)
    return session_work(setup, State(), wanted, found, DAY)


def test_a_course_chooses_the_lift() -> None:
    lifts = {
        terrain: next(
            one.exercise.id
            for one in chosen("lift-and-spring", "lift", terrain)
            if one.exercise.loading == "heavy"
        )
        for terrain in Terrain
    }
    assert lifts == {"flat": "deadlift", "steep": "back-squat", "mixed": "deadlift"}


def test_a_course_chooses_the_jumps_and_only_those_are_said_to_be_chosen() -> None:
    plain = chosen("gym-and-snacks", "plyometrics", Terrain.MIXED)
    steep = chosen("gym-and-snacks", "plyometrics", Terrain.STEEP)
    new = {one.exercise.id for one in steep} - {one.exercise.id for one in plain}
    assert new == {"lateral-jump"}  # Four of five suit a steep course: the squat jump gives way.
    for one in steep:
        told_of = "TERRAIN_CHOICE" in {reason.code for reason in one.reasons}
        assert told_of is (one.exercise.jump_feet is not None and one.exercise.id != "box-jump")


def test_what_came_in_its_turn_is_not_said_to_be_chosen_for_the_course() -> None:
    # No jump suits a flat course: all go round as without a course.
    plain = [one.exercise for one in chosen("gym-and-snacks", "plyometrics", Terrain.MIXED)]
    flat = chosen("gym-and-snacks", "plyometrics", Terrain.FLAT)
    assert [one.exercise for one in flat] == plain
    assert not any("TERRAIN_CHOICE" in codes for codes in told(flat))


# -- a cycle takes or adds sets --------------------------------------------------------------------


@given(sessions)
def test_a_cycle_that_leans_to_running_takes_a_set_of_what_has_three(work: list[Work]) -> None:
    for before, after in zip(work, adapt_session(RUN, work, as_dosed), strict=True):
        less = may_change(before) and before.dose.sets >= 3
        assert after.dose.sets == before.dose.sets - less
        assert told([after]) == [["LEAN_RUN"] if less else []]


@given(sessions)
def test_a_cycle_that_leans_to_lifting_adds_a_set_to_the_first_heavy_lift(
    work: list[Work],
) -> None:
    made = adapt_session(LIFT, work, as_dosed)
    heavy = [n for n, one in enumerate(work) if may_change(one) and one.exercise.loading == "heavy"]
    for n, (before, after) in enumerate(zip(work, made, strict=True)):
        more = n in heavy[:1]
        assert after.dose.sets == before.dose.sets + more
        assert told([after]) == [["LEAN_LIFT"] if more else []]


@given(sessions, st.sampled_from(PROFILES))
def test_every_change_has_its_reason_and_every_set_left_its_exercise(
    work: list[Work], profile: Profile
) -> None:
    change = {"TERRAIN_MORE": 1, "LEAN_LIFT": 1, "TERRAIN_LESS": -1, "LEAN_RUN": -1}
    for before, after in zip(work, adapt_session(profile, work, as_dosed), strict=True):
        by = [change[reason.code] for reason in after.reasons]
        more = after.dose.sets - before.dose.sets
        assert after.dose.sets >= 1
        assert bool(more) <= bool(by)
        if len(set(by)) == 1:
            assert more * by[0] >= len(by)
        assert replace(after, dose=before.dose, reasons=()) == before
        if not may_change(before):
            assert after == before


def test_course_and_cycle_go_together() -> None:
    made = adapt_session(
        Profile(terrain=Terrain.STEEP, lean=Lean.LIFT), [line(HINGE), line(CALF)], as_dosed
    )
    assert (sets(made), told(made)) == ([3, 4], [["TERRAIN_LESS", "LEAN_LIFT"], ["TERRAIN_MORE"]])
