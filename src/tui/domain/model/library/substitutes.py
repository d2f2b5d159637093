"""Find what can stand in for an exercise: by function first, then by pattern.

Articles name the pattern (klein-six) and holds for a runner without a gym (trailrunner-lift); the
order is the project's.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.domain.model.library.catalog import Library
from tui.domain.model.library.checks import TIERS
from tui.domain.model.values import Exercise, Kind

# Kinds of work that train much the same thing.
STRENGTH = frozenset({Kind.LOADED, Kind.BODYWEIGHT, Kind.ECCENTRIC, Kind.HOLD, Kind.CLUSTER})


def substitutes(
    library: Library, exercise: Exercise, able: Callable[[Exercise], bool]
) -> tuple[Exercise, ...]:
    """The exercises that can replace one, of those the runner is ``able`` to do, the best first:
    the hold the library names for a runner without weights, the easier variants of the same kind of
    work, what has the same role and category, what has the same role and the nearest leg load, and
    last what only shares the category, the gentlest first (:func:`same_role` is false for those).
    None is bare: of those too little is known.
    """
    others = [
        e for e in library.exercises.values() if not e.bare and e.id != exercise.id and able(e)
    ]
    loaded = any(e.kind is Kind.LOADED and same_role(e, exercise) for e in others)
    hold = None if loaded else exercise.no_gym
    easier = _variants(library, exercise, lambda one: one.easier)

    def rank(other: Exercise) -> tuple[int, ...]:
        near = (_other_kind(exercise, other), _higher_tier(exercise, other))
        load = abs(other.leg_load - exercise.leg_load)
        if not same_role(exercise, other):
            return 4, other.leg_load, *near
        if other.id == hold:
            return (0,)
        if other.id in easier and (exercise.kind is not Kind.LOADED or other.kind is Kind.LOADED):
            return 1, easier.index(other.id)
        if other.category == exercise.category:
            return 2, *near, load
        return 3, load, *near

    alike = [e for e in others if same_role(e, exercise) or e.category == exercise.category]
    return tuple(sorted(alike, key=rank))


def same_role(exercise: Exercise, other: Exercise) -> bool:
    """Whether two exercises do the same job, as anti-rotation or hinge."""
    return exercise.role == other.role


def ladder(library: Library, exercise: Exercise) -> tuple[str, ...]:
    """The ids of an exercise and of its easier and harder variants, the easiest first."""
    easier = _variants(library, exercise, lambda one: one.easier)
    harder = _variants(library, exercise, lambda one: one.harder)
    return (*reversed(easier), exercise.id, *(one for one in harder if one not in easier))


def _variants(
    library: Library, exercise: Exercise, towards: Callable[[Exercise], str | None]
) -> list[str]:
    """The ids of the variants in one direction, the nearest first."""
    found: list[str] = []
    here: Exercise | None = exercise
    while here is not None and (name := towards(here)) and name not in (exercise.id, *found):
        found.append(name)
        here = library.exercises.get(name)
    return [name for name in found if name in library.exercises]


def _other_kind(exercise: Exercise, other: Exercise) -> int:
    """How far the kind of work of another exercise is from that of this one."""
    if other.kind is exercise.kind:
        return 0
    return 1 if {exercise.kind, other.kind} <= STRENGTH else 2


def _higher_tier(exercise: Exercise, other: Exercise) -> int:
    """How many tiers another jump is above this one."""
    if exercise.jump_tier is None or other.jump_tier is None:
        return 0
    return max(0, TIERS.index(other.jump_tier) - TIERS.index(exercise.jump_tier))
