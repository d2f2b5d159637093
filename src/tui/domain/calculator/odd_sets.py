"""Odd sets of exercises without a tracker: a number far from its plan counts as one step from it
until the runner confirms it (source project).

One typed 600 for 60 must not decide what comes next, but a runner who means it should not be
ignored either: each such session moves the plan by a step. Lifts with a tracker leave odd sets out
instead (:mod:`tui.domain.calculator.rep_max`).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui.domain.calculator.bouts import amount
from tui.domain.calculator.loads import EQUAL, Loads
from tui.domain.calculator.state import ExerciseHistory
from tui.domain.model.values import Exercise, Measures, SetEntry

FAR_LOAD = 2.5  # Times the planned load, or a part of it.
MORE_LOAD, MORE_KG = 1.5, 10.0  # Times the planned load, and this much more in kg.
FAR_AMOUNT, MORE_AMOUNT = 3.0, 10  # Times the planned amount, and this much more.
AMOUNTS = ("reps", "holds", "hold_s", "contacts", "distance_m", "duration_s")


def believed(
    exercise: Exercise,
    rows: Sequence[SetEntry],
    history: ExerciseHistory | None,
    loads: Loads | None,
) -> list[SetEntry]:
    """The sets as far as they are believed. What was planned or, without a plan, done last time is
    what they are measured by; without either all of it is believed."""
    last = None if history is None else history.last.done
    return [_believed(exercise, row, last, loads) for row in rows]


def _believed(
    exercise: Exercise, row: SetEntry, last: Measures | None, loads: Loads | None
) -> SetEntry:
    if row.done == row.prescribed or row.confirmed or row.undone is not None:
        return row
    usual = row.prescribed if row.prescribed and amount(exercise.kind, row.prescribed) else last
    if usual is None:
        return row
    changed: dict[str, float | int] = {}
    for name in AMOUNTS:
        done, planned = getattr(row.done, name), getattr(usual, name)
        if done is None or planned is None:
            continue
        if done >= FAR_AMOUNT * planned and done >= planned + MORE_AMOUNT:
            changed[name] = planned
    load = _believed_load(row.done.load_kg, usual.load_kg, loads)
    if load is not None:
        changed["load_kg"] = load
    return replace(row, done=replace(row.done, **changed)) if changed else row


def _believed_load(load: float | None, planned: float | None, loads: Loads | None) -> float | None:
    """The load in kg that an odd one counts as; None if it is not odd."""
    if load is None or planned is None or load <= 0 or planned <= 0 or loads is None:
        return None
    above, below = loads.above(planned), loads.below(planned)
    far = load >= FAR_LOAD * planned or (load > MORE_LOAD * planned and load > planned + MORE_KG)
    if far and load > (planned if above is None else above) + EQUAL:
        return planned if above is None else above
    if load * FAR_LOAD <= planned and load < (planned if below is None else below) - EQUAL:
        return planned if below is None else below
    return None
