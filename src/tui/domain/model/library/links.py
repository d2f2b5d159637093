"""What the entries of a library point at: sources, ladders of exercises, slots of programmes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tui.domain.model.library.catalog import Library
from tui.domain.model.library.checks import DOSE, make_dose, misfit
from tui.domain.model.validation import Problem
from tui.domain.model.values import MEASURES, Dose, Exercise, Level, Slot


def dose_for(exercise: Exercise, level: Level, slot: Slot | None = None) -> Dose:
    """The dose of an exercise at a level, in a slot of a programme if one is given.

    What the slot names replaces the exercise's own value. A slot that names a measure names all of
    them, and its ``reps`` are a fixed number unless it names ``reps_top`` too.
    """
    base = exercise.doses[level]
    over: Mapping[str, Any] = slot.dose if slot else {}
    if not over.keys() <= DOSE.keys():
        over = over.get(level, {})
    values: dict[str, Any] = {
        "sets": base.sets,
        "rest_s": base.rest_s,
        "target_rir": base.target_rir,
        "load_factor": base.load_factor,
    }
    if over.keys().isdisjoint(MEASURES):
        values["reps_top"] = base.reps_top
        values |= {name: getattr(base.measures, name) for name in MEASURES}
    return make_dose({**values, **over})


def slot_problems(library: Library, broken: Collection[str], file: str) -> Iterator[Problem]:
    """Slots that name no exercise or give a dose that does not fit its kind.

    ``broken`` are ids of exercises that have a problem of their own already.
    """
    for programme in library.programmes.values():
        for part in programme.parts:
            for place, slot in enumerate(part.slots, 1):
                for name in slot.exercises:
                    message = slot_misfit(slot, library.exercises.get(name), name)
                    if message and name not in broken:
                        path = f"parts.{part.id}.slots.{place}"
                        yield Problem(f"programme {programme.id}", path, message, file)


def slot_misfit(slot: Slot, exercise: Exercise | None, name: str) -> str:
    """What is wrong with ``exercise``, called ``name``, in a slot; empty if nothing is."""
    if exercise is None:
        return f"there is no exercise called {name}"
    # Without a dose of its own a slot uses the exercise's, which has been checked; one that names
    # its measures, not by level, gives every level the same.
    levels = list(Level) if slot.dose else []
    for level in levels if slot.dose.keys().isdisjoint(MEASURES) else levels[:1]:
        message = misfit(exercise.kind, dose_for(exercise, level, slot), exercise.jump_feet)
        if message:
            return f"{name}, {level}: {message}"
    return ""


def ladder_problems(library: Library, broken: Collection[str], file: str) -> Iterator[Problem]:
    """Rungs that do not exist, and the cycles among those that do.

    ``a`` harder than ``b`` and ``b`` easier than ``a`` are the same rung, so a pair that names each
    other as harder is a cycle as well.
    """
    above: dict[str, list[str]] = {name: [] for name in library.exercises}
    for exercise in library.exercises.values():
        for key in ("easier", "harder"):
            other = getattr(exercise, key)
            if other is None or other in broken:
                continue
            if other not in library.exercises:
                message = f"there is no exercise called {other}"
                yield Problem(f"exercise {exercise.id}", key, message, file)
            elif key == "harder":
                above[exercise.id].append(other)
            else:
                above[other].append(exercise.id)
    if cycle := find_cycle(above):
        message = "the ladder goes in a circle: " + " > ".join(cycle)
        yield Problem(f"exercise {cycle[0]}", "harder", message, file)


def find_cycle(above: Mapping[str, list[str]]) -> list[str]:
    """The names along one cycle, the first again at the end; empty if there is none."""
    done: set[str] = set()
    for start in above:
        trail: list[str] = [start]
        waiting = [iter(above[start])]
        while waiting:
            step = next(waiting[-1], None)
            if step is None:
                waiting.pop()
                done.add(trail.pop())
            elif step in trail:
                return [*trail[trail.index(step) :], step]
            elif step not in done:
                trail.append(step)
                waiting.append(iter(above[step]))
    return []


def source_problems(library: Library, file: str) -> Iterator[Problem]:
    """Entries that name a source which the library does not have."""
    entries = [("exercise", e.id, e.sources) for e in library.exercises.values()]
    entries += [("programme", p.id, p.sources) for p in library.programmes.values()]
    for what, name, named in entries:
        for source in named:
            if source not in library.sources:
                message = f"there is no source called {source}"
                yield Problem(f"{what} {name}", "sources", message, file)
