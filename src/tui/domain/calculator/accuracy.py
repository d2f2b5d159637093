"""How well the tracker foretold the reports of a lift: it shows its own error (project)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum

from msgspec import Struct

MISSED = -1.0  # Stands for the report of a set in which a rep was missed.
MOST_TOLD = 5.0  # A report of five means five or more.
HALF = 0.5  # Reports are whole reps.


class Expected(Struct, frozen=True, kw_only=True):
    """The reps in reserve to expect as the report of a first set, with the range in which four of
    five reports should lie."""

    rir: float
    low: float
    high: float


class Forecast(Struct, frozen=True, array_like=True):
    """What was expected of a lift's first set on a day, and what was reported: the reps in reserve,
    with the range in which four of five reports should lie. ``reported`` is :data:`MISSED` for a
    missed rep. ``light`` and ``heavy`` judge the loads of the whole session."""

    day: date
    expected: float
    low: float
    high: float
    reported: float
    light: bool = False
    heavy: bool = False

    @property
    def inside(self) -> bool:
        """Whether the report lay in the range. Five is five or more, none or a miss is less than
        one."""
        low, high = (max(0.0, min(MOST_TOLD, end)) for end in (self.low, self.high))
        return low - HALF <= max(0.0, self.reported) <= high + HALF


class Accuracy(Struct, frozen=True, kw_only=True):
    """How ``sessions`` forecasts fared: the reps in reserve expected and reported on average (a
    miss counts as none), how many reports were ``inside`` their range, and in how many sessions the
    loads were too ``light`` (four reps left or more on average) or too ``heavy`` (a rep missed)."""

    sessions: int
    expected: float
    reported: float
    inside: int
    light: int
    heavy: int


def accuracy(forecasts: Sequence[Forecast]) -> Accuracy | None:
    """How these forecasts fared; None if there are none."""
    if not forecasts:
        return None
    within = [max(0.0, min(MOST_TOLD, one.expected)) for one in forecasts]
    return Accuracy(
        sessions=len(forecasts),
        expected=round(fsum(within) / len(within), 1),
        reported=round(fsum(max(0.0, one.reported) for one in forecasts) / len(forecasts), 1),
        inside=sum(one.inside for one in forecasts),
        light=sum(one.light for one in forecasts),
        heavy=sum(one.heavy for one in forecasts),
    )
