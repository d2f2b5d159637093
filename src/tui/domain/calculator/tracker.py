"""The rep-max tracker: estimates how heavy a lift can be today, with its uncertainty.

It keeps the natural logarithm of the working one-rep maximum (kg), its variance, and a safety
margin (``dial``) that shrinks a little with every clean session and grows after a miss. A set is
planned as the heaviest load at which the fewest reps of the range leave the wanted reps in reserve,
then as many reps as leave them. Source: project (a policy found by simulation; the curve behind it
is the RTS chart).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.estimates import log_share, reps_at, share
from tui.domain.calculator.loads import Loads

DROP = 0.07  # The share of reps that each earlier set costs.
DRIFT_VARIANCE = 0.004**2 / 3.5  # Variance that z gains per day.
DAY = 0.03  # SD of the form on a day, in ln load.
REPORT_SD = 0.06  # SD of one reported RIR, in ln load.
MISS_SD = 0.02
UNDER_REPORTED = 0.25  # Added to a reported RIR: people stop sooner than they think.
FAR_RIR = 5  # From this RIR up a report says little: its variance counts four times.
CAUTION = 0.6  # The plan stays this many SDs of z below the estimate.
GROWTH = 0.001  # Expected growth of z for a session that follows within GROWTH_GAP days.
GROWTH_GAP = 10
UP, DOWN = 0.001, 0.014  # Change of the dial: down by UP if clean, up by DOWN after a miss.
DIAL_START, DIAL_LEAST, DIAL_MOST = -0.025, -0.12, 0.12
GATE = 1.0  # Below this mean reported RIR a clean session does not change the dial.
FIRST_SHARE, FIRST_REPS, FIRST_SD = 0.65, 5, 0.15
SEEK_UNSEEN, SEEK_SEEN = 0.035, 0.004  # Growth of z per clean session without a report.
STEP_CAP = 1.10
AGAIN_DAYS = 84  # After this many days away the estimate is no better than a first guess.


class LiftSet(NamedTuple):
    """One set as the tracker sees it: load in kg, reps planned and done, reported RIR, and whether
    the load was lighter than planned (then fewer reps are not a miss)."""

    load_kg: float
    reps: int
    done: int
    rir: float | None
    lighter: bool = False

    @property
    def missed(self) -> bool:
        return self.done < self.reps and not self.lighter


class Tracker(Struct, frozen=True, array_like=True):
    """The estimate for one lift, or one side of it. ``z`` is the natural logarithm of the one-rep
    maximum in kg, ``dial`` the safety margin. ``sets`` are the (load, reps) of the last session in
    order; ``told`` is the last day on which a report or a miss informed the estimate."""

    z: float
    variance: float
    dial: float
    last: date
    seen: bool = False
    told: date | None = None
    fresh: bool = True
    missed: bool = False
    sets: tuple[tuple[float, int], ...] = ()
    before: float = 0.0

    @property
    def informed(self) -> bool:
        """Whether a report or a miss has ever informed the estimate."""
        return self.told is not None

    @property
    def lifted(self) -> float:
        """The heaviest load of the last session, in kg."""
        return max((load for load, _ in self.sets), default=0.0)

    @property
    def top(self) -> float:
        """The load in kg from which the next session goes on: the heaviest of the last session, or
        of the one before (``before``) if the last was a light one."""
        return max(self.before, self.lifted)

    @property
    def sd(self) -> float:
        """The SD of the day's maximum; see :func:`spread`."""
        return spread(self.variance)


def spread(variance: float) -> float:
    """The SD of a day's maximum in ln load: the uncertainty of the estimate plus the day's form."""
    return math.sqrt(variance + DAY**2)


class Range(NamedTuple):
    """How a lift is trained: ``low`` to ``high`` reps with ``rir`` in reserve, for ``sets`` sets.
    ``share`` is the share of the usual load to use, for lifts moved fast. ``spare`` is extra reps
    in reserve on a lighter day, which lower the load as well."""

    low: int
    high: int
    rir: int
    sets: int
    share: float = 1.0
    spare: int = 0


def begin(guess_kg: float, day: date) -> Tracker:
    """A tracker from a first guess at the one-rep maximum in kg."""
    return Tracker(z=math.log(guess_kg), variance=FIRST_SD**2, dial=DIAL_START, last=day)


def predicted(tracker: Tracker, day: date) -> Tracker:
    """The tracker as predicted for ``day``, before that day's session."""
    gap = max(0, (day - tracker.last).days)
    if tracker.fresh:
        gap = 0
    growth = GROWTH if 0 < gap <= GROWTH_GAP else 0.0
    return replace(
        tracker, z=tracker.z + growth, variance=tracker.variance + DRIFT_VARIANCE * gap, last=day
    )


def level(tracker: Tracker) -> float:
    """The planning level in ln kg: the estimate minus the dial and a margin for its uncertainty."""
    return tracker.z - tracker.dial - CAUTION * math.sqrt(tracker.variance)


def tired(number: int) -> float:
    """The share of fresh reps still possible in set ``number`` (from 0)."""
    return 1 - DROP * number


def plan(
    planned: float, how: Range, loads: Loads, caps: Sequence[float]
) -> tuple[tuple[float, int], ...]:
    """Load in kg and reps of each set for the planning level ``planned`` (ln kg).

    ``caps`` are the heaviest loads allowed, set by set; the last one applies to all further sets.
    """
    return tuple(
        solve(planned, how, loads, number, caps[min(number, len(caps) - 1)])
        for number in range(how.sets)
    )


