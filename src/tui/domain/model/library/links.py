"""Check the references between library entries: sources, exercise ladders, programme slots."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tui.domain.model.library.catalog import Library
from tui.domain.model.library.checks import DOSE, TIERS, make_dose, misfit
from tui.domain.model.validation import Problem
from tui.domain.model.values import MEASURES, Dose, Exercise, Kind, Level, Slot


def dose_for(exercise: Exercise, level: Level, slot: Slot | None = None) -> Dose:
    """The dose of an exercise at a level, optionally in a programme slot.

    Values in the slot replace the exercise's own. A slot that gives any measure replaces all of
    them, and its ``reps`` are a fixed number unless it gives ``reps_top`` too.
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
        "extra_sets": base.extra_sets,
    }
    if over.keys().isdisjoint(MEASURES):
        values["reps_top"] = base.reps_top
        values |= {name: getattr(base.measures, name) for name in MEASURES}
    return make_dose({**values, **over})


def slot_problems(library: Library, broken: Collection[str], file: str) -> Iterator[Problem]:
    """Problems of slots with an unknown exercise or a dose that does not fit the exercise's kind.

    They are those of programmes and routines. ``broken`` holds the ids of exercises that
    already have a problem; they are skipped.
    """
    listed = [
        (f"programme {programme.id}", f"parts.{part.id}.", part.slots)
        for programme in library.programmes.values()
        for part in programme.parts
    ]
    listed += [(f"routine {one.id}", "", one.slots) for one in library.routines.values()]
    easy = {f"routine {one.id}" for one in library.routines.values() if not one.work}
    for entry, path, slots in listed:
        for place, slot in enumerate(slots, 1):
            for name in slot.every:
                exercise = library.exercises.get(name)
                message = slot_misfit(slot, exercise, name)
                if exercise is not None and not message and entry in easy:
                    message = _too_hard(exercise)
                if message and name not in broken:
                    yield Problem(entry, f"{path}slots.{place}", message, file)


def _too_hard(exercise: Exercise) -> str:
    """Why an exercise is none for a routine of which nothing counts, or an empty string."""
    jump = exercise.kind is Kind.PLYOMETRIC and exercise.jump_tier != TIERS[0]
    if jump or exercise.loading == "heavy":
        return f'{exercise.id} is work: give the routine "work": true'
    return ""


def slot_misfit(slot: Slot, exercise: Exercise | None, name: str) -> str:
    """Why ``exercise``, with the id ``name``, does not fit a slot, or an empty string."""
    if exercise is None:
        return f"there is no exercise called {name}"
    # A slot without a dose uses the exercise's, which has been checked. One that gives measures for
    # all levels at once needs only one check.
    levels = list(Level) if slot.dose else []
    for level in levels if slot.dose.keys().isdisjoint(MEASURES) else levels[:1]:
        message = misfit(exercise.kind, dose_for(exercise, level, slot), exercise.jump_feet)
        if message:
            return f"{name}, {level}: {message}"
    return ""


def ladder_problems(library: Library, broken: Collection[str], file: str) -> Iterator[Problem]:
    """Problems of the ladders: variants that do not exist, and cycles among those that do.

    ``a`` harder than ``b`` and ``b`` easier than ``a`` are the same rung, so two exercises that
    name each other as harder form a cycle too.
    """
    above: dict[str, list[str]] = {}
    for exercise in library.exercises.values():
        before = exercise.prerequisite.exercises if exercise.prerequisite else ()
        links = [(key, getattr(exercise, key)) for key in ("easier", "harder", "no_gym")]
        for key, other in [*links, *(("prerequisite", name) for name in before)]:
            if other is None or other in broken:
                continue
            if other not in library.exercises:
                message = f"there is no exercise called {other}"
                yield Problem(f"exercise {exercise.id}", key, message, file)
            elif key == "harder":
                above.setdefault(exercise.id, []).append(other)
            else:
                above.setdefault(other, []).append(exercise.id)
    if cycle := find_cycle(above):
        message = "the ladder goes in a circle: " + " > ".join(cycle)
        yield Problem(f"exercise {cycle[0]}", "harder", message, file)


def find_cycle(above: Mapping[str, list[str]]) -> list[str]:
    """The names along one cycle, with the first repeated at the end; empty if there is no cycle."""
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
                waiting.append(iter(above.get(step, ())))
    return []


def source_problems(library: Library, file: str) -> Iterator[Problem]:
    """Problems of entries that name a source the library does not have."""
    entries = [("exercise", e.id, e.sources) for e in library.exercises.values()]
    entries += [("programme", p.id, p.sources) for p in library.programmes.values()]
    entries += [("routine", r.id, r.sources) for r in library.routines.values()]
    for what, name, named in entries:
        for source in named:
            if source not in library.sources:
                message = f"there is no source called {source}"
                yield Problem(f"{what} {name}", "sources", message, file)
