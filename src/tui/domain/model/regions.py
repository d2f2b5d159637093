"""Work out which body regions an exercise loads, so that painful ones can rest.

The library files an exercise under one region. The others are inferred from its muscles, kind,
category and leg load, erring on the side of too many (source project): only pain bad enough to call
for rest uses them.
"""

from __future__ import annotations

from tui.domain.model.values import Exercise, Kind

LEG_REGIONS = frozenset({"hip", "knee", "ankle-calf", "hamstring"})
HARD = 2  # From this leg_load up the whole leg is loaded, and a weight loads the back as well.
OF_MUSCLE = {
    **dict.fromkeys(("hips", "hip flexors", "hip extensors", "hip abductors"), "hip"),
    **dict.fromkeys(("hip rotators", "glutes", "adductors"), "hip"),
    **dict.fromkeys(("quadriceps", "knees"), "knee"),
    **dict.fromkeys(("calves", "soleus", "foot", "ankles"), "ankle-calf"),
    **dict.fromkeys(("back", "upper back"), "back"),
    "hamstrings": "hamstring",
    "shoulders": "shoulder",
}


def loaded(exercise: Exercise) -> frozenset[str]:
    """The regions an exercise loads.

    Mobility without leg load loads none. Everything else loads its own region and those of its
    muscles. Any leg load goes through the knee. Hard leg work, jumps, carries, balance on one leg,
    squats and lunges load the whole leg. Jumps, carries, hinges and hard leg work with a weight
    load the back."""
    kind, legs = exercise.kind, exercise.leg_load
    if kind is Kind.MOBILITY and not legs:
        return frozenset()
    found = {exercise.region, *(OF_MUSCLE[m] for m in exercise.muscles if m in OF_MUSCLE)}
    moves = kind in (Kind.PLYOMETRIC, Kind.CARRY)
    # An exercise filed under the knee that loads the legs is a squat, a lunge or the like.
    if (
        legs >= HARD
        or moves
        or exercise.category == "balance"
        or (legs and exercise.region == "knee")
    ):
        found |= LEG_REGIONS
    elif legs:
        found.add("knee")
    if moves or exercise.category == "hinge" or (kind is Kind.LOADED and legs >= HARD):
        found.add("back")
    return frozenset(found)
