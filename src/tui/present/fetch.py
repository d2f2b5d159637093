"""Says what to fetch for a session: the things its sets need, with the heaviest load of each."""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.calculator.loads import Inventory, implement_of, plate_words
from tui.domain.model.library.parser import Library
from tui.domain.model.units import load_words
from tui.domain.model.values import Exercise
from tui.domain.session.live import Item
from tui.present.words import thing_name

# What stands where it stands.
NOT_FETCHED = frozenset({"wall"})
PLATES = "plates"


def fetched(items: Iterable[Item], library: Library, inventory: Inventory, unit: str) -> list[str]:
    """What the exercises need, each thing once in their order, with its heaviest load in ``unit``:
    ``17.5 kg dumbbell``, ``barbell (20 + 1.25 each side)``."""
    heaviest: dict[str, tuple[float, Exercise]] = {}
    things: dict[str, None] = {}
    for item in items:
        exercise = library.exercises.get(item.exercise)
        if exercise is None:
            continue
        things |= dict.fromkeys(exercise.equipment)
        loads = [goal.measures.load_kg or 0.0 for one in item.now.sets for goal in one.goals]
        load, implement = max(loads, default=0.0), implement_of(exercise)
        if load and implement and load > heaviest.get(implement, (0.0, exercise))[0]:
            heaviest[implement] = load, exercise
    named = {thing: _named(thing, *heaviest[thing], inventory, unit) for thing in heaviest}
    # The plates of a bar are told with it.
    apart = NOT_FETCHED | ({PLATES} if any("(" in words for words in named.values()) else set())
    return [named.get(thing, thing_name(thing)) for thing in things if thing not in apart]


def _named(thing: str, load: float, exercise: Exercise, inventory: Inventory, unit: str) -> str:
    if plates := plate_words(inventory, exercise, load, unit):
        return f"{thing_name(thing)} ({plates})"
    name = thing.removesuffix("s") if exercise.implements == 1 else thing
    return f"{load_words(load, unit)} {thing_name(name)}"
