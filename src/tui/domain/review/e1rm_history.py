"""The estimated one-rep max (e1RM) of a lift after each session, and whether it has changed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from tui.domain.calculator import State
from tui.domain.calculator.advice import Estimate
from tui.domain.model.values import Exercise, Side

HEAVY = "heavy"
LAST = 12
# Fewer sessions show no trend.
LEAST = 3


class E1rm(Struct, frozen=True):
    """The one-rep max of one side as estimated after a day's session: ``z`` is the natural
    logarithm of its kilograms, body weight included where it is lifted, ``sd`` its standard
    deviation. ``estimate`` is the load in the hand, with its band."""

    day: date
    side: Side
    z: float
    sd: float
    estimate: Estimate


def e1rm_history(state: State, exercise: Exercise) -> list[E1rm]:
    """The calculator's estimates after each session of ``exercise`` with reps in reserve or a
    missed rep logged, oldest first: all from the last year, before that one a month."""
    history = state.histories.get(exercise.id)
    known = () if history is None else history.estimated
    found = [
        E1rm(
            one.day,
            one.side,
            one.z,
            one.sd,
            Estimate(one_rm_kg=one.kg, low_kg=one.low_kg, high_kg=one.high_kg),
        )
        for one in known
    ]
    return sorted(found, key=lambda one: (one.day, one.side))


class Verdict(StrEnum):
    """What the estimates of one side show."""

    FEW = "few"
    SAME = "same"
    UNSURE = "unsure"
    MORE = "more"
    LESS = "less"


class Movement(Struct, frozen=True):
    """The change from the first to the last estimate of a side."""

    verdict: Verdict
    first: date
    last: date
    percent: float


def movement(points: Sequence[E1rm]) -> Movement:
    """Judge the change in one side's estimates; ``points`` are oldest first, at least one.

    MORE or LESS needs both of the last two sessions beyond chance: two standard deviations of the
    difference, which includes day-to-day form. If only the last one is, it is UNSURE (source
    project).
    """
    first, last = points[0], points[-1]
    percent = 100 * math.expm1(last.z - first.z)
    made = [_beyond(first, one) for one in points[-2:]]
    if len(points) < LEAST:
        verdict = Verdict.FEW
    elif not made[-1]:
        verdict = Verdict.SAME
    elif made[0] != made[1]:
        verdict = Verdict.UNSURE
    else:
        verdict = Verdict.MORE if made[-1] > 0 else Verdict.LESS
    return Movement(verdict, first.day, last.day, percent)


def _beyond(first: E1rm, one: E1rm) -> int:
    """1 if an estimate is higher than chance explains, -1 if lower, else 0."""
    moved = one.z - first.z
    return 0 if abs(moved) <= 2 * math.hypot(first.sd, one.sd) else int(math.copysign(1, moved))
