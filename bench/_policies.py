"""Common rules for choosing loads, to compare the calculator with.

Loads are kilograms of one implement. Each starts at 65 % of the true first maximum, with three
sets, and knows nothing of reports and guesses. A step is one of the loads owned: 2.5 kg on a bar
with the usual plates.
"""

from __future__ import annotations

from collections.abc import Sequence

from _athlete import RACES, Athlete, Planned, Row, Shown, percent_at

START = 0.65
SETS, PATIENCE = 3, 3
TAPER_SETS = 2
AFTER_DAYS, LIGHT_SETS, LIGHT_SHARE = 5, 2, 0.9
# The fraction of the load kept after at least this many days without the lift.
CUTS = ((84, 0.70), (42, 0.80), (28, 0.90), (18, 0.95))


class Fixed:
    """Three sets of five, a step more in each session, whatever happens."""

    def __init__(self, athlete: Athlete) -> None:
        self.nature = athlete.nature
        self.load_kg = self.nature.down(athlete.implement_kg(START * athlete.first_kg))
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
        self.load_kg = self.nature.stepped(self.load_kg, 1)

    def shown(self) -> Shown:
        return Shown()


class Lp(Fixed):
    """Liftosaur's ``lp(2.5kg, 1, 0, 5kg, 3)``: a step up if clean, two down after three misses."""

    def learn(self) -> None:
        if not self.failures:
            self.load_kg = self.nature.stepped(self.load_kg, 1)
        elif self.failures == PATIENCE:
            self.load_kg = self.nature.stepped(self.load_kg, -2)
            self.failures = 0


class Dp(Fixed):
    """Liftosaur's ``dp(2.5kg, 4, 8)``: a rep more if clean, a step more at the top, never less."""

    def __init__(self, athlete: Athlete) -> None:
        super().__init__(athlete)
        self.reps = 4

    def learn(self) -> None:
        if self.failures:
            return
        self.reps += 1
        if self.reps > 8:
            self.reps = 4
            self.load_kg = self.nature.stepped(self.load_kg, 1)


class Linear(Fixed):
    """openGym's linear rule: two steps up when clean, a tenth off after three misses."""

    def learn(self) -> None:
        if not self.failures:
            self.load_kg = self.nature.stepped(self.load_kg, 2)
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


class RestedAlike(Rested):
    """``Rested`` with the light session that we ask for after a race: half the sets with nine
    tenths of the load, from which nothing follows."""

    light = False

    def plan(self, day: int) -> Sequence[Planned]:
        last = self.last
        self.light = any(
            0 < day - race <= AFTER_DAYS and last is not None and last <= race for race in RACES
        )
        usual = super().plan(day)
        if not self.light:
            return usual
        less = self.nature.down(LIGHT_SHARE * self.load_kg)
        return [one._replace(load_kg=less) for one in usual[:LIGHT_SETS]]

    def finish(self, rows: Sequence[Row]) -> None:
        if not self.light:
            super().finish(rows)


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
        return athlete.nature.down(athlete.implement_kg(athlete.max_kg * share))

    def adjusted(self, rest: Sequence[Planned], rows: Sequence[Row]) -> Sequence[Planned]:
        del rows
        return rest

    def finish(self, rows: Sequence[Row]) -> None:
        del rows

    def shown(self) -> Shown:
        return Shown()


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
