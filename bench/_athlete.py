"""Simulates an athlete who lifts twice a week for a year, runs, and races three times.

Fitness and fatigue rise with training and decay at their own rates (Banister's model): quick gains
in 42 days, slow ones in 150, fatigue in 13. The gain per set, the reps that a load allows and the
error of reports are set from published data on lifters; they say nothing about a single person.
Loads are kilograms; day 0 is a Monday; gains and fatigue are fractions of the first maximum.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import exp, floor
from random import Random
from typing import NamedTuple, Protocol

from msgspec import Struct

DAYS = 364
LIFTING = (1, 4)
RACES = (119, 245, 350)
# Running load by weekday, Monday first: two hard days, three easy ones, two without running.
RUNNING = (0.0, 1.0, 0.4, 0.4, 0.0, 0.4, 1.0)

QUICK_DAYS, FATIGUE_DAYS = 42, 13
QUICK_MOST, SLOW_MOST, FATIGUE_MOST = 0.20, 0.50, 0.35
GAIN, FATIGUE, RUN_FATIGUE, MISS_FATIGUE = 0.0085, 0.012, 0.35, 0.3
START_SD, TALENT_SD = 0.15, 0.25
MOST_REPORTED = 5
MOST_SETS = 8
# The percentage of the maximum with which 1, 2, 3, ... reps can just be done; then lightest first.
CURVE = (
    *(100.0, 95.5, 92.2, 89.2, 86.3, 83.7, 81.1, 78.6),
    *(76.2, 73.9, 70.7, 68.0, 65.3, 62.6, 59.9, 57.3),
)
RISING = CURVE[::-1]


class Nature(Struct, frozen=True, kw_only=True):
    """What the athletes of one trial have in common.

    ``start_kg`` is the median first maximum. ``under_report`` is how many of the reps left are not
    reported, ``report_sd`` the scatter of reports around that. ``endurance_cv`` is how much
    athletes differ in the reps they can do, ``set_drop`` the fraction of reps lost with each set,
    ``day_sd`` the scatter of daily form, ``guess_sd`` that of the first guess of the maximum.
    Nothing is lifted from the first to the last day of ``layoff``. Loads come in steps of
    ``step_kg``.
    """

    start_kg: float = 80.0
    slow_days: int = 150
    under_report: float = 0.95
    report_sd: float = 1.0
    endurance_cv: float = 0.25
    set_drop: float = 0.07
    day_sd: float = 0.02
    guess_sd: float = 0.0
    layoff: tuple[int, int] = (150, 165)
    logs_rir: bool = True
    step_kg: float = 2.5

    def down(self, load_kg: float) -> float:
        """The load, rounded down to a whole step."""
        return floor(load_kg / self.step_kg + 1e-9) * self.step_kg

    def lifts_on(self, day: int) -> bool:
        """Whether a day is a lifting day."""
        return day % 7 in LIFTING and not self.layoff[0] <= day <= self.layoff[1]


class Planned(NamedTuple):
    """One set as a policy asks for it."""

    load_kg: float
    reps: int


class Row(NamedTuple):
    """One set as done, with the reported reps left: all that a policy sees."""

    load_kg: float
    planned: int
    done: int
    reported: int | None

    @property
    def missed(self) -> bool:
        return self.done < self.planned


class Policy(Protocol):
    """A rule that decides loads and reps."""

    def plan(self, day: int) -> Sequence[Planned]:
        """The sets of a day; empty for no session."""

    def adjusted(self, rest: Sequence[Planned], rows: Sequence[Row]) -> Sequence[Planned]:
        """The remaining sets of today, adjusted after those done so far."""

    def finish(self, rows: Sequence[Row]) -> None:
        """The session is over."""


def reps_at(percent: float) -> float:
    """The reps, 1 to 16, that can be done with a percentage of the maximum; 0 above the maximum."""
    if percent > RISING[-1]:
        return 0.0
    if percent <= RISING[0]:
        return float(len(RISING))
    place = bisect_left(RISING, percent)
    below, above = RISING[place - 1], RISING[place]
    return len(RISING) - place + (above - percent) / (above - below)


def percent_at(reps: float) -> float:
    """The percentage of the maximum with which ``reps``, 1 to 16, can just be done."""
    clamped = min(max(reps, 1.0), float(len(CURVE)))
    place = min(int(clamped) - 1, len(CURVE) - 2)
    return CURVE[place] + (clamped - 1 - place) * (CURVE[place + 1] - CURVE[place])


class Athlete:
    """One athlete, the same under each policy: ``seed`` decides her traits, her form on each day
    and the error of each report."""

    def __init__(self, nature: Nature, seed: int) -> None:
        chance = Random(seed)
        self.nature = nature
        self.first_kg = nature.start_kg * exp(chance.gauss(0, START_SD))
        self.talent = exp(chance.gauss(0, TALENT_SD))
        self.endurance = exp(chance.gauss(0, nature.endurance_cv))
        self.guess_kg = self.first_kg * exp(chance.gauss(0, nature.guess_sd))
        self.quick = self.slow = self.fatigue = 0.0
        self._chance = chance
        self._today_kg = self.first_kg
        self._errors: list[float] = []
        self._work: list[float] = []
        self._misses = 0

    @property
    def max_kg(self) -> float:
        """The maximum she could lift on a day of normal form."""
        return self.first_kg * (1 + self.quick + self.slow) * (1 - self.fatigue)

    def wake(self, day: int) -> None:
        """Begin a day. Every lifting weekday draws equally many random numbers, lifting or not."""
        self._work, self._misses = [], 0
        if day % 7 in LIFTING:
            form = self._chance.gauss(0, self.nature.day_sd)
            self._errors = [self._chance.gauss(0, self.nature.report_sd) for _ in range(MOST_SETS)]
            self._today_kg = self.max_kg * exp(form)

    def lift(self, planned: Planned) -> tuple[Row, float]:
        """Do the next set of the day; return the row, and the reps truly left."""
        number = len(self._work)
        percent = 100 * planned.load_kg / self._today_kg
        able = reps_at(percent)
        if able:
            able = ((able - 1) * self.endurance + 1) * (1 - self.nature.set_drop * number)
        done = min(planned.reps, floor(able))
        missed = done < planned.reps
        left = 0.0 if missed else able - planned.reps
        self._misses += missed
        strain = min(max((percent - 50) / 31, 0.1), 1.3) / 3
        self._work.append(strain * exp(-0.12 * max(0.0, left - 2)) if done else 0.0)
        told = 0 if missed else self._told(left, self._errors[number])
        reported = told if self.nature.logs_rir else None
        return Row(planned.load_kg, planned.reps, done, reported), left

    def _told(self, left: float, error: float) -> int:
        known = left - (self.nature.under_report if left > 1 else 0.0)
        return min(max(round(known + error), 0), MOST_REPORTED)

    def sleep(self, day: int) -> None:
        """End a day: add the effect of its training, and let earlier effects decay."""
        work = sum(self._work)
        gain, slow_days = GAIN * self.talent * work, self.nature.slow_days
        self.quick += gain * max(0.0, 1 - self.quick / QUICK_MOST) - self.quick / QUICK_DAYS
        self.slow += gain * max(0.0, 1 - self.slow / SLOW_MOST) - self.slow / slow_days
        tiring = work * (1 + MISS_FATIGUE * self._misses / len(self._work)) if self._work else 0.0
        tiring += RUN_FATIGUE * RUNNING[day % 7]
        faded = self.fatigue * (1 - 1 / FATIGUE_DAYS)
        self.fatigue = min(FATIGUE_MOST, faded + FATIGUE * tiring)


class Scores(NamedTuple):
    """The results of a year. Gain, fatigue and race-day maximum are percent of the first maximum;
    misses are percent of sets; sessions in the band (mean true reps left 1 to 3.5) percent of
    sessions."""

    sets: float
    gain: float
    failed: float
    in_band: float
    race_fatigue: float
    race_max: float
    spikes: float


BAND = (1.0, 3.5)
SPIKE = 1.3


def year(athlete: Athlete, policy: Policy) -> Scores:
    """Simulate a year of an athlete under a policy."""
    sets = misses = sessions = in_band = 0
    races: list[tuple[float, float]] = []
    tonnage = [0.0] * (DAYS // 7)
    for day in range(DAYS):
        athlete.wake(day)
        if athlete.nature.lifts_on(day):
            rows, left = session(athlete, policy, day)
            sets += len(rows)
            misses += sum(row.missed for row in rows)
            sessions += bool(rows)
            in_band += bool(rows) and BAND[0] <= left <= BAND[1]
            tonnage[day // 7] += sum(row.load_kg * row.done for row in rows)
        athlete.sleep(day)
        if day in RACES:
            races.append((athlete.fatigue, athlete.max_kg / athlete.first_kg - 1))
    return Scores(
        sets=sets,
        gain=100 * (athlete.quick + athlete.slow),
        failed=100 * misses / sets,
        in_band=100 * in_band / sessions,
        race_fatigue=100 * sum(race[0] for race in races) / len(races),
        race_max=100 * sum(race[1] for race in races) / len(races),
        spikes=spikes(tonnage),
    )


def session(athlete: Athlete, policy: Policy, day: int) -> tuple[list[Row], float]:
    """Do one day's session; return its rows, and the mean of the reps truly left."""
    rows: list[Row] = []
    left: list[float] = []
    rest = policy.plan(day)
    while rest:
        row, truly = athlete.lift(rest[0])
        rows.append(row)
        left.append(truly)
        rest = rest[1:]
        if rest:
            rest = policy.adjusted(rest, rows)
    if rows:
        policy.finish(rows)
    return rows, sum(left) / len(left) if left else 0.0


def spikes(tonnage: Sequence[float]) -> int:
    """The number of weeks with over 1.3 times the highest tonnage of the four weeks before."""
    return sum(
        week > SPIKE * max(tonnage[place - 4 : place])
        for place, week in enumerate(tonnage)
        if place >= 4
    )
