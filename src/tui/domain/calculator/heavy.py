"""Prescribe heavy lifts: load and reps from the rep-max tracker, one tracker per side.

The rep ranges come from the articles (trailrunner-lift: 3 to 8 heavy reps, stopped short of
failure; clarke-runrun: 5 to 10, moved fast); how load and reps follow from the log is the
project's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Confidence, Estimate, Reason, holding
from tui.domain.calculator.bouts import Grade
from tui.domain.calculator.estimates import FORMULAS, MOST_REPS, reps_at
from tui.domain.calculator.guards import near_race
from tui.domain.calculator.lift_fold import sides_of, tracker_before
from tui.domain.calculator.loads import Loads
from tui.domain.calculator.sets import set_count
from tui.domain.calculator.step import RuleContext, Step
from tui.domain.calculator.tracker import (
    CAUTION,
    FIRST_REPS,
    FIRST_SHARE,
    Range,
    Tracker,
    capped,
    level,
    plan,
    predicted,
    tired,
)
from tui.domain.model.values import Level, Measures, Side

RAMP = (1.0, 1.5, 2.0)  # Multiples of the lightest load, if nothing is known.
RAMP_REPS = 5
NEW_DAYS, NEW_SETS = 14, 2  # A beginner's first two weeks.
DEFAULT_TOP = 8
WIDE_SD = 0.08
SURE_SD = 0.045

Pairs = tuple[tuple[float, int], ...]


class Lift(Struct, frozen=True, kw_only=True):
    """The step of a lift, and the tracker it is based on: that of the weaker side, as predicted for
    the day."""

    step: Step
    tracker: Tracker | None = None


def heavy(context: RuleContext) -> Lift:
    """What to lift on the day. The plan of the weaker side is used for both sides."""
    assert context.loads is not None
    how = lift_range(context)
    trackers = _trackers(context)
    if not trackers:
        return Lift(step=_ramp(context))
    tracker = min(trackers.values(), key=level)
    if tracker.fresh:
        return Lift(step=_start(context, how, tracker), tracker=tracker)
    planned = level(tracker) + math.log(context.guards.load)
    last = _last_sets(trackers.values())
    caps = _caps(context, tracker, last)
    pairs = _with_guards(context, last, plan(planned, how, context.loads, caps))
    before = _planned_last(context, tracker)
    if tracker.missed and compared(pairs, before) is Action.INCREASE:
        pairs = _no_higher(context.loads, pairs, before)
    step = Step(
        action=compared(pairs, before),
        sets=_measures(context, pairs),
        reasons=_reasons(context, how, tracker, planned, pairs),
    )
    return Lift(step=step, tracker=tracker)


def lift_range(context: RuleContext) -> Range:
    """The rep range, reps in reserve and number of sets of a lift on the day."""
    dose = context.dose
    low = dose.measures.reps or 3
    return Range(
        low=low,
        high=dose.reps_top or max(low, DEFAULT_TOP),
        rir=1 if dose.target_rir is None else dose.target_rir,
        sets=set_count(context, _base_sets(context)),
        share=dose.load_factor,
        spare=context.guards.spare,
    )


def _base_sets(context: RuleContext) -> int:
    sets = context.dose.sets
    new = context.history is None or (context.day - context.history.first).days < NEW_DAYS
    if new and context.level is Level.BEGINNER:
        return min(NEW_SETS, sets)
    return sets + 1 if extra_set(context) else sets


def extra_set(context: RuleContext) -> bool:
    """Whether an extra set is due: in the lift's first session of every second ISO week, well
    before a race and without a guard; for beginners only if they want it (source project)."""
    usual = context.level is not Level.BEGINNER
    wanted = holding(context.setup.profile.extra_set, context.day, usual)
    year_week = context.day.isocalendar()
    if not wanted or context.guards or context.history is None:
        return False
    last = context.history.last
    first = last.guarded or last.day.isocalendar()[:2] != year_week[:2]
    return first and year_week.week % 2 == 0 and not near_race(context.setup.calendar, context.day)


def _trackers(context: RuleContext) -> dict[Side, Tracker]:
    known = context.history.trackers if context.history is not None else {}
    found = {
        side: tracker_before(context.setup, context.exercise, known.get(side), context.day)
        for side in sides_of(context.exercise)
    }
    return {
        side: predicted(tracker, context.day)
        for side, tracker in found.items()
        if tracker is not None
    }


def _ramp(context: RuleContext) -> Step:
    """Three rising sets to find a starting load; the heaviest gives the first guess. Under guards
    there are fewer and lighter ones."""
    assert context.loads is not None
    least = context.loads.lightest * context.guards.load
    pairs = tuple(
        (context.loads.down(least * share), RAMP_REPS)
        for share in RAMP[: set_count(context, len(RAMP))]
    )
    facts = {"reps": RAMP_REPS}
    return Step(
        action=Action.START,
        sets=_measures(context, pairs),
        reasons=(Reason("RAMP", facts),),
    )


def _start(context: RuleContext, how: Range, tracker: Tracker) -> Step:
    assert context.loads is not None
    load = context.loads.down(FIRST_SHARE * math.exp(tracker.z) * context.guards.load)
    pairs = ((load, max(FIRST_REPS, how.low) if how.high >= FIRST_REPS else how.high),) * how.sets
    # To the gram, so that a maximum stated in pounds is shown as those pounds again.
    guess = round(math.exp(tracker.z), 3)
    reason = Reason("START_SHARE", {"percent": round(100 * FIRST_SHARE), "max": guess})
    return Step(action=Action.START, sets=_measures(context, pairs), reasons=(reason,))


def _last_sets(trackers: Iterable[Tracker]) -> Pairs:
    """The sets of the last session; if the sides differ, the lower load and reps of each set."""
    known = [tracker.sets for tracker in trackers if tracker.sets]
    least = []
    for number in range(max(map(len, known), default=0)):
        alike = [sets[min(number, len(sets) - 1)] for sets in known]
        least.append((min(load for load, _ in alike), min(reps for _, reps in alike)))
    return tuple(least)


def _planned_last(context: RuleContext, tracker: Tracker) -> Pairs:
    """The sets of the last session as planned, if more or less was lifted."""
    planned = context.history.last.planned if context.history is not None else Measures()
    load = planned.load_kg
    if load is None:
        return tracker.sets
    return ((load, planned.reps or 0), *((min(load, kg), n) for kg, n in tracker.sets[1:]))


def _caps(context: RuleContext, tracker: Tracker, last: Pairs) -> list[float]:
    assert context.loads is not None
    most = capped(tracker, context.loads)
    if not context.guards or not last:
        return [most]
    return [min(most, load) for load, _ in last]


def _with_guards(context: RuleContext, last: Pairs, pairs: Pairs) -> Pairs:
    """The sets, under a guard with no more reps than the same set of the last session."""
    if not context.guards or not last:
        return pairs
    reps_of = [reps for _, reps in last]
    return tuple(
        (load, min(reps, reps_of[min(number, len(last) - 1)]))
        for number, (load, reps) in enumerate(pairs)
    )


def _no_higher(loads: Loads, pairs: Pairs, last: Pairs) -> Pairs:
    """The sets, each no higher than the same set of the last session, comparing load first. A load
    of the last session that is not owned (any more) counts as the next lower owned one, or the
    lightest."""
    owned = [(loads.down(load), reps) for load, reps in last]
    return tuple(min(pair, owned[min(number, len(owned) - 1)]) for number, pair in enumerate(pairs))


def _measures(context: RuleContext, pairs: Pairs) -> tuple[Measures, ...]:
    return tuple(replace(context.dose.measures, load_kg=load, reps=reps) for load, reps in pairs)


def compared(now: Pairs, last: Pairs) -> Action:
    """How sets compare with the last ones. More load, or more reps with the same load, is an
    increase; the first set that differs decides."""
    for mine, before in zip(now, last, strict=False):
        if mine != before:
            return Action.INCREASE if mine > before else Action.DECREASE
    return Action.HOLD


# -- why -------------------------------------------------------------------------------------------


def _reasons(
    context: RuleContext, how: Range, tracker: Tracker, planned: float, pairs: Pairs
) -> tuple[Reason, ...]:
    """The reasons for the plan, the main one first."""
    load, reps = pairs[0]
    reasons: list[Reason] = []
    last = context.bouts[-1] if context.bouts else None
    if tracker.missed:
        less = round(100 * (1 - load / tracker.lifted), 1) if tracker.lifted else 0.0
        reasons.append(
            Reason("MISS_LIGHTER", {"percent": less}) if less > 0 else Reason("NO_HEAVIER")
        )
    elif last is not None and last.grade is Grade.LIGHTER:
        reasons.append(Reason("LIGHTER_THAN_PLANNED"))
    elif context.history is not None and context.history.run > 1 and not context.guards:
        reasons.append(Reason("RUN_CLEAN", {"sessions": context.history.run}))
    heavier = None if context.loads is None else context.loads.above(load)
    before = tracker.sets[0] if tracker.sets else None
    if before is not None and load == before[0] and reps > before[1] and heavier is not None:
        reasons.append(Reason("NEXT_PLATE", {"load": heavier}))
    if heavier is None and reps >= how.high:
        reasons.append(Reason("AT_CEILING"))
    if how.share < 1:
        reasons.append(Reason("POWER", {"percent": round(100 * (1 - how.share))}))
    if not tracker.informed:
        return (*reasons, Reason("NO_RIR"))
    if tracker.sd > WIDE_SD:
        below = round(100 * CAUTION * math.sqrt(tracker.variance))
        reasons.append(Reason("WIDE", {"percent": below}))
    if context.guards.load < 1:
        return (Reason("ESTIMATE_KEPT", _band(tracker)), *reasons)
    return (_estimate_reason(tracker, planned, load, reps), *reasons)


def _band(tracker: Tracker) -> dict[str, float]:
    shown = estimate(tracker)
    return {"e1rm": shown.one_rm_kg, "low": shown.low_kg, "high": shown.high_kg}


def _estimate_reason(tracker: Tracker, planned: float, load: float, reps: int) -> Reason:
    possible = round(reps_at(100 * load / math.exp(planned)) * tired(0), 1)
    facts = {**_band(tracker), "load": load, "possible": possible}
    if reps > possible:
        return Reason("ESTIMATE_LIGHTEST", facts)
    return Reason("ESTIMATE", {**facts, "reps": reps, "left": round(possible - reps, 1)})


def estimate(tracker: Tracker) -> Estimate:
    """The day's one-rep maximum with its likely range, and the usual formulas for comparison."""
    return replace(banded(tracker.z, tracker.sd), compared=_compared(tracker))


def banded(z: float, sd: float) -> Estimate:
    """The one-rep maximum e^z in kg, and the range of two ``sd`` (in ln load) each way."""
    low, mid, high = (math.exp(z + by) for by in (-2 * sd, 0.0, 2 * sd))
    return Estimate(one_rm_kg=round(mid, 1), low_kg=round(low, 1), high_kg=round(high, 1))


def _compared(tracker: Tracker) -> dict[str, float]:
    """What the formulas give for the last session's heaviest set, in kg, as if done to failure."""
    if not tracker.sets:
        return {}
    load, reps = max(tracker.sets)
    if not 1 <= reps <= MOST_REPS:
        return {}
    return {name: round(formula(load, reps), 1) for name, formula in FORMULAS.items()}


def confidence(tracker: Tracker | None) -> Confidence:
    """The confidence in the plan of a lift, from the spread of its estimate."""
    if tracker is None or not tracker.informed or tracker.sd > WIDE_SD:
        return Confidence.LOW
    return Confidence.HIGH if tracker.sd < SURE_SD else Confidence.MEDIUM
