"""Odd sets of exercises without a tracker: a number far from its plan does not decide what comes
next until the runner confirms it (source project).

One typed 600 for 60 counts as the next step, but a runner who means it is not ignored either: each
such session moves the plan by a step. One typed 4 for 45 is a set that fell short of 45, not a new
dose of 4. Lifts with a tracker leave odd sets out instead
(:mod:`tui.domain.calculator.rep_max`).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui.domain.calculator.bouts import Grade, amount
from tui.domain.calculator.loads import EQUAL, Loads
from tui.domain.calculator.state import ExerciseHistory
from tui.domain.model.values import Exercise, Measures, SetEntry

MOST_ALIKE = 3  # Of so many sets the middle one tells what the others should be.
FAR_LOAD = 2.5  # Times the planned load, or a part of it.
MORE_LOAD, MORE_KG = 1.5, 10.0  # Times the planned load, and this much more in kg.
# Times the planned amount and this much more, or a part of it and this much less.
FAR_AMOUNT, MORE_AMOUNT, LESS_AMOUNT = 3.0, 10, 5
MORE_TEMPO = 4  # Seconds of a lowering are few.
AMOUNTS = ("reps", "holds", "hold_s", "tempo_s", "contacts", "distance_m", "duration_s")


def believed(
    exercise: Exercise,
    rows: Sequence[SetEntry],
    history: ExerciseHistory | None,
    loads: Loads | None,
) -> list[SetEntry]:
    """The sets as far as they are believed. What was planned or, without a plan, done last time is
    what they are measured by; without either all of it is believed."""
    last = None
    if history is not None:
        # What fell short last time was not the dose.
        clean = history.last.grade is Grade.CLEAN
        last = history.last.done if clean else history.last.asked
    return [_believed(exercise, row, last or _middle(rows), loads) for row in rows]


def _middle(rows: Sequence[SetEntry]) -> Measures | None:
    """The middle of three sets or more of a first session, measure by measure."""
    done = [row.done for row in rows if row.undone is None]
    if len(done) < MOST_ALIKE:
        return None
    found = {}
    for name in AMOUNTS:
        values = sorted(v for one in done if (v := getattr(one, name)) is not None)
        if values:
            found[name] = values[len(values) // 2]
    return Measures(**found)


def _believed(
    exercise: Exercise, row: SetEntry, last: Measures | None, loads: Loads | None
) -> SetEntry:
    if row.done == row.prescribed or row.confirmed or row.undone is not None:
        return row
    usual = row.prescribed if row.prescribed and amount(exercise.kind, row.prescribed) else last
    if usual is None:
        return row
    changed: dict[str, float | int] = {}
    short: dict[str, float | int] = {}
    for name in AMOUNTS:
        done, planned = getattr(row.done, name), getattr(usual, name)
        if done is None or planned is None:
            continue
        tempo = name == "tempo_s"
        more, less = (MORE_TEMPO, MORE_TEMPO) if tempo else (MORE_AMOUNT, LESS_AMOUNT)
        if done >= FAR_AMOUNT * planned and done >= planned + more:
            changed[name] = planned
        elif 0 < done * FAR_AMOUNT <= planned and done <= planned - less:
            short[name] = planned
    if short and not row.prescribed:
        # Without a plan what was done would be the plan.
        row = replace(row, prescribed=replace(row.done, **short))
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
