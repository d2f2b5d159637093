"""Adapt a session to the race terrain and the training cycle: which exercises, how many sets.

Steep courses need drive from the glutes and stiff ankles; flat, long ones need the back of the legs
and the core (running-power). Cycles that emphasise lifting alternate with cycles that emphasise
running (clarke-runrun). The numbers of sets are the project's: a course moves a third of the sets
from some exercises to others, so that the session gets no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.advice import Lean, Profile, Reason, Terrain
from tui.domain.model.values import Dose, Exercise, Kind, SetKind, Slot

FEWEST_TO_GIVE = 3  # With fewer sets an exercise gives none away.
MOST_SETS = 4  # With as many it takes none: more of one exercise would be tedious.
MOVED = 3  # A course moves one set in so many.
Counts = Callable[[Exercise, Dose], int]


class Work(Struct, frozen=True, kw_only=True):
    """One line of a session: the exercise picked, its dose, and the reasons that changed it."""

    slot: Slot
    exercise: Exercise
    dose: Dose
    reasons: tuple[Reason, ...] = ()


def suits_terrain(exercise: Exercise, terrain: Terrain) -> bool:
    """Whether an exercise suits a course of this terrain (source running-power)."""
    if terrain is Terrain.STEEP:
        drives = exercise.category in ("hip-dominant", "lunge") and "glutes" in exercise.muscles
        springs = exercise.category == "plyometric" and exercise.region == "ankle-calf"
        return drives or springs or exercise.category == "calf"
    if terrain is Terrain.FLAT:
        return exercise.category in ("hinge", "core") or exercise.role == "hip-extension"
    return False


def preferred(profile: Profile, exercises: Sequence[Exercise], pick: int) -> list[Exercise]:
    """The exercises of a slot to choose ``pick`` from: those that suit the goal's terrain if there
    are enough of them, else all."""
    fitting = [one for one in exercises if suits_terrain(one, profile.terrain)]
    return fitting if len(fitting) >= pick else list(exercises)


def adapt_session(profile: Profile, work: Sequence[Work], counts: Counts) -> list[Work]:
    """The lines of a session adapted to terrain and cycle; warm-ups do not change. ``counts`` gives
    the number of sets the calculator would ask for with a dose: an exercise whose sets do not
    follow its dose (a first time, a guard) is left alone."""
    return _by_cycle(profile.lean, _by_course(profile.terrain, list(work), counts), counts)


def _by_course(terrain: Terrain, work: list[Work], counts: Counts) -> list[Work]:
    """The lines with a third of the sets moved to what suits the course. Exercises that stand there
    for the course count as moved already."""
    if terrain is Terrain.MIXED:
        return work
    movable = [one for one in work if one.slot.kind is SetKind.WORK and _in_sets(one.exercise)]
    there = sum(one.dose.sets for one in movable if one.exercise.id not in one.slot.exercises)
    moved = dict.fromkeys(range(len(work)), 0)

    def may(number: int, by: int) -> bool:
        one, so_far = work[number], moved[number]
        fits = suits_terrain(one.exercise, terrain) or one.exercise.id not in one.slot.exercises
        if fits is (by < 0) or (by > 0 and one.dose.sets + so_far >= MOST_SETS):
            return False
        if by < 0 and one.dose.sets + so_far < FEWEST_TO_GIVE:
            return False
        return _moves(one, so_far + by, counts)

    for _ in range(sum(one.dose.sets for one in movable) // MOVED - there):
        takes = [n for n in moved if may(n, 1)]
        gives = [n for n in moved if may(n, -1)]
        if not takes or not gives:
            break
        moved[min(takes, key=lambda n: (moved[n], n))] += 1
        moved[max(gives, key=lambda n: (work[n].dose.sets + moved[n], n))] -= 1
    told = {"terrain": terrain.value}
    return [
        _changed(one, moved[n], Reason("TERRAIN_MORE" if moved[n] > 0 else "TERRAIN_LESS", told))
        if moved[n]
        else one
        for n, one in enumerate(work)
    ]


def _in_sets(exercise: Exercise) -> bool:
    """Whether an exercise is dosed in sets: not jumps (in contacts) nor mobility (small)."""
    return exercise.kind not in (Kind.PLYOMETRIC, Kind.MOBILITY)


def _moves(one: Work, by: int, counts: Counts) -> bool:
    """Whether the sets follow the dose."""
    if one.slot.kind is not SetKind.WORK or not _in_sets(one.exercise):
        return False
    other = replace(one.dose, sets=one.dose.sets + by)
    return counts(one.exercise, other) == counts(one.exercise, one.dose) + by


def _by_cycle(lean: Lean, work: list[Work], counts: Counts) -> list[Work]:
    if lean is Lean.RUN:
        return [
            _changed(one, -1, Reason("LEAN_RUN"))
            if one.dose.sets >= FEWEST_TO_GIVE and _moves(one, -1, counts)
            else one
            for one in work
        ]
    lifts = (n for n, one in enumerate(work) if one.exercise.loading == "heavy")
    first = next((n for n in lifts if _moves(work[n], 1, counts)), None)
    if lean is Lean.LIFT and first is not None:
        work[first] = _changed(work[first], 1, Reason("LEAN_LIFT"))
    return work


def _changed(one: Work, by: int, reason: Reason) -> Work:
    dose = replace(one.dose, sets=one.dose.sets + by)
    return replace(one, dose=dose, reasons=(*one.reasons, reason))
