"""Compares left and right of one exercise, session by session.

The weaker side as a percentage of the stronger, from sets of the same exercise at the same load or
from a lift's estimated maxima. It is shown as a trend, from two sessions on. A difference of 5 to
15 per cent is normal, and it does not predict injury (source project).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from tui.domain.calculator.bouts import side_sums, symmetry, work_rows
from tui.domain.model.values import Exercise, Side, Sides
from tui.domain.review.e1rm_history import HEAVY, E1rm
from tui.domain.review.exercise_history import Trained

LEAST = 2
USUAL_LOW, USUAL_HIGH = 5, 15
HALF = 0.5


class Pair(Struct, frozen=True):
    """One day's comparison: the weaker side in per cent of the stronger, and which side is weaker
    (None: about equal)."""

    day: date
    percent: float
    weak: Side | None


def pairs(exercise: Exercise, found: Sequence[Trained], lifts: Sequence[E1rm]) -> list[Pair]:
    """Left against right in these sessions, oldest first; empty for an exercise without sides or
    if fewer than two sessions can be compared. A heavy lift is compared by its estimates ``lifts``,
    or by its sets like any other exercise if too few sets were logged with reps in reserve."""
    if exercise.sides is Sides.BOTH:
        return []
    ways = [_of_lifts(lifts)] if exercise.loading == HEAVY else []
    ways.append(_of_sets(exercise, found))
    # Use one way for all sessions: a mix of two would not be a trend.
    return next((every for every in ways if len(every) >= LEAST), [])


def _of_lifts(lifts: Sequence[E1rm]) -> list[Pair]:
    days: dict[date, dict[Side, float]] = {}
    for one in lifts:
        days.setdefault(one.day, {})[one.side] = math.exp(one.z)
    return [
        made
        for day, sides in days.items()
        if (made := _pair(day, sides.get(Side.LEFT, 0), sides.get(Side.RIGHT, 0))) is not None
    ]


def _of_sets(exercise: Exercise, found: Sequence[Trained]) -> list[Pair]:
    made = (_pair(one.day, *side_sums(exercise, work_rows(one.rows))) for one in found)
    return [one for one in made if one is not None]


def _pair(day: date, left: float, right: float) -> Pair | None:
    percent = symmetry(left, right)
    if percent is None or not left or not right:
        return None
    alike = percent > 100 - HALF
    return Pair(day, percent, None if alike else Side.LEFT if left < right else Side.RIGHT)
