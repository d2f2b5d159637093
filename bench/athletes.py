"""Simulates a year of lifting under our calculator and under other rules for choosing loads.

    python bench/athletes.py [--athletes 300] [--jobs N] [--sets core|stress|light|dumbbells|all]

Each athlete lives the same year under each rule, so differences come from the rules alone. It
prints a table of all rules; then, for each way in which athletes, reports, guesses or equipment may
differ from what is assumed, whether the calculator meets its bars. The exit status is 1 if it
misses one. All of this is simulated: it says which rule copes better within the model, and nothing
about real people.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from math import sqrt
from statistics import fmean, stdev
from time import perf_counter
from typing import NamedTuple

from _athlete import Athlete, Nature, Policy, Scores, every, year
from _calculator import Beginner, Calculator
from _first_edition import FirstEdition
from _policies import Dp, Fixed, Linear, Lp, Oracle, Rested, RestedAlike
from msgspec.structs import replace

OURS, OURS_BEGINNER = "calculator, intermediate", "calculator, beginner"
FIRST_EDITION = "first edition, intermediate"
LP, RESTED, ALIKE = "lp as it is", "lp, rest and taper", "lp, and light after races"
POLICIES: Mapping[str, Callable[[Athlete], Policy]] = {
    "fixed, a step each time": Fixed,
    LP: Lp,
    RESTED: Rested,
    ALIKE: RestedAlike,
    "dp as it is": Dp,
    "linear as it is": Linear,
    FIRST_EDITION: FirstEdition,
    OURS_BEGINNER: Beginner,
    OURS: Calculator,
    "oracle, 3 reps": Oracle,
}
PAIRED = (RESTED, ALIKE, FIRST_EDITION, OURS, OURS_BEGINNER)
# Others know only what was lifted, so their year is the same whatever was told of it.
HEEDING = (FIRST_EDITION, OURS, OURS_BEGINNER)
DEFAULT, TYPOS = "default", "typos in 0.3 % of loads"
CORE = {
    DEFAULT: Nature(),
    "slow gains fade in 100 days": Nature(slow_days=100),
    "slow gains fade in 200 days": Nature(slow_days=200),
    "reports true": Nature(under_report=0.0),
    "reports 1 rep too few": Nature(under_report=1.0),
    "reports 2 reps too few": Nature(under_report=2.0),
    "reports scatter by 0.5": Nature(report_sd=0.5),
    "reports scatter by 1.5": Nature(report_sd=1.5),
    "endurance differs by 15 %": Nature(endurance_cv=0.15),
    "endurance differs by 35 %": Nature(endurance_cv=0.35),
    "sets cost 3 % of the reps": Nature(set_drop=0.03),
    "sets cost 12 % of the reps": Nature(set_drop=0.12),
    "28 days off": Nature(layoff=(150, 177)),
    "no reports": Nature(reported=0.0),
    "first guess off by 15 %": Nature(guess_sd=0.15),
    "first maximum 40 kg": Nature(start_kg=40.0),
}
HARD = Nature(under_report=2.0, report_sd=1.5, endurance_cv=0.35, day_sd=0.04, guess_sd=0.15)
STRESS = {
    "form of the day 1 %": Nature(day_sd=0.01),
    "form of the day 4 %": Nature(day_sd=0.04),
    "steps of 5 kg": Nature(owned=every(5.0)),
    "40 kg, steps of 5 kg": Nature(start_kg=40.0, owned=every(5.0)),
    "hard": HARD,
    "hard, no reports": replace(HARD, reported=0.0),
}
LIGHT = {
    "first guess x 0.3": Nature(guess=0.3),
    "first guess x 0.4": Nature(guess=0.4),
    "first guess x 0.6": Nature(guess=0.6),
    "first guess x 1.5": Nature(guess=1.5),
    "no first guess": Nature(guess_sd=0.3, stated=False),
    "x 0.5, no reports": Nature(guess=0.5, reported=0.0),
    "reports on 30 % of sets": Nature(reported=0.3),
    "each reports in her own way": Nature(under_report_sd=1.0),
    TYPOS: Nature(typos=0.003),
}
# A split squat with a dumbbell in each hand. The share is not quite what the calculator assumes.
SPLIT_SQUAT = Nature(
    lift="split-squat", start_kg=112.0, implements=2, share=0.8, owned=(0.0, *every(5.0, 40.0))
)
DUMBBELLS = {
    "dumbbells 2 kg apart": replace(SPLIT_SQUAT, owned=(0.0, *every(2.0, 40.0))),
    "dumbbells 2.5 kg apart": replace(SPLIT_SQUAT, owned=(0.0, *every(2.5, 40.0))),
    "dumbbells 4 kg apart": replace(SPLIT_SQUAT, owned=(0.0, *every(4.0, 40.0))),
    "dumbbells 5 kg apart": SPLIT_SQUAT,
    "dumbbells to 20 kg": replace(SPLIT_SQUAT, owned=(0.0, *every(2.5, 20.0))),
    "one kettlebell": replace(
        SPLIT_SQUAT, start_kg=88.0, implements=1, owned=(0.0, 8.0, 12.0, 16.0, 20.0, 24.0, 32.0)
    ),
    "calf raise, to 20 kg": Nature(
        lift="calf-raise", start_kg=150.0, implements=2, share=0.95, owned=(0.0, *every(2.5, 20.0))
    ),
    "all at once": replace(
        SPLIT_SQUAT,
        share=0.9,
        owned=(0.0, *every(4.0, 40.0)),
        guess=0.4,
        reported=0.3,
        under_report_sd=1.0,
        typos=0.003,
    ),
}
KINDS = {"core": CORE, "stress": STRESS, "light": LIGHT, "dumbbells": DUMBBELLS}
# Rules were tuned and judged on lower seeds.
FIRST_SEED = 80000
# Athletes per process and batch.
SHARE = 25

Year = Mapping[str, Sequence[Scores]]


class Measured(NamedTuple):
    """A value and its standard error."""

    value: float
    error: float


class Bar(NamedTuple):
    """What a bar is about, and whether its limit is the most or the least. None is measured of what
    is not shown."""

    title: str
    measure: Callable[[Year, str], Measured | None]
    most: bool = False

    def held(self, value: float, limit: float) -> bool:
        """Whether a value meets the bar."""
        return value <= limit if self.most else value >= limit


def mean(values: Sequence[float]) -> Measured:
    """The mean over athletes."""
    return Measured(fmean(values), stdev(values) / sqrt(len(values)))


def quantile(values: Sequence[float], share: float) -> Measured:
    """The value of a rank among athletes; its error comes from the ranks around it."""
    ranked, count = sorted(values), len(values)
    reach = sqrt(share * (1 - share) / count)
    low, at, up = (
        ranked[min(count - 1, int(count * rank))] for rank in (share - reach, share, share + reach)
    )
    return Measured(at, (up - low) / 2)


def of(name: str, year: Year, ours: str) -> Measured | None:
    """The mean of one score, over the athletes who have one."""
    values = [getattr(one, name) for one in year[ours]]
    known = [value for value in values if value is not None]
    return mean(known) if len(known) > 1 else None


def ranked(name: str, share: float, year: Year, ours: str) -> Measured:
    """The value of one score at a rank among athletes."""
    return quantile([getattr(one, name) for one in year[ours]], share)


def more_gain(than: str, year: Year, ours: str) -> Measured:
    """The gain compared with another policy, athlete by athlete."""
    pairs = zip(year[ours], year[than], strict=True)
    return mean([one.gain - other.gain for one, other in pairs])


def gain_share(of_policy: str, year: Year, ours: str) -> Measured:
    """The gain as a percentage of that under another policy."""
    theirs = [other.gain for other in year[of_policy]]
    mine = [one.gain for one in year[ours]]
    whole = fmean(theirs)
    share = fmean(mine) / whole
    off = mean([one - share * other for one, other in zip(mine, theirs, strict=True)])
    return Measured(100 * share, 100 * off.error / whole)


def off_clean(name: str, year: Year, ours: str) -> Measured:
    """How far a score is from that of the same athletes who log without typos."""
    pairs = zip(year[ours], year[clean(ours)], strict=True)
    found = mean([getattr(one, name) - getattr(other, name) for one, other in pairs])
    return Measured(abs(found.value), found.error)


def clean(ours: str) -> str:
    """The name of a policy whose loads are logged without typos."""
    return f"{ours}, no typos"


MORE = Bar("gain - lp", partial(more_gain, ALIKE))
SHARE_ALIKE = Bar("gain % of lp", partial(gain_share, ALIKE))
SHARE_RESTED = Bar("gain % of lp", partial(gain_share, RESTED))
OVER_FIRST = Bar("gain - first", partial(more_gain, FIRST_EDITION))
FAILED = Bar("failed %", partial(of, "failed"), most=True)
HIGH_FAILED = Bar("p90 failed %", partial(ranked, "failed", 0.9), most=True)
IN_BAND = Bar("in band %", partial(of, "in_band"))
TO_BAND = Bar("to band", partial(ranked, "to_band", 0.5), most=True)
HIGH_TO_BAND = Bar("p90 to band", partial(ranked, "to_band", 0.9), most=True)
FATIGUE = Bar("race fatigue %", partial(of, "race_fatigue"), most=True)
SPIKES = Bar("spikes", partial(of, "spikes"), most=True)
REPORT_80 = Bar("in 80 % range", partial(of, "report_80"))
NOT_WIDE = Bar("80 % not wide", partial(of, "report_80"), most=True)
REPORT_95 = Bar("in 95 % range", partial(of, "report_95"))
LIKELY = Bar("likely holds %", partial(of, "likely"))
TYPO_GAIN = Bar("gain off clean", partial(off_clean, "gain"), most=True)
TYPO_FAILED = Bar("failed off it", partial(off_clean, "failed"), most=True)
# In the order in which they are printed.
BARS = (
    *(MORE, SHARE_ALIKE, SHARE_RESTED, OVER_FIRST, FAILED, HIGH_FAILED, IN_BAND, TO_BAND),
    *(HIGH_TO_BAND, FATIGUE, SPIKES, REPORT_80, NOT_WIDE, REPORT_95, LIKELY),
    *(TYPO_GAIN, TYPO_FAILED),
)

Limits = Mapping[Bar, float]


def usual(
    failed: tuple[float, float],
    in_band: float,
    high_to_band: float,
    report_80: tuple[float, float],
    report_95: float,
    likely: float,
) -> Limits:
    """The limits of a kind of sets: failed sets are mean and 90th percentile, the share of reports
    in the range of 80 % at least and at most."""
    return {
        FAILED: failed[0],
        HIGH_FAILED: failed[1],
        IN_BAND: in_band,
        TO_BAND: 3,
        HIGH_TO_BAND: high_to_band,
        FATIGUE: 5,
        SPIKES: 1.2,
        REPORT_80: report_80[0],
        NOT_WIDE: report_80[1],
        REPORT_95: report_95,
        LIKELY: likely,
    }


EACH: Mapping[str, Limits] = {
    "core": usual((2.2, 3), 67, 6, (74, 90), 93, 90),
    "stress": usual((2.6, 3.5), 56, 8, (68, 85), 89, 65),
    "light": usual((2.4, 3), 60, 6, (73, 86), 94, 86),
    "dumbbells": usual((1.9, 2.7), 66, 6, (78, 86), 93, 76),
}
OF_LEVEL: Mapping[tuple[str, str], Limits] = {
    ("core", OURS): {MORE: 1.2, OVER_FIRST: -0.2},
    ("stress", OURS): {SHARE_ALIKE: 97, OVER_FIRST: -0.3},
    ("light", OURS): {MORE: 1.4, OVER_FIRST: -0.3},
    ("dumbbells", OURS): {MORE: 1.0, OVER_FIRST: 1.7},
    ("core", OURS_BEGINNER): {SHARE_RESTED: 90, LIKELY: 83},
    ("stress", OURS_BEGINNER): {SHARE_RESTED: 83, IN_BAND: 51},
    ("light", OURS_BEGINNER): {SHARE_RESTED: 92},
    ("dumbbells", OURS_BEGINNER): {SHARE_RESTED: 88},
}
# Limits of a set that differ from those of its kind; of gains only an intermediate's.
OF_SET: Mapping[str, Limits] = {
    "reports true": {MORE: 1.0},
    "reports 1 rep too few": {MORE: 1.0},
    "reports 2 reps too few": {MORE: 1.0, LIKELY: 75},
    "endurance differs by 15 %": {MORE: 1.0},
    "endurance differs by 35 %": {MORE: 1.0},
    "sets cost 3 % of the reps": {MORE: 1.0},
    "sets cost 12 % of the reps": {MORE: 1.0},
    "no reports": {FAILED: 2.4},
    "40 kg, steps of 5 kg": {OVER_FIRST: -0.8},
    "hard, no reports": {OVER_FIRST: -1.1},
    "first guess x 0.3": {OVER_FIRST: 12, TO_BAND: 6, HIGH_TO_BAND: 9},
    "first guess x 0.4": {OVER_FIRST: 3, TO_BAND: 5, HIGH_TO_BAND: 7},
    "first guess x 0.6": {TO_BAND: 4, HIGH_TO_BAND: 6},
    "x 0.5, no reports": {TO_BAND: 13, HIGH_TO_BAND: 16},
    TYPOS: {TYPO_GAIN: 0.2, TYPO_FAILED: 0.2},
    "all at once": {FAILED: 2.8, TO_BAND: 6, HIGH_TO_BAND: 9},
}
# From a light guess a beginner, who goes up by less, needs a few sessions more.
SLOWER = ("first guess x 0.3", "first guess x 0.4", "first guess x 0.6", "no first guess")
SLOWER_BY = 3
# Not a bar, but printed: failed sets at most so many percent, and no more than the first edition.
WISHED_FAILED = 2.0


def limits(kind: str, ours: str, name: str) -> Limits:
    """The limit of each bar for a policy in one set."""
    found = {**EACH[kind], **OF_LEVEL[kind, ours]}
    own = OF_SET.get(name, {})
    found |= {bar: at for bar, at in own.items() if bar in found or bar in (TYPO_GAIN, TYPO_FAILED)}
    if ours == OURS_BEGINNER and name in SLOWER:
        found |= {bar: found[bar] + SLOWER_BY for bar in (TO_BAND, HIGH_TO_BAND)}
    return found


def years(nature: Nature, policy: str, seeds: Iterable[int]) -> list[Scores]:
    """A year of each athlete under the policy of that name."""
    found = []
    for seed in seeds:
        athlete = Athlete(nature, seed)
        found.append(year(athlete, POLICIES[policy](athlete)))
    return found


def untold(nature: Nature) -> Nature:
    """A nature without what only matters to those who heed reports, logged loads and guesses."""
    usual = Nature()
    told = ("under_report", "under_report_sd", "report_sd", "reported", "typos")
    guessed = ("guess", "guess_sd", "stated")
    return replace(nature, **{name: getattr(usual, name) for name in (*told, *guessed)})


Coming = Sequence[Future[list[Scores]]]


class Simulation:
    """Simulates in several processes; a year that several sets share is simulated once."""

    def __init__(self, athletes: int, pool: ProcessPoolExecutor) -> None:
        last = FIRST_SEED + athletes
        self.shares = [range(at, min(at + SHARE, last)) for at in range(FIRST_SEED, last, SHARE)]
        self.pool = pool
        self.begun: dict[tuple[str, Nature], Coming] = {}

    def begin(self, name: str, nature: Nature) -> Mapping[str, Coming]:
        """Begin to simulate a set under each policy; under all of them only the default."""
        policies = POLICIES if name == DEFAULT else PAIRED
        coming = {policy: self._years(policy, nature) for policy in policies}
        if name == TYPOS:
            right = replace(nature, typos=0.0)
            coming |= {clean(ours): self._years(ours, right) for ours in (OURS, OURS_BEGINNER)}
        return coming

    def _years(self, policy: str, nature: Nature) -> Coming:
        lived = nature if policy in HEEDING else untold(nature)
        if (policy, lived) not in self.begun:
            batches = [self.pool.submit(years, lived, policy, share) for share in self.shares]
            self.begun[policy, lived] = batches
        return self.begun[policy, lived]


def scores(coming: Mapping[str, Coming]) -> dict[str, list[Scores]]:
    """The scores by policy, athlete by athlete, once they are there."""
    return {
        policy: [one for future in futures for one in future.result()]
        for policy, futures in coming.items()
    }


COLUMNS = (
    *(partial(of, "gain"), FAILED.measure, HIGH_FAILED.measure, IN_BAND.measure),
    *(TO_BAND.measure, HIGH_TO_BAND.measure, FATIGUE.measure, partial(of, "race_max")),
    *(SPIKES.measure, REPORT_80.measure, REPORT_95.measure, LIKELY.measure),
)
HEADS = (
    *("gain %", "failed %", "p90 failed %", "in band %", "to band", "p90 to band"),
    *("race fatigue %", "race-day max %", "spikes", "in 80 % range", "in 95 % range"),
    "likely holds %",
)
CELL = 16


def show_policies(scored: Year) -> None:
    """Print the table of all policies."""
    width = max(map(len, scored))
    print(f"\n{'':{width}}{''.join(f'{head:>{CELL}}' for head in HEADS)}")
    for name in scored:
        cells = (told(measure(scored, name)) for measure in COLUMNS)
        print(f"{name:{width}}{''.join(f'{cell:>{CELL}}' for cell in cells)}")


def told(measured: Measured | None) -> str:
    """A value with its standard error, as text."""
    return f"{measured.value:.2f} ±{measured.error:.2f}" if measured else "not shown"


def show_bars(kind: str, ours: str, scored: Mapping[str, Year]) -> list[str]:
    """Print a line for each set and a column for each bar, with ``!`` where it is missed; then
    what was missed. Return that."""
    bars = [bar for bar in BARS if any(bar in limits(kind, ours, name) for name in scored)]
    width = max(map(len, scored))
    print(f"\n{kind}: {ours}\n{'':{width}}{''.join(f'{bar.title:>{CELL}}' for bar in bars)}")
    missed = []
    for name, by_policy in scored.items():
        line, limit = f"{name:{width}}", limits(kind, ours, name)
        for bar in bars:
            found = bar.measure(by_policy, ours) if bar in limit else None
            short = found is not None and not bar.held(found.value, limit[bar])
            cell = told(found) if bar in limit else ""
            line += f"{cell:>{CELL - 1}}{'!' if short else ' '}"
            if short:
                least = f"{'<=' if bar.most else '>='} {limit[bar]:g}"
                missed.append(f"{name}: {bar.title} {told(found)}, not {least}")
        print(line.rstrip(), flush=True)
    for one in missed:
        print(f"  missed: {one}")
    return missed


def show_wish(ours: str, scored: Mapping[str, Year]) -> None:
    """Print in which sets a wish beyond the bars does not come true."""
    for name, by_policy in scored.items():
        failed, before = (of("failed", by_policy, policy) for policy in (ours, FIRST_EDITION))
        assert failed is not None
        assert before is not None
        beaten = ours == OURS and failed.value > before.value
        if failed.value > WISHED_FAILED or beaten:
            than = f", first edition {told(before)}" if ours == OURS else ""
            print(f"  wished: {name}: failed % {told(failed)}{than}")


def main() -> int:
    """Simulate and print; return 1 if a bar was missed."""
    parser = argparse.ArgumentParser(description="Simulated athletes under several rules.")
    parser.add_argument("--athletes", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--sets", choices=[*KINDS, "all"], default="all")
    options = parser.parse_args()
    if options.athletes < 2:
        parser.error("a standard error needs two athletes")
    chosen = [kind for kind in KINDS if options.sets in (kind, "all")]
    begun = perf_counter()
    print(f"simulated: {options.athletes} athletes, a year each; ± is the standard error")
    missed = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        simulation = Simulation(options.athletes, pool)
        coming = {
            kind: {name: simulation.begin(name, nature) for name, nature in KINDS[kind].items()}
            for kind in chosen
        }
        for kind in chosen:
            scored = {name: scores(by_policy) for name, by_policy in coming[kind].items()}
            if DEFAULT in scored:
                show_policies(scored[DEFAULT])
            for ours in (OURS, OURS_BEGINNER):
                missed += len(show_bars(kind, ours, scored))
                show_wish(ours, scored)
    print(f"\nbars missed: {missed}; {perf_counter() - begun:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
