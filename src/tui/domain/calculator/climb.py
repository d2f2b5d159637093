"""Which exercises make up one ladder of easier and harder variants (source project)."""

from __future__ import annotations

from tui.domain.model.library.catalog import Library
from tui.domain.model.values import Exercise, Kind

CLIMBED = (Kind.BODYWEIGHT, Kind.HOLD, Kind.CLUSTER, Kind.ECCENTRIC)


def climbs(exercise: Exercise) -> bool:
    """Whether an exercise moves on to a harder variant from the top of its range."""
    return exercise.kind in CLIMBED or (
        exercise.kind is Kind.LOADED and exercise.loading != "heavy"
    )


def rungs(library: Library, exercise: Exercise) -> frozenset[str]:
    """The ids of the exercises below and above one on its ladder, and its own."""
    if not climbs(exercise):
        return frozenset({exercise.id})
    return _way(library, exercise, up=False) | _way(library, exercise, up=True)


def _way(library: Library, exercise: Exercise, *, up: bool) -> frozenset[str]:
    """The ids from an exercise to the end of its ladder, in one direction."""
    found: set[str] = set()
    here: Exercise | None = exercise
    while here is not None and climbs(here) and here.id not in found:
        found.add(here.id)
        here = library.exercises.get((here.harder if up else here.easier) or "")
    return frozenset(found)
