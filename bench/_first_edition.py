"""The first edition of the tracker, which the product's own replaced, as a rule to compare with.

It measures strength in the load of one implement, takes each report for what it says, averages the
sets of a session into one reading, and never goes up within a session. Everything the product did
around it is here too, for one lift of an intermediate runner without pain who trains for A races:
3 to 8 reps with one left, an extra set every second week, rest and taper, a light session after a
race, cuts after a break, and an easier week after two sessions that left nothing. Loads are
kilograms of one implement, or (``z``) the natural logarithm of kilograms.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import exp, floor, log, sqrt
from statistics import fmean
from typing import NamedTuple

from _athlete import CURVE, RACES, Athlete, Planned, Row, Shown, percent_at, reps_at
from _policies import resting, tapering

LOW, HIGH, LEFT, SETS = 3, 8, 1, 3
FIRST_SHARE, FIRST_REPS, FIRST_SD = 0.65, 5, 0.15
DROP, CAUTION, STEP_CAP = 0.07, 0.6, 1.10
DRIFT_VARIANCE, DAY_VARIANCE = 0.004**2 / 3.5, 0.03**2
GROWTH, GROWTH_DAYS = 0.001, 10
REPORT_SD, MISS_SD, UNDER_REPORTED, FAR = 0.06, 0.02, 0.25, 5
UP, DOWN, GATE = 0.001, 0.014, 1.0
DIAL_START, DIAL_LEAST, DIAL_MOST = -0.025, -0.12, 0.12
SEEK_UNSEEN, SEEK_SEEN = 0.035, 0.004
MISS_SHIFT, LEAST_SHIFT = -0.025, -0.01
# A first session after a race within AFTER_DAYS is light; an easier week lasts EASY_DAYS.
AFTER_DAYS, EASY_DAYS, NO_EXTRA_DAYS = 7, 7, 21
# Days away (at least), and the share of the load that is left. Nobody here stays away for longer.
GAPS = ((28, 0.90), (18, 0.95), (11, 1.00))
NO_GAP_DAYS, SET_LESS_DAYS, STREAK_DAYS = 14, 28, 18
LOAD_WEEKS, LATELY, KEPT = 4, 3, 16
GETTING_ON, KEPT_PLANS = 5, 6
# Whether a session left nothing: no, yes but she got on, yes and she did not.
LEFT_SOME, GOT_ON, STUCK = range(3)
# Loads closer than this are equal.
EQUAL = 0.01


class Ease(NamedTuple):
    """What makes a day easier: the share of sets and load, a set less, reps to spare. ``fired``:
    anything does, if only by letting nothing rise; ``planned``: a race or an easier week is all
    that does; ``after_race``: the light session after a race is all that lowers."""

    fired: bool = False
    sets: float = 1.0
    load: float = 1.0
    one_less: bool = False
    spare: int = 0
    planned: bool = True
    after_race: bool = False

    @property
    def lowers(self) -> bool:
        return self.sets < 1 or self.load < 1 or self.one_less


class FirstEdition:
    """The first edition at the intermediate level, with the extra set."""

    def __init__(self, athlete: Athlete) -> None:
        self.loads = [load for load in athlete.nature.owned if load > 0]
        self.z, self.variance, self.dial = log(athlete.guess_kg), FIRST_SD**2, DIAL_START
        self.day, self.ease, self.rest = 0, Ease(), list[Planned]()
        # The last session: its day, the load and reps of its sets; and of the full one before it.
        self.last: int | None = None
        self.sets: list[tuple[float, int]] = []
        self.before = 0.0
        self.seen = self.missed = self.eased = False
        # The easiest set planned in each of the last full sessions; what calls for an easier week.
        self.plans: list[tuple[float, int]] = []
        self.weeks: list[int] = []
        self.emptied: list[int] = []
        self.easier: int | None = None

    # -- before a session --------------------------------------------------------------------------

    def plan(self, day: int) -> Sequence[Planned]:
        if resting(day):
            return []
        self.day, self.ease = day, self._ease(day)
        count = self._count()
        if self.last is None:
            load = self._down(FIRST_SHARE * exp(self.z) * self.ease.load)
            self.rest = [Planned(load, FIRST_REPS)] * count
            return self.rest
        gap = day - self.last
        self.variance += DRIFT_VARIANCE * gap
        if gap <= GROWTH_DAYS:
            self.z += GROWTH
        most = self._cap()
        made = []
        for number in range(count):
            load, reps = self.sets[min(number, len(self.sets) - 1)]
            one = self._solved(0.0, number, min(most, load) if self.ease.fired else most)
            made.append(one._replace(reps=min(one.reps, reps)) if self.ease.fired else one)
        if self.missed and _higher(made, self.sets):
            owned = [Planned(self._down(load), reps) for load, reps in self.sets]
            made = [min(one, owned[min(n, len(owned) - 1)]) for n, one in enumerate(made)]
        self.rest = made
        return made

    def _ease(self, day: int) -> Ease:
        last = self.last
        if last is None:
            return Ease()
        taper = tapering(day)
        after = any(0 < day - race <= AFTER_DAYS and last <= race for race in RACES)
        away = day - last - min(NO_GAP_DAYS, sum(map(resting, range(last + 1, day))))
        gap = next((share for least, share in GAPS if away >= least), None)
        less = away >= SET_LESS_DAYS
        easier = self.easier is not None and 0 < day - self.easier <= EASY_DAYS
        loads = (0.8 if after else 1.0, 1.0 if gap is None else gap, 0.9 if easier else 1.0)
        return Ease(
            fired=taper or after or gap is not None or easier,
            sets=0.5 if taper or after or easier else 1.0,
            load=min(loads),
            one_less=less,
            spare=2 if easier else 1 if gap == 1 or less else 0,
            planned=gap is None,
            after_race=after and not easier and (gap is None or gap == 1),
        )

    def _count(self) -> int:
        """The number of sets: one more in the first session of every second week, well before a
        race and if nothing eases the day."""
        week, base = self.day // 7, SETS
        far = not any(0 <= race - self.day <= NO_EXTRA_DAYS for race in RACES)
        if self.last is not None and not self.ease.fired and week % 2 == 0 and far:
            base += self.eased or self.last // 7 != week
        return max(1, floor(base * self.ease.sets + 0.5) - self.ease.one_less)

    def _cap(self) -> float:
        """The heaviest load allowed: a tenth or one step up, and none after a miss."""
        lifted = max(load for load, _ in self.sets)
        if self.missed:
            return lifted
        top = max(self.before, lifted)
        heavier = bisect_right(self.loads, top + EQUAL)
        step = self.loads[heavier] if heavier < len(self.loads) else top
        return max(step, self._down(STEP_CAP * top))

    def _solved(self, shift: float, number: int, cap: float) -> Planned:
        """Set ``number`` (from 0), ``shift`` beside the level: the heaviest load at which the
        fewest reps leave enough, then as many as do."""
        fresh, left = 1 - DROP * number, LEFT + self.ease.spare
        level = self.z - self.dial - CAUTION * sqrt(self.variance)
        most = exp(level + log(self.ease.load) + shift)
        load = self._down(min(cap, most * percent_at((LOW + left) / fresh) / 100))
        reps = min(reps_at(100 * load / most), len(CURVE)) * fresh - left
        return Planned(load, max(LOW, min(HIGH, floor(reps + 1e-9))))

    def _down(self, load_kg: float) -> float:
        return self.loads[max(0, bisect_right(self.loads, load_kg + EQUAL) - 1)]

    # -- during and after it -----------------------------------------------------------------------

    def adjusted(self, rest: Sequence[Planned], rows: Sequence[Row]) -> Sequence[Planned]:
        told = self._telling(rows, easy=self.ease.lowers and self.ease.planned)
        reading = _read(told)
        if self.last is None or reading is None:
            return rest
        spread = self.variance + DAY_VARIANCE
        shift = spread / (spread + reading[1]) * (reading[0] - self.z)
        if next(row for row in reversed(told) if row is not None).missed:
            shift = min(shift, MISS_SHIFT)
        if shift >= LEAST_SHIFT:
            return rest
        return [
            min(one, self._solved(shift, number, one.load_kg))
            for number, one in enumerate(rest, start=len(rows))
        ]

    def finish(self, rows: Sequence[Row]) -> None:
        ease = self.ease
        # A day on which nothing may rise repeats an eased one.
        eased = ease.lowers or (ease.fired and self.eased)
        easy = eased and ease.planned
        reading = _read(self._telling(rows, easy=easy))
        missed = any(row.missed for row in rows)
        if reading is not None:
            gain = self.variance / (self.variance + reading[1] + DAY_VARIANCE)
            self.z += gain * (reading[0] - self.z)
            self.variance *= 1 - gain
        elif not (missed or easy or self._at_ceiling(rows)):
            self.z += SEEK_SEEN if self.seen else SEEK_UNSEEN
        told = [row.reported for row in rows if row.reported is not None]
        if missed:
            self.dial += DOWN
        elif not told or fmean(told) >= GATE:
            self.dial -= UP
        self.dial = max(DIAL_LEAST, min(DIAL_MOST, self.dial))
        clean = not missed and all(one >= 1 for one in told)
        top = max([self.before, *(load for load, _ in self.sets)])
        self.before = top if ease.after_race and clean else 0.0
        self.seen = self.seen or missed
        self.missed, self.eased, self.last = missed, eased, self.day
        self.sets = [(row.load_kg, max(row.planned, row.done)) for row in rows]
        self._tire(rows, counts=not eased or missed)

    def _telling(self, rows: Sequence[Row], *, easy: bool) -> list[Row | None]:
        """The sets, with None for those that say nothing in a session planned to be easy."""
        return [None if easy and (row.reported or 0) >= FAR else row for row in rows]

    def _at_ceiling(self, rows: Sequence[Row]) -> bool:
        return any(row.load_kg >= self.loads[-1] and row.planned >= HIGH for row in rows)

    def _tire(self, rows: Sequence[Row], *, counts: bool) -> None:
        """Count the sessions that left nothing and, after two of the last three, ease a week; not
        for a runner who has always reported so."""
        asked = min((row.load_kg, row.planned) for row in rows)
        if counts or not self.plans:
            self.plans = [*self.plans, asked][-KEPT_PLANS:]
        if self.easier is not None and self.day - self.easier <= EASY_DAYS:
            return
        week = self.day // 7
        if self.weeks and 7 * (week - self.weeks[-1]) > STREAK_DAYS:
            self.weeks = []
        if week not in self.weeks:
            self.weeks = [*self.weeks, week][-LOAD_WEEKS:]
        empty = LEFT_SOME
        if all(row.reported == 0 for row in rows):
            empty = GOT_ON if asked > self.plans[-GETTING_ON:][0] else STUCK
        self.emptied = [*self.emptied, empty][-KEPT:]
        lately, earlier = self.emptied[-LATELY:], self.emptied[:-LATELY]
        if lately.count(STUCK) >= 2 and not any(earlier) and len(self.weeks) == LOAD_WEEKS:
            self.easier, self.weeks = self.day, []
            self.emptied = [min(one, GOT_ON) for one in self.emptied]

    def shown(self) -> Shown:
        return Shown()


def _higher(now: Sequence[Planned], last: Sequence[tuple[float, int]]) -> bool:
    """Whether the first set that differs from the last session's is a higher one."""
    pairs = zip(((one.load_kg, one.reps) for one in now), last, strict=False)
    return next((mine > before for mine, before in pairs if mine != before), False)


def _read(rows: Sequence[Row | None]) -> tuple[float, float] | None:
    """The maximum that the sets of a session speak for, and its variance; None if none does."""
    weight = total = 0.0
    for number, row in enumerate(rows):
        if row is None or (row.reported is None and not row.missed):
            continue
        if row.missed:
            reps, sd = row.done + 0.4, MISS_SD
        else:
            told = row.reported or 0
            reps = row.done + (0.5 if told < 1 else told + UNDER_REPORTED)
            sd = REPORT_SD * (2 if told >= FAR else 1)
        fresh = max(1.0, reps / (1 - DROP * number))
        value = log(row.load_kg) - log(percent_at(fresh) / 100)
        weight += 1 / sd**2
        total += value / sd**2
    return (total / weight, 1 / weight) if weight else None
