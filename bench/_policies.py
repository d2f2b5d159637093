"""Common rules for choosing loads, to compare the calculator with.

Loads are kilograms. Each starts at 65 % of the true first maximum, with three sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from _athlete import RACES, Athlete, Planned, Row, percent_at

START = 0.65
SETS, PATIENCE = 3, 3
TAPER_SETS = 2
# The fraction of the load kept after at least this many days without the lift.
CUTS = ((84, 0.70), (42, 0.80), (28, 0.90), (18, 0.95))


class Fixed:
    """Three sets of five, 2.5 kg more in each session, whatever happens."""

    def __init__(self, athlete: Athlete) -> None:
        self.nature = athlete.nature
        self.load_kg = self.nature.down(START * athlete.first_kg)
        self.reps = 5
        self.failures = 0

    def plan(self, day: int) -> Sequence[Planned]:
        del day
        return [Planned(self.load_kg, self.reps)] * SETS

    def adjusted(self, rest: Sequence[Planned], rows: Sequence[Row]) -> Sequence[Planned]:
        del rows
        return rest

    def finish(self, rows: Sequence[Row]) -> None:
        failed = any(row.missed for row in rows)
        self.failures = self.failures + 1 if failed else 0
        self.learn()

    def learn(self) -> None:
        """Set the next load; ``failures`` is how many sessions in a row had a miss."""
        self.load_kg += self.step(2.5)

    def step(self, least_kg: float) -> float:
        """``least_kg``, rounded up to a step of the plates."""
        return ceil(least_kg / self.nature.step_kg) * self.nature.step_kg


class Lp(Fixed):
    """Liftosaur's ``lp(2.5kg, 1, 0, 5kg, 3)``: up when clean, down after three misses."""

    def learn(self) -> None:
        if not self.failures:
            self.load_kg += self.step(2.5)
        elif self.failures == PATIENCE:
            self.load_kg -= self.step(5)
            self.failures = 0


class Dp(Fixed):
    """Liftosaur's ``dp(2.5kg, 4, 8)``: a rep more when clean, more load at the top, never less."""

    def __init__(self, athlete: Athlete) -> None:
        super().__init__(athlete)
        self.reps = 4

    def learn(self) -> None:
        if self.failures:
            return
        self.reps += 1
        if self.reps > 8:
            self.reps = 4
            self.load_kg += self.step(2.5)


class Linear(Fixed):
    """openGym's linear rule: 5 kg up after a clean session, a tenth off after three misses."""

    def learn(self) -> None:
        if not self.failures:
            self.load_kg += self.step(5)
        elif self.failures == PATIENCE:
            self.load_kg = self.nature.down(0.9 * self.load_kg)
            self.failures = 0


class Rested(Lp):
    """``Lp`` with our rest and taper before races, and our lasting cuts after a break."""

    last: int | None = None

    def plan(self, day: int) -> Sequence[Planned]:
        if resting(day):
            return []
        self.load_kg = self.nature.down(self.load_kg * cut(self.last, day))
        self.last = day
        return super().plan(day)[: TAPER_SETS if tapering(day) else SETS]


class Oracle:
    """Knows the maximum and endurance on a normal day, and picks for each set the load that leaves
    0.7 reps after three. Rest and taper are ours."""

    def __init__(self, athlete: Athlete) -> None:
        self.athlete = athlete

    def plan(self, day: int) -> Sequence[Planned]:
        if resting(day):
            return []
        sets = TAPER_SETS if tapering(day) else SETS
        return [Planned(self._load_kg(place), 3) for place in range(sets)]

    def _load_kg(self, place: int) -> float:
        athlete = self.athlete
        fresh = 3.7 / (1 - athlete.nature.set_drop * place)
        share = percent_at(1 + (fresh - 1) / athlete.endurance) / 100
        return athlete.nature.down(athlete.max_kg * share)

    def adjusted(self, rest: Sequence[Planned], rows: Sequence[Row]) -> Sequence[Planned]:
        del rows
        return rest

    def finish(self, rows: Sequence[Row]) -> None:
        del rows


def resting(day: int) -> bool:
    """Whether a day is a race day or one of the seven days before."""
    return any(0 <= race - day <= 7 for race in RACES)


def tapering(day: int) -> bool:
    """Whether a day is in the week before the week of rest."""
    return any(8 <= race - day <= 14 for race in RACES)


def cut(last: int | None, day: int) -> float:
    """The fraction of the load kept after the days since the last session; rest days before a race
    do not count."""
    if last is None:
        return 1.0
    gap = sum(not resting(passed) for passed in range(last + 1, day + 1))
    return next((share for least, share in CUTS if gap >= least), 1.0)
