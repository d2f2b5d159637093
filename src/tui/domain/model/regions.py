"""Which regions of the body an exercise loads.

The library names the one region that an exercise is filed under. What else it loads is read from
what the library says of it otherwise, and rather too much of it than too little (source project):
only pain that asks for rest goes by it.
"""

from __future__ import annotations

from tui.domain.model.values import Exercise, Kind

LEG_REGIONS = frozenset({"hip", "knee", "ankle-calf", "hamstring"})
HARD = 2  # From this leg_load on the whole leg is loaded, and a weight is one on the back as well.
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
    """The regions that an exercise loads: none for mobility without load on the legs; else its own
    and those of its muscles. Any load on the legs goes through the knee; hard work of the legs,
    jumps, carries, stands on one leg, squats and lunges load the whole leg; jumps, carries, hinges
    and weights on hard-working legs the back."""
    kind, legs = exercise.kind, exercise.leg_load
    if kind is Kind.MOBILITY and not legs:
        return frozenset()
    found = {exercise.region, *(OF_MUSCLE[m] for m in exercise.muscles if m in OF_MUSCLE)}
    moves = kind in (Kind.PLYOMETRIC, Kind.CARRY)
    # What is filed under the knee and loads the legs is a squat, a lunge or the like.
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
