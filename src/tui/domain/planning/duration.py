"""Estimates how long a session takes, from its sets, its rests and the changes of exercise.

The clock's pace (:mod:`tui.domain.session.cadence`) is counted where it times a set; reps, jumps
and metres count with a usual pace (source project). Sets to ramp up to a heavy load are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.model.values import Goal, Measures, SetPlan
from tui.domain.session.cadence import USUAL
from tui.domain.session.live import Item

REP_S = 3.0  # One rep at the runner's own pace.
UP_S = 1.5  # The way back up after a timed lowering.
CONTACT_S = 1.0
METRE_S = 1.0
CHANGE_S = 45.0  # To put one exercise away and get the next one ready.


def session_minutes(items: Iterable[Item]) -> int:
    """The minutes that the planned exercises take in turn, rounded; 0 without any."""
    lengths = [_exercise_s(item) for item in items]
    if not lengths:
        return 0
    return max(1, round((sum(lengths) + CHANGE_S * (len(lengths) - 1)) / 60))


def _exercise_s(item: Item) -> float:
    """The seconds of an exercise, without the rest after its last set."""
    sets = item.plan.sets
    return sum(_set_s(one) for one in sets) + item.plan.rest_s * max(0, len(sets) - 1)


def _set_s(one: SetPlan) -> float:
    return USUAL.ready_s + sum(map(_goal_s, one.goals)) + USUAL.change_s * (len(one.goals) - 1)


def _goal_s(goal: Goal) -> float:
    """The seconds of work for one goal of a set."""
    does: Measures = goal.measures
    if does.contacts is not None:
        return does.contacts * CONTACT_S
    if does.holds is not None:
        return does.holds * ((does.hold_s or 0) + USUAL.release_s)
    if does.reps is not None:
        rep = REP_S if does.tempo_s is None else does.tempo_s + UP_S
        return does.reps * (rep + (does.pause_s or 0))
    if does.distance_m is not None:
        return does.distance_m * METRE_S
    return does.hold_s or does.duration_s or 0.0
