"""The weight of an exercise that nobody knows yet: whether to ask for it, and how to choose it."""

from __future__ import annotations

from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.domain.model.notation import Written
from tui.domain.model.values import Kind, SetKind
from tui.domain.session.live import Item, Key
from tui.domain.session.standing import as_planned

# The kinds of work that are done with a weight.
LOADED = (Kind.LOADED, Kind.CARRY)
EXAMPLES = {"kg": "20", "lb": "45"}


def wants_load(book: Logbook, item: Item, key: Key) -> bool:
    """Whether a set is done with a weight that nobody knows yet."""
    exercise = book.profile.library.exercises.get(item.exercise)
    if exercise is None or exercise.kind not in LOADED or key.kind is not SetKind.WORK:
        return False
    if any(goal.measures.net_kg is not None for goal in item.planned(key).goals):
        return False
    return book.profile.setup.inventory.loads(exercise) is not None


def with_load(item: Item, key: Key, load_kg: float) -> tuple[Written, ...]:
    """A set done as planned, with a weight in kg."""
    return tuple(
        replace(row, measures=replace(row.measures, load_kg=load_kg))
        for row in as_planned(item, key)
    )


def load_advice(item: Item, key: Key) -> str:
    """How to choose a first weight."""
    reps, spare = item.planned(key).goals[0].measures.reps, item.now.target_rir
    take = "Take a weight you can carry well. "
    if reps is not None:
        could = f"{reps + spare} times, and stop at {reps}" if spare else f"{reps} times"
        take = f"Take a weight you could lift {could}. "
    return f"{take}A guess will do: the next sets follow it"


def load_refusal(unit: str) -> str:
    """What to say of an answer that is no weight in ``unit``."""
    return f"A weight in {unit}, like {EXAMPLES[unit]}; 0 is without one."
