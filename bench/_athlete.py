"""Simulates an athlete who lifts twice a week for a year, runs, and races three times.

Fitness and fatigue rise with training and decay at their own rates (Banister's model): quick gains
in 42 days, slow ones in 150, fatigue in 13. The gain per set, the reps that a load allows and the
error of reports are set from published data on lifters; they say nothing about a single person.

Strength is a maximum in system load: what the working limbs raise, implements and a share of the
body. Planned and logged loads are those of one implement (the whole bar, one dumbbell). All loads
are kilograms; day 0 is a Monday; gains and fatigue are fractions of the first maximum.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import exp, floor
from random import Random
from statistics import NormalDist, fmean
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
# Beyond the last of them, each further rep takes this much of a percentage.
PERCENT_PER_REP = 2.6
WEIGHT_KG, WEIGHT_SD = 70.0, 0.15
EQUAL = 1e-9


def every(step_kg: float, most_kg: float = 400.0) -> tuple[float, ...]:
    """The loads from one step up to ``most_kg``."""
    return tuple(step_kg * n for n in range(1, floor(most_kg / step_kg) + 1))


class Nature(Struct, frozen=True, kw_only=True):
    """What the athletes of one trial have in common.

    ``start_kg`` is the median first maximum in system load: ``implements`` times the load of one,
    plus ``share`` of the body weight. ``owned`` are the loads of one implement, lightest first.
    ``under_report`` is how many of the reps left are not reported, on average over athletes with
    an SD of ``under_report_sd``; ``report_sd`` is the scatter of one athlete's reports.
    ``reported`` is the share of sets with a report, ``typos`` that of loads logged ten times too
    high or too low. ``endurance_cv`` is how much athletes differ in the reps they can do,
    ``set_drop`` the fraction of reps lost with each set, ``day_sd`` the scatter of daily form.
    The first guess is ``guess`` times the first maximum (of one implement), with a scatter of
    ``guess_sd``; if it is not ``stated``, it is what a table would have said. Nothing is lifted
    from the first to the last day of ``layoff``. ``lift`` is the exercise it is for the calculator.
    """

    lift: str = "back-squat"
    start_kg: float = 80.0
    implements: int = 1
    share: float = 0.0
    owned: tuple[float, ...] = every(2.5)
    slow_days: int = 150
    under_report: float = 0.95
    under_report_sd: float = 0.0
    report_sd: float = 1.0
    reported: float = 1.0
    typos: float = 0.0
    endurance_cv: float = 0.25
    set_drop: float = 0.07
    day_sd: float = 0.02
    guess: float = 1.0
    guess_sd: float = 0.0
    stated: bool = True
    layoff: tuple[int, int] = (150, 165)

    def down(self, load_kg: float) -> float:
        """The heaviest load owned that is not above a load, or the lightest."""
        return self.owned[max(0, bisect_right(self.owned, load_kg + EQUAL) - 1)]

    def stepped(self, load_kg: float, steps: int) -> float:
        """The load owned that is a number of steps above, or below, a load owned."""
        at = bisect_left(self.owned, load_kg - EQUAL) + steps
        return self.owned[min(max(at, 0), len(self.owned) - 1)]

    def lifts_on(self, day: int) -> bool:
        """Whether a day is a lifting day."""
        return day % 7 in LIFTING and not self.layoff[0] <= day <= self.layoff[1]


class Planned(NamedTuple):
    """One set as a policy asks for it."""

    load_kg: float
    reps: int


class Row(NamedTuple):
    """One set as logged, with the reported reps left: all that a policy sees."""

    load_kg: float
    planned: int
    done: int
    reported: int | None

    @property
    def missed(self) -> bool:
        return self.done < self.planned


class Lifted(NamedTuple):
    """One set as it was: the ``row`` that is logged, the load in truth, the reps truly ``left``,
    and what a report of them says, logged or not."""

    row: Row
    load_kg: float
    left: float
    told: int


class Report(NamedTuple):
    """The report that is expected of a set, and the range that should hold 80 % of reports."""

    mean: float
    low: float
    high: float


class Shown(NamedTuple):
    """What a policy says before a session: the likely range of the maximum, in kilograms of one
    implement, and the report it expects of the first set. None for what it does not say."""

    likely: tuple[float, float] | None = None
    report: Report | None = None


class Policy(Protocol):
    """A rule that decides loads and reps."""

    def plan(self, day: int) -> Sequence[Planned]:
        """The sets of a day; empty for no session."""

    def adjusted(self, rest: Sequence[Planned], rows: Sequence[Row]) -> Sequence[Planned]:
        """The remaining sets of today, adjusted after those done so far."""

    def finish(self, rows: Sequence[Row]) -> None:
        """The session is over."""

    def shown(self) -> Shown:
        """What is said about the session just planned."""


def reps_at(percent: float) -> float:
    """The reps that can be done with a percentage of the maximum; 0 above the maximum."""
    if percent > RISING[-1]:
        return 0.0
    if percent <= RISING[0]:
        return len(RISING) + (RISING[0] - percent) / PERCENT_PER_REP
    place = bisect_left(RISING, percent)
    below, above = RISING[place - 1], RISING[place]
    return len(RISING) - place + (above - percent) / (above - below)


def percent_at(reps: float) -> float:
    """The percentage of the maximum with which ``reps``, 1 to 16, can just be done."""
    clamped = min(max(reps, 1.0), float(len(CURVE)))
    place = min(int(clamped) - 1, len(CURVE) - 2)
    return CURVE[place] + (clamped - 1 - place) * (CURVE[place + 1] - CURVE[place])


class Athlete:
    """One athlete, the same under each policy: ``seed`` decides her traits, her form on each day,
    the error of each report and the slips of the log."""

    def __init__(self, nature: Nature, seed: int) -> None:
        chance = Random(seed)
        self.nature = nature
        self.first_kg = nature.start_kg * exp(chance.gauss(0, START_SD))
        self.talent = exp(chance.gauss(0, TALENT_SD))
        self.endurance = exp(chance.gauss(0, nature.endurance_cv))
        self._guess = nature.guess * exp(chance.gauss(0, nature.guess_sd))
        # A generator of its own, so that one more trait or slip leaves the rest as it was.
        slips = Random(f"{seed} slips")
        heavy = exp(slips.gauss(0, WEIGHT_SD))
        self.weight_kg = WEIGHT_KG * heavy
        if nature.share:
            # Where the body is part of the load, strength goes with its weight.
            self.first_kg *= heavy
        self.under_report = nature.under_report + nature.under_report_sd * slips.gauss(0, 1)
        self.quick = self.slow = self.fatigue = 0.0
        self.today_kg = self.first_kg
        # Where a report falls within the whole rep to which it was rounded.
        self.rank = 0.5
        self._chance, self._slips = chance, slips
        self._errors: list[float] = []
        self._unlogged: list[bool] = []
        self._factors: list[float] = []
        self._work: list[float] = []
        self._misses = 0

    def system_kg(self, load_kg: float) -> float:
        """What is raised in all with a load of one implement."""
        return self.nature.implements * load_kg + self.nature.share * self.weight_kg

    def implement_kg(self, system_kg: float) -> float:
        """The load of one implement with which ``system_kg`` is raised in all."""
        return (system_kg - self.nature.share * self.weight_kg) / self.nature.implements

    @property
    def guess_kg(self) -> float:
        """The first guess of the maximum of one implement, at least the lightest."""
        lightest = next(load for load in self.nature.owned if load > 0)
        return max(lightest, self._guess * self.implement_kg(self.first_kg))

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
            self.today_kg = self.max_kg * exp(form)
            slips = self._slips.random
            self.rank = slips()
            self._unlogged = [slips() >= self.nature.reported for _ in range(MOST_SETS)]
            self._factors = [self._typo(slips(), slips()) for _ in range(MOST_SETS)]

    def _typo(self, whether: float, which: float) -> float:
        """The factor by which a logged load is wrong."""
        return 1.0 if whether >= self.nature.typos else 10.0 if which < 0.5 else 0.1

    def lift(self, planned: Planned) -> Lifted:
        """Do the next set of the day."""
        number = len(self._work)
        percent = 100 * self.system_kg(planned.load_kg) / self.today_kg
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
        row = Row(
            planned.load_kg * self._factors[number],
            planned.reps,
            done,
            None if self._unlogged[number] else told,
        )
        return Lifted(row, planned.load_kg, left, told)

    def _told(self, left: float, error: float) -> int:
        known = left - (self.under_report if left > 1 else 0.0)
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
    sessions; ``to_band`` is the number of the first whose last set was in it. The last three are
    percent of sessions after the sixth, None if nothing is shown: first sets whose report was in
    the range that should hold 80 % and 95 % of reports, and how often the true maximum was in its
    likely range."""

    sets: float
    gain: float
    failed: float
    in_band: float
    to_band: float
    race_fatigue: float
    race_max: float
    spikes: float
    report_80: float | None
    report_95: float | None
    likely: float | None


