"""Simulates a year of lifting under our calculator and under other rules for choosing loads.

    python bench/athletes.py [--athletes 300] [--jobs N] [--sets core|stress|all]

Each athlete lives the same year under each rule, so differences come from the rules alone. It
prints a table of all rules; then, for each way in which athletes or reports may differ from what is
assumed, one parameter at a time, whether the calculator meets its bars. The exit status is 1 if it
misses one. All of this is simulated: it says which rule copes better within the model, and nothing
about real people.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import sqrt
from statistics import fmean, stdev
from time import perf_counter
from typing import NamedTuple

from _athlete import Athlete, Nature, Policy, Scores, year
from _calculator import Beginner, Calculator
from _policies import Dp, Fixed, Linear, Lp, Oracle, Rested
from msgspec.structs import replace

OURS, OURS_BEGINNER = "calculator, intermediate", "calculator, beginner"
LP, RESTED = "lp as it is", "lp, rest and taper"
POLICIES: Mapping[str, Callable[[Athlete], Policy]] = {
    "fixed, +2.5 kg": Fixed,
    LP: Lp,
    RESTED: Rested,
    "dp as it is": Dp,
    "linear as it is": Linear,
    OURS_BEGINNER: Beginner,
    OURS: Calculator,
    "oracle, 3 reps": Oracle,
}
PAIRED = (LP, RESTED, OURS, OURS_BEGINNER)
DEFAULT = "default"
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
    "no reports": Nature(logs_rir=False),
    "first guess off by 15 %": Nature(guess_sd=0.15),
    "first maximum 40 kg": Nature(start_kg=40.0),
}
HARD = Nature(under_report=2.0, report_sd=1.5, endurance_cv=0.35, day_sd=0.04, guess_sd=0.15)
STRESS = {
    "form of the day 1 %": Nature(day_sd=0.01),
    "form of the day 4 %": Nature(day_sd=0.04),
    "steps of 5 kg": Nature(step_kg=5.0),
    "40 kg, steps of 5 kg": Nature(start_kg=40.0, step_kg=5.0),
    "all of it": HARD,
    "all of it, no reports": replace(HARD, logs_rir=False),
}
FIRST_SEED = 30000
# Athletes per process and batch.
SHARE = 25

Year = Mapping[str, Sequence[Scores]]


class Measured(NamedTuple):
    """A value and its standard error."""

    value: float
    error: float


class Bar(NamedTuple):
    """A limit that a policy must meet: at least, or (``most``) at most, ``limit``."""

    title: str
    limit: float
    measure: Callable[[Year, Sequence[Scores]], Measured]
    most: bool = False

    def held(self, value: float) -> bool:
        """Whether a value meets the bar."""
        return value <= self.limit if self.most else value >= self.limit


def mean(values: Sequence[float]) -> Measured:
    """The mean over athletes."""
    return Measured(fmean(values), stdev(values) / sqrt(len(values)))


def high(values: Sequence[float]) -> Measured:
    """The 90th percentile over athletes; its error comes from the ranks around it."""
    ranked, count = sorted(values), len(values)
    reach = sqrt(0.09 / count)
    low, at, up = (
        ranked[min(count - 1, int(count * share))] for share in (0.9 - reach, 0.9, 0.9 + reach)
    )
    return Measured(at, (up - low) / 2)


def of(name: str, year: Year, ours: Sequence[Scores]) -> Measured:
    """The mean of one score."""
    del year
    return mean([getattr(one, name) for one in ours])


def high_failed(year: Year, ours: Sequence[Scores]) -> Measured:
    """The 90th percentile of failed sets over athletes."""
    del year
    return high([one.failed for one in ours])


def more_gain(than: str, year: Year, ours: Sequence[Scores]) -> Measured:
    """The gain compared with another policy, athlete by athlete."""
    return mean([one.gain - other.gain for one, other in zip(ours, year[than], strict=True)])


def gain_share(of_policy: str, year: Year, ours: Sequence[Scores]) -> Measured:
    """The gain as a percentage of that under another policy."""
    theirs = [other.gain for other in year[of_policy]]
    whole = fmean(theirs)
    share = fmean(one.gain for one in ours) / whole
    off = mean([one.gain - share * other for one, other in zip(ours, theirs, strict=True)])
    return Measured(100 * share, 100 * off.error / whole)


FAILED = Bar("failed %", 4, partial(of, "failed"), most=True)
HIGH_FAILED = Bar("p90 failed %", 5, high_failed, most=True)
FATIGUE = Bar("race fatigue %", 5, partial(of, "race_fatigue"), most=True)
SPIKES = Bar("spikes", 2, partial(of, "spikes"), most=True)
SHARE_RESTED = Bar("gain % of rested lp", 90, partial(gain_share, RESTED))
SHARE_LP = Bar("gain % of lp", 90, partial(gain_share, LP))
MORE_GAIN = Bar("gain over rested lp", 0, partial(more_gain, RESTED))


def in_band(limit: float) -> Bar:
    """The bar for sessions that leave the intended reps in reserve."""
    return Bar("in band %", limit, partial(of, "in_band"))


SHARED = (FAILED, HIGH_FAILED)
BARS = {
    ("core", OURS): (MORE_GAIN, SHARE_LP, *SHARED, in_band(60), FATIGUE, SPIKES),
    ("stress", OURS): (SHARE_RESTED, *SHARED, in_band(55), FATIGUE),
    ("core", OURS_BEGINNER): (SHARE_RESTED, *SHARED, in_band(60)),
    ("stress", OURS_BEGINNER): (SHARE_RESTED, *SHARED, in_band(55)),
}


def years(nature: Nature, policy: str, seeds: Iterable[int]) -> list[Scores]:
    """A year of each athlete under the policy of that name."""
    found = []
    for seed in seeds:
        athlete = Athlete(nature, seed)
        found.append(year(athlete, POLICIES[policy](athlete)))
    return found


def simulated(
    natures: Mapping[str, Nature], athletes: int, pool: ProcessPoolExecutor
) -> dict[str, dict[str, list[Scores]]]:
    """The scores by nature and policy, athlete by athlete; all policies only for the default
    nature."""
    last = FIRST_SEED + athletes
    shares = [range(at, min(at + SHARE, last)) for at in range(FIRST_SEED, last, SHARE)]
    coming = {
        name: {
            policy: [pool.submit(years, nature, policy, share) for share in shares]
            for policy in (POLICIES if name == DEFAULT else PAIRED)
        }
        for name, nature in natures.items()
    }
    return {
        name: {
            policy: [one for future in futures for one in future.result()]
            for policy, futures in by_policy.items()
        }
        for name, by_policy in coming.items()
    }


def show_policies(scored: Year) -> None:
    """Print the table of all policies."""
    width = max(map(len, scored))
    print(f"\n{'':{width}}  sets/yr  gain % ±      failed % ± (p90)     in band % ±   ", end="")
    print("race fatigue % ±  race-day max % ±  spikes")
    for name, scores in scored.items():
        values = {field: mean([getattr(s, field) for s in scores]) for field in Scores._fields}
        cells = [
            f"{values['sets'].value:7.0f}",
            told(values["gain"]),
            f"{told(values['failed'])} ({high_failed(scored, scores).value:4.1f})",
            told(values["in_band"]),
            f"   {told(values['race_fatigue'])}",
            f"   {told(values['race_max'])}",
            f"{values['spikes'].value:5.2f}",
        ]
        print(f"{name:{width}}  {'  '.join(cells)}")


def told(measured: Measured) -> str:
    """A value with its standard error, as text."""
    return f"{measured.value:6.2f} ±{measured.error:5.2f}"


def show_bars(kind: str, ours: str, scored: Mapping[str, Year]) -> list[str]:
    """Print a line for each nature and a column for each bar; return the names of missed bars."""
    bars = BARS[kind, ours]
    titles = [f"{bar.title} {'<=' if bar.most else '>='} {bar.limit:g}" for bar in bars]
    width = max(map(len, scored))
    print(f"\n{kind}: {ours}\n{'':{width}}  {'  '.join(f'{title:>24}' for title in titles)}")
    missed = []
    for name, by_policy in scored.items():
        cells = []
        for bar, title in zip(bars, titles, strict=True):
            found = bar.measure(by_policy, by_policy[ours])
            held = bar.held(found.value)
            cells.append(f"{told(found)} {'pass' if held else 'FAIL'}")
            if not held:
                missed.append(f"{name}: {title}")
        print(f"{name:{width}}  {'  '.join(f'{cell:>24}' for cell in cells)}", flush=True)
    return missed


def main() -> int:
    """Simulate and print; return 1 if a bar was missed."""
    parser = argparse.ArgumentParser(description="Simulated athletes under several rules.")
    parser.add_argument("--athletes", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--sets", choices=["core", "stress", "all"], default="all")
    options = parser.parse_args()
    if options.athletes < 2:
        parser.error("a standard error needs two athletes")
    kinds = {"core": CORE, "stress": STRESS}
    chosen = {kind: kinds[kind] for kind in kinds if options.sets in (kind, "all")}
    begun = perf_counter()
    print(f"simulated: {options.athletes} athletes, a year each; ± is the standard error")
    missed = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for kind, natures in chosen.items():
            scored = simulated(natures, options.athletes, pool)
            if DEFAULT in scored:
                show_policies(scored[DEFAULT])
            for ours in (OURS, OURS_BEGINNER):
                missed += len(show_bars(kind, ours, scored))
    print(f"\nbars missed: {missed}; {perf_counter() - begun:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
