"""Adapt a session to the race terrain and the training cycle: which exercises, how many sets.

Steep courses need drive from the glutes and stiff ankles; flat, long ones need the back of the legs
and the core (running-power). Cycles that emphasise lifting alternate with cycles that emphasise
running (clarke-runrun). The numbers of sets are the project's: a course moves one set from one
exercise to another, so that the session gets no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.advice import Lean, Profile, Reason, Terrain
from tui.domain.model.values import Dose, Exercise, Kind, SetKind, Slot

FEWEST_TO_GIVE = 3  # An exercise with fewer sets gives none away.
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
        return exercise.category in ("hinge", "core")
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
    if terrain is Terrain.MIXED:
        return work
    told = {"terrain": terrain.value}
    takes = next((n for n, one in enumerate(work) if _takes(one, terrain, counts)), None)
    gives = [n for n, one in enumerate(work) if _gives(one, terrain, counts)]
    if takes is None or not gives:
        return work
    work[takes] = _changed(work[takes], 1, Reason("TERRAIN_MORE", told))
    work[gives[-1]] = _changed(work[gives[-1]], -1, Reason("TERRAIN_LESS", told))
    return work


def _takes(one: Work, terrain: Terrain, counts: Counts) -> bool:
    return suits_terrain(one.exercise, terrain) and _moves(one, 1, counts)


def _gives(one: Work, terrain: Terrain, counts: Counts) -> bool:
    spare = one.dose.sets >= FEWEST_TO_GIVE
    return spare and not suits_terrain(one.exercise, terrain) and _moves(one, -1, counts)


def _moves(one: Work, by: int, counts: Counts) -> bool:
    """Whether the sets follow the dose; not for jumps (dosed in contacts) nor mobility (small)."""
    if one.slot.kind is not SetKind.WORK or one.exercise.kind in (Kind.PLYOMETRIC, Kind.MOBILITY):
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