BAND = (1.0, 3.5)
NEVER = 999
SPIKE = 1.3
# Sessions before what is shown is judged.
LEARNING = 6
# The SDs between which 80 % of a normal distribution lies.
SD_80 = 1.28
NORMAL = NormalDist()


class Judged:
    """How often what a policy showed was right."""

    def __init__(self) -> None:
        self.within_80: list[bool] = []
        self.within_95: list[bool] = []
        self.likely: list[bool] = []

    def judge(self, athlete: Athlete, shown: Shown, told: int) -> None:
        """Compare what was shown with the true maximum, and with the report of the first set."""
        if shown.likely is not None:
            low, high = shown.likely
            self.likely.append(low <= athlete.implement_kg(athlete.max_kg) <= high)
        if shown.report is not None:
            off = abs(rank_of(shown.report, told, athlete.rank) - 0.5)
            self.within_80.append(off <= 0.4)
            self.within_95.append(off <= 0.475)


def rank_of(report: Report, told: int, place: float) -> float:
    """The share of reports that were expected to be lower, 0 to 1. A report is rounded, 0 is "or
    less" and 5 "or more": ``place``, 0 to 1, says where within them it falls."""
    sd = (report.high - report.low) / (2 * SD_80)
    below = 0.0 if told <= 0 else NORMAL.cdf((told - 0.5 - report.mean) / sd)
    up_to = 1.0 if told >= MOST_REPORTED else NORMAL.cdf((told + 0.5 - report.mean) / sd)
    return below + place * (up_to - below)


