"""The belief about a lift's maximum, and how the sets of a session change it.

Two numbers are estimated together, with their covariance: the natural logarithm of the one-rep
maximum in system load, and how many more reps the runner has left than she reports. A third, the
form of the day, lives for one session. A report of five or more, of none, or no report at all is a
bound: it says that the maximum is at least, or at most, so much, and moves the belief only as far
as it contradicts it. Source: project (a policy found by simulation; the curve behind it is the RTS
chart).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from msgspec import Struct

from tui.domain.calculator.estimates import CURVE, LONGEST, log_share, reps_at, share
from tui.domain.calculator.system_load import Lift

DROP = 0.07  # The share of reps that each earlier set costs.
DRIFT_VARIANCE = 0.004**2 / 3.5  # Variance that z gains per day,
AWAY_SD = 0.0015  # and the SD it gains for each day beyond GROWTH_GAP.
DAY = 0.03  # SD of the form on a day, in ln load.
GROWTH, GROWTH_GAP = 0.001, 10  # Growth of z for a session that follows within so many days.
KEPT, KEPT_SD = 0.5, 1.0  # Reps left beyond those reported: what is expected, and its SD.
REPORT_SD, MISS_SD, FINISHED_SD = 2.0, 0.6, 0.3  # SD in reps of a report, a miss, a finished set.
LEAST_KG = 0.5  # Less than this, in system load, says nothing.
FAR_RIR = 5  # From this many reps left up, a report means at least so many.
OFF_SDS = 4.0  # No set moves the belief by more than this many SDs.
ODD_SHARE = 0.25  # In ln load: how far from the plan a load must be to be odd.
FAR_SLACK = 6.0  # In SDs: a bound so far below the belief says nothing.
ODD_REPS = 10  # More reps than twice the plan and this are odd.
LOOKING_SD = 0.10  # The SD of z kept while the right load is still looked for.


class Belief(Struct, frozen=True, array_like=True):
    """``z`` is the natural logarithm of the maximum in kg of system load, ``kept`` the reps left
    beyond those reported; ``zz``, ``zb`` and ``bb`` are their variances and covariance."""

    z: float
    kept: float
    zz: float
    zb: float
    bb: float

    @property
    def max_kg(self) -> float:
        """The one-rep maximum in kg of system load."""
        return math.exp(self.z)

    def fits(self, system_kg: float) -> float:
        """The reps to failure, from fresh, with a system load in kg."""
        return reps_at(100 * system_kg / self.max_kg)


def begin(max_kg: float, sd: float) -> Belief:
    """The belief from a first guess at the maximum, in kg of system load, with its SD in ln
    load."""
    return Belief(z=math.log(max_kg), kept=KEPT, zz=sd**2, zb=0.0, bb=KEPT_SD**2)


def after_days(belief: Belief, gap: int) -> Belief:
    """The belief ``gap`` days after the last session, before the next one."""
    away = AWAY_SD * max(0, gap - GROWTH_GAP)
    return Belief(
        z=belief.z + (GROWTH if 0 < gap <= GROWTH_GAP else 0.0),
        kept=belief.kept,
        zz=belief.zz + DRIFT_VARIANCE * gap + away**2,
        zb=belief.zb,
        bb=belief.bb,
    )


class LiftSet(NamedTuple):
    """One set as the tracker sees it: the load in kg of one implement, reps planned and done, and
    the reported RIR. ``planned_kg`` is the load that was planned. A ``sure`` set was confirmed by
    the runner, however odd."""

    load_kg: float
    reps: int
    done: int
    rir: float | None
    planned_kg: float
    sure: bool = False

    @property
    def missed(self) -> bool:
        """Whether reps were missed."""
        return self.done < self.reps

    @property
    def easy(self) -> bool:
        """Whether it was finished with at least five reps left."""
        return not self.missed and self.rir is not None and self.rir >= FAR_RIR


class Reading(NamedTuple):
    """What a set says of z: ``about`` this value (``bound`` 0), at least it (1), or at most it
    (-1); its ``slope`` in the reps kept back, and its variance."""

    bound: int
    value: float
    slope: float
    variance: float


def tired(number: int) -> float:
    """The share of fresh reps still possible in set ``number`` (from 0)."""
    return 1 - DROP * number


def slope_at(reps: float) -> float:
    """How much of the load one rep costs at ``reps`` to failure: about .03 (the RTS chart)."""
    place = max(1, min(LONGEST - 1, int(reps)))
    return (CURVE[place - 1] - CURVE[place]) / share(reps)


def read(
    one: LiftSet, number: int, system_kg: float, kept: float, *, exact: bool = False
) -> Reading | None:
    """What set ``number`` (from 0), with ``system_kg`` moved, says of z; None if nothing. With
    ``exact`` a report of none is read like those of one to four: about so many."""
    if system_kg < LEAST_KG:
        return None
    bound, slope, sd = 0, 0.0, REPORT_SD
    if one.missed:
        # Without a single rep, all it says is that the load was too much.
        reps, sd, bound = one.done + 0.4, MISS_SD, 0 if one.done else -1
    elif one.rir is None:
        reps, sd, bound = float(one.done), FINISHED_SD, 1
    else:
        reps, slope = one.done + one.rir + kept, 1.0
        if one.rir >= FAR_RIR:
            reps, bound = reps - 0.5, 1
        elif one.rir <= 0 and not exact:
            reps, bound = reps + 0.5, -1
    fresh = reps / tired(number)
    if fresh > LONGEST:
        if bound < 0:
            return None
        fresh, bound = float(LONGEST), 1
    fresh = max(1.0, fresh)
    by = slope_at(fresh) / tired(number)
    return Reading(bound, math.log(system_kg) - log_share(fresh), -by * slope, (by * sd) ** 2)


class SessionReader:
    """Reads the sets of one session, in order, into a belief.

    ``found``: a report below five or a miss has been read before. ``eager``: the lift has been easy
    for so long that its load is looked for again. ``calm`` is False on a day that is lighter by
    plan, when easy sets are what was asked for."""

    def __init__(self, belief: Belief, lift: Lift, *, found: bool, eager: bool, calm: bool) -> None:
        self.before = self.belief = belief
        self.found = found
        self._lift, self._eager, self._free = lift, eager, calm
        # The form of the day, its covariances with z and with the reps kept back, its variance.
        self.form = 0.0
        self._fz, self._fb, self._ff = 0.0, 0.0, DAY**2
        self._number = 0
        self.sets: list[LiftSet] = []  # Those that count.
        self.odd: list[int] = []  # The numbers, from 0, of those left out,
        self.odd_values: list[float] = []  # and the z that each would mean.

    @property
    def looking(self) -> bool:
        """Whether the right load is still looked for."""
        return self._free and (not self.found or self._eager)

    @property
    def easy(self) -> bool:
        """Whether every set so far was finished with at least five reps left."""
        return bool(self.sets) and all(one.easy for one in self.sets)

    @property
    def moved(self) -> float:
        """How far the maximum today is from what was believed before the session, in ln load."""
        return self.belief.z + self.form - self.before.z

    def see(self, one: LiftSet | None) -> None:
        """Read one more set; None for one that was not done."""
        number, self._number = self._number, self._number + 1
        if one is None:
            return
        system_kg = self._lift.system(one.load_kg)
        reading = self._reading(one, number, system_kg)
        if reading is None:
            self.sets.append(one)
            self.found = True
            return
        belief = self.belief
        zz, zb, bb = belief.zz, belief.zb, belief.bb
        slope = reading.slope
        # The covariances of the reading with z, with the reps kept back and with the form.
        pz = zz + slope * zb + self._fz
        pb = zb + slope * bb + self._fb
        pf = self._fz + slope * self._fb + self._ff
        spread = pz + slope * pb + pf + reading.variance
        sd = math.sqrt(spread)
        off = reading.value - belief.z - self.form
        if self._is_odd(one, off, sd, system_kg):
            self.odd.append(number)
            if reading.bound <= 0 or off > 0:
                self.odd_values.append(reading.value)
            return
        self.sets.append(one)
        off = max(-OFF_SDS * sd, min(OFF_SDS * sd, off))
        weight = 1.0
        if reading.bound:
            gain, weight = _bounded(-reading.bound * off / sd)
            off = reading.bound * gain * sd
        step, weight = off / spread, weight / spread
        zz = zz - weight * pz * pz
        self._fz -= weight * pz * pf
        self._fb -= weight * pb * pf
        self._ff -= weight * pf * pf
        self.form += pf * step
        if self._keeps_open(one):
            zz = max(zz, LOOKING_SD**2)
        self.belief = Belief(
            z=belief.z + pz * step,
            kept=belief.kept + pb * step,
            zz=zz,
            zb=zb - weight * pz * pb,
            bb=bb - weight * pb * pb,
        )

    def _reading(self, one: LiftSet, number: int, system_kg: float) -> Reading | None:
        """What a set says. "None left" bounds the maximum from above, but the reps were done: where
        that alone is more than was believed possible, or little is known yet, it is read as about
        so many."""
        told = read(one, number, system_kg, self.belief.kept)
        if one.missed or one.rir is None or one.rir > 0:
            return told
        done = read(one._replace(rir=None), number, system_kg, self.belief.kept)
        known = self.belief.zz <= LOOKING_SD**2
        if done is None or (known and done.value <= self.belief.z + self.form):
            return told
        return read(one, number, system_kg, self.belief.kept, exact=True)

    def _is_odd(self, one: LiftSet, off: float, sd: float, system_kg: float) -> bool:
        """Whether a set is so far from the plan and from what is known that it is more likely a
        typing error."""
        if one.sure:
            return False
        if one.done > 2 * one.reps + ODD_REPS:
            return True
        if system_kg > self._lift.believable_kg:
            return True
        planned = self._lift.system(one.planned_kg)
        if abs(off) <= OFF_SDS * sd or planned <= 0:
            return False
        return abs(math.log(system_kg) - math.log(planned)) > ODD_SHARE

    def _keeps_open(self, one: LiftSet) -> bool:
        """Whether the estimate must not become too sure: after an easy set while the load is looked
        for, and after a set without a single rep."""
        if one.missed:
            self.found = self.found or one.done > 0
            return one.done == 0
        if one.rir is not None and one.rir < FAR_RIR:
            self.found = True
            return False
        looked = self.looking if one.rir is not None else not self.found
        return looked and self._lift.loads.above(one.load_kg) is not None


def _bounded(slack: float) -> tuple[float, float]:
    """What a bound does to a standard normal variable known to exceed ``-slack``: its mean, and the
    share by which its variance shrinks. Nothing if the bound is far below."""
    if slack >= FAR_SLACK:
        return 0.0, 0.0
    density = math.exp(-slack * slack / 2) / math.sqrt(2 * math.pi)
    mean = density / (0.5 * math.erfc(-slack / math.sqrt(2)))
    return mean, mean * (mean + slack)
