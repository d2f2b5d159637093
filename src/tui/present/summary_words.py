"""What follows from a finished session, in words: its bests, and what is next."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.calculator import Advice
from tui.domain.calculator.reasons import sentence
from tui.domain.model.library.catalog import exercise_name, way_of
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import Form, planned
from tui.domain.model.sums import Best
from tui.domain.model.units import from_kg, plain
from tui.domain.model.values import Side

# What a best is in each measure, and the unit of its value.
BESTS = {
    "reps": ("most reps", ""),
    "load": ("heaviest", ""),
    "hold": ("longest hold", " s"),
    "holds": ("most holds", ""),
    "lowering": ("slowest lowering", " s"),
    "distance": ("furthest", " m"),
    "least": ("least", ""),
}


def best_words(best: Best, unit: str) -> str:
    """A best in words: ``most reps at 17.5 kg, 29``."""
    what, _, more = best.measure.partition(" ")
    words, after = BESTS[what]
    value = f"{plain(best.value)}{after}"
    if what in ("load", "least"):
        value = f"{plain(from_kg(best.value, unit))} {unit}"
    at = more.removesuffix(unit)
    more = f"{at} {unit}" if at != more else more
    return f"{' '.join(filter(None, [words, more]))}, {value}"


def bests_words(best: Sequence[Best], library: Library, unit: str) -> list[str]:
    """The bests of a session, each with its exercise; sides that did the same are one."""
    sides: dict[tuple[str, str], list[Side]] = {}
    for one in best:
        sides.setdefault((one.exercise, best_words(one, unit)), []).append(one.side)
    told = []
    for (exercise, words), found in sides.items():
        alone = f" {found[0]}" if len(found) == 1 and found[0] is not Side.BOTH else ""
        told.append(f"{exercise_name(library, exercise)}{alone}: {words}")
    return told


def then_words(said: Advice, library: Library, unit: str) -> str:
    """What is next in an exercise, and why."""
    name = exercise_name(library, said.variant)
    dose = planned(said.plan.sets, unit, Form.LONG, way=way_of(library, said.variant)) or "rest"
    why = sentence(said.reasons[0], library, unit) if said.reasons else ""
    return f"{name}: next {dose}. {why}" if said.plan.sets else f"{name}: {dose}. {why}"