def banded(left: float) -> bool:
    """Whether reps left are as many as intended."""
    return BAND[0] <= left <= BAND[1]


def percentage(values: Sequence[bool]) -> float | None:
    """The percentage that is true; None of nothing."""
    return 100 * sum(values) / len(values) if values else None


def year(athlete: Athlete, policy: Policy) -> Scores:
    """Simulate a year of an athlete under a policy."""
    sets = misses = 0
    means: list[float] = []
    last: list[float] = []
    judged = Judged()
    races: list[tuple[float, float]] = []
    tonnage = [0.0] * (DAYS // 7)
    for day in range(DAYS):
        athlete.wake(day)
        done = session(athlete, policy, day) if athlete.nature.lifts_on(day) else []
        if done:
            if len(means) >= LEARNING:
                judged.judge(athlete, policy.shown(), done[0].told)
            sets += len(done)
            misses += sum(one.row.missed for one in done)
            means.append(fmean(one.left for one in done))
            last.append(done[-1].left)
            tonnage[day // 7] += sum(athlete.system_kg(one.load_kg) * one.row.done for one in done)
        athlete.sleep(day)
        if day in RACES:
            races.append((athlete.fatigue, athlete.max_kg / athlete.first_kg - 1))
    return Scores(
        sets=sets,
        gain=100 * (athlete.quick + athlete.slow),
        failed=100 * misses / sets,
        in_band=100 * fmean(map(banded, means)),
        to_band=next((n for n, left in enumerate(last, start=1) if banded(left)), NEVER),
        race_fatigue=100 * sum(race[0] for race in races) / len(races),
        race_max=100 * sum(race[1] for race in races) / len(races),
        spikes=spikes(tonnage),
        report_80=percentage(judged.within_80),
        report_95=percentage(judged.within_95),
        likely=percentage(judged.likely),
    )


def session(athlete: Athlete, policy: Policy, day: int) -> list[Lifted]:
    """Do one day's session; return its sets."""
    done: list[Lifted] = []
    rest = policy.plan(day)
    while rest:
        done.append(athlete.lift(rest[0]))
        rest = rest[1:]
        if rest:
            rest = policy.adjusted(rest, [one.row for one in done])
    if done:
        policy.finish([one.row for one in done])
    return done


def spikes(tonnage: Sequence[float]) -> int:
    """The number of weeks with over 1.3 times the highest tonnage of the four weeks before."""
    return sum(
        week > SPIKE * max(tonnage[place - 4 : place])
        for place, week in enumerate(tonnage)
        if place >= 4
    )
