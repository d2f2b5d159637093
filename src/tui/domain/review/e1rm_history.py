"""The best single of a lift after each of its sessions, and what can be said of how it moved."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from tui.domain.calculator import State
from tui.domain.calculator.advice import Estimate
from tui.domain.calculator.heavy import banded
from tui.domain.calculator.tracker import spread
from tui.domain.model.values import Exercise, Side

HEAVY = "heavy"
LAST = 12
# Fewer say nothing of a way up or down.
LEAST = 3


class E1rm(Struct, frozen=True):
    """The one-rep maximum of a side as the log stood after the session of a day: its natural
    logarithm ``z``, of kg, and the standard deviation ``sd`` of that."""

    day: date
    side: Side
    z: float
    sd: float

    @property
    def estimate(self) -> Estimate:
        """The maximum in kilograms, with its band."""
        return banded(self.z, self.sd)


def e1rm_history(state: State, exercise: Exercise) -> list[E1rm]:
    """The estimates after each session with ``exercise`` that told of reps in reserve or of a miss,
    oldest first: all of the last year, before that one a month. They are the calculator's own."""
    history = state.histories.get(exercise.id)
    known = () if history is None else history.estimated
    found = [E1rm(one.day, one.side, one.z, spread(one.variance)) for one in known]
    return sorted(found, key=lambda one: (one.day, one.side))


class Verdict(StrEnum):
    """What the estimates of one side say together."""

    FEW = "few"
    SAME = "same"
    UNSURE = "unsure"
    MORE = "more"
    LESS = "less"


class Movement(Struct, frozen=True):
    """How the estimates of a side moved from the first to the last of them."""

    verdict: Verdict
    first: date
    last: date
    percent: float


def movement(points: Sequence[E1rm]) -> Movement:
    """What can be said of the estimates of one side, of which there is one at least, oldest first.

    More, or less, is only said where the last two sessions both lie beyond what chance does: two
    standard deviations of the difference, each day's form among them. Where only the last one does
    it is not sure yet (source project).
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
    """1 for an estimate that is higher than chance explains, -1 for a lower one, else 0."""
    moved = one.z - first.z
    return 0 if abs(moved) <= 2 * math.hypot(first.sd, one.sd) else int(math.copysign(1, moved))