def solve(planned: float, how: Range, loads: Loads, number: int, cap: float) -> tuple[float, int]:
    """Load in kg and reps of set ``number`` (from 0): the heaviest load, up to ``cap``, at which
    the fewest reps leave the wanted reps in reserve, then as many reps as leave them."""
    fresh = tired(number)
    most = math.exp(planned)
    # A lift moved fast uses a share of its strength load, the one with one rep in reserve.
    reserve = how.rir if how.share == 1.0 else 1
    need = (how.low + reserve + how.spare) / fresh
    load = loads.down(min(cap, how.share * most * share(need) / 100))
    reps = reps_at(100 * load / most) * fresh - how.rir - how.spare
    return load, max(how.low, min(how.high, math.floor(reps + 1e-9)))


def capped(tracker: Tracker, loads: Loads) -> float:
    """The heaviest load allowed in the next session, in kg: a tenth or one owned step above the
    last, and after a miss no more than the last."""
    if tracker.missed:
        return tracker.lifted
    top = tracker.top
    step = loads.above(top)
    return max(step if step is not None else top, loads.down(STEP_CAP * top))


class Reading(NamedTuple):
    """What sets say about the maximum: a value in ln kg and its variance."""

    value: float
    variance: float


def read(sets: Sequence[LiftSet | None]) -> Reading | None:
    """The pooled reading of a session's sets, in order (None for a set that says nothing); None if
    no set says anything."""
    weight = total = 0.0
    for number, one in enumerate(sets):
        found = None if one is None else _read_one(one, number)
        if found is not None:
            weight += 1 / found.variance
            total += found.value / found.variance
    return Reading(total / weight, 1 / weight) if weight else None


def without_easy_reports(sets: Sequence[LiftSet | None]) -> list[LiftSet | None]:
    """The sets of a session planned to be easy, with None for those reporting so many reps in
    reserve that they say nothing but that."""
    return [None if one is None or (one.rir or 0) >= FAR_RIR else one for one in sets]


def _read_one(one: LiftSet, number: int) -> Reading | None:
    if one.load_kg <= 0:
        return None
    if one.missed:
        reps, variance = one.done + 0.4, MISS_SD**2
    elif one.rir is None:
        return None
    elif one.rir < 1:
        reps, variance = one.done + 0.5, REPORT_SD**2
    else:
        reps = one.done + one.rir + UNDER_REPORTED
        variance = REPORT_SD**2 * (4 if one.rir >= FAR_RIR else 1)
    return Reading(math.log(one.load_kg) - log_share(max(1.0, reps / tired(number))), variance)


def updated(
    tracker: Tracker,
    sets: Sequence[LiftSet | None],
    day: date,
    *,
    left_undone: bool = False,
    at_ceiling: bool = False,
    easy: bool = False,
    light: bool = False,
) -> Tracker:
    """The tracker after a session on ``day``. ``sets`` are in order, None for a set not done.

    ``left_undone`` counts as a miss that says nothing about the load. ``at_ceiling``: no heavier
    load is owned and the reps are at the top, so the estimate does not grow by itself. ``easy``:
    the session was planned easy, so many reps in reserve say nothing. ``light``: it was a light
    session, and the next one goes on from before it."""
    now = predicted(tracker, day)
    away = 0 if tracker.fresh else (day - tracker.last).days
    if away >= AGAIN_DAYS:
        now = replace(now, variance=max(now.variance, FIRST_SD**2))
    done = [one for one in sets if one is not None]
    reading = read(without_easy_reports(sets) if easy else sets)
    z, variance = now.z, now.variance
    missed = left_undone or any(one.missed for one in done)
    if reading is not None:
        gain = variance / (variance + reading.variance + DAY**2)
        z += gain * (reading.value - z)
        variance *= 1 - gain
    elif done and not (missed or at_ceiling or easy or any(one.lighter for one in done)):
        z += SEEK_SEEN if now.seen else SEEK_UNSEEN
    reports = [one.rir for one in done if one.rir is not None]
    dial = now.dial
    if missed:
        dial += DOWN
    elif done and (not reports or sum(reports) / len(reports) >= GATE):
        dial -= UP
    loads = tuple((one.load_kg, max(one.reps, one.done)) for one in done)
    return replace(
        now,
        z=z,
        variance=variance,
        dial=max(DIAL_LEAST, min(DIAL_MOST, dial)),
        seen=now.seen or missed,
        told=now.told if reading is None else day,
        fresh=False,
        missed=missed,
        sets=loads or now.sets,
        before=now.top if light and not tracker.fresh else 0.0,
    )


def harder_than_planned(tracker: Tracker, sets: Sequence[LiftSet | None]) -> float | None:
    """The change in ln load (below 0) for the rest of a session after these sets; None to keep the
    plan. ``tracker`` is as predicted for the day."""
    reading = read(sets)
    done = [one for one in sets if one is not None]
    if reading is None or not done:
        return None
    spread = tracker.variance + DAY**2
    shift = spread / (spread + reading.variance) * (reading.value - tracker.z)
    if done[-1].missed:
        shift = min(shift, -0.025)
    return shift if shift < -0.01 else None
