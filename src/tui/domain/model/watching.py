"""What to watch in the sets of an exercise: the flags that tell most of it.

Form and control come before load, and jumps end before the landing gets poor (trailrunner-lift);
a slow rep, the path of the knee, level hips, ankle and tempo are what to look at in slow and
one-legged work (clarke-runrun, running-power). Which of them fit an exercise is the project's.
"""

from __future__ import annotations

from tui.domain.model.values import SLOW, Exercise, Kind

JOINTS = {"knee": "knee", "hip": "hips", "ankle-calf": "ankle"}  # The flag of a region.


def watched(exercise: Exercise) -> tuple[str, ...]:
    """The flags that fit an exercise, the telling one first; none for mobility."""
    if exercise.kind is Kind.MOBILITY:
        return ()
    first = {
        Kind.PLYOMETRIC: ("landing",),
        Kind.LOADED: (SLOW, "form"),
        Kind.ECCENTRIC: ("tempo", "form"),
    }.get(exercise.kind, ("form",))
    joints = (JOINTS[region] for region in exercise.regions if region in JOINTS)
    return (*first, *joints) if exercise.leg_load else first
