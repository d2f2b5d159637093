"""Prescribe heavy lifts: load and reps from the rep-max tracker, one tracker per side.

The rep ranges come from the articles (trailrunner-lift: 3 to 8 heavy reps, stopped short of
failure; clarke-runrun: 5 to 10, moved fast); how load and reps follow from the log is the
project's.
"""

from __future__ import annotations

import math

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.accuracy import Expected
from tui.domain.calculator.advice import Action, Confidence, Estimate, Reason, holding
from tui.domain.calculator.bouts import Ease, Grade
from tui.domain.calculator.estimates import FORMULAS, MOST_REPS, reps_at
from tui.domain.calculator.guards import near_race
from tui.domain.calculator.lift_fold import easing_of, lift_of, sides_of, tracker_before
from tui.domain.calculator.rep_max import tired
from tui.domain.calculator.sets import set_count
from tui.domain.calculator.step import RuleContext, Step, is_clean
from tui.domain.calculator.system_load import Lift
from tui.domain.calculator.tracker import (
    CALM_SESSIONS,
    CAUTION,
    FIRST_REPS,
    FIRST_SHARE,
    Morning,
    Pairs,
    Plan,
    Range,
    Tracker,
    best_single,
    expected_report,
    on_day,
    plan,
    solve,
    steady,
    top_reps,
)
from tui.domain.model.values import SLOW, Level, Measures, Side

NEW_DAYS, NEW_SETS = 14, 2  # A beginner's first two weeks.
SETTLED_SESSIONS, SETTLED_LOW = 16, 4  # Then a beginner's sets begin at one rep fewer.
SEARCH, BEGINNER_SEARCH = 0.20, 0.10
DEFAULT_TOP = 8
# The causes after which nothing rises, with the reason for it.
HELD_FOR = {"form": "HOLD_FORM", SLOW: "HOLD_SLOW"}
WIDE_SD = 0.08
SURE_SD = 0.045
MUCH_KEPT, KEPT_SURE = 1.0, 0.6  # Reps kept back in reports, and their SD, that are worth a word.


class OneSide(Struct, frozen=True, kw_only=True):
    """One side of a lift on a day: its tracker before the session, and its plan."""

    morning: Morning
    plan: Plan

    @property
    def tracker(self) -> Tracker:
        """The tracker as predicted for the day."""
        return self.morning.tracker


class LiftStep(Struct, frozen=True, kw_only=True):
    """The step of a lift, with the side that sets the numbers, and the lift itself."""

    step: Step
    side: OneSide
    lift: Lift


def heavy(context: RuleContext) -> LiftStep:
    """What to lift on the day. Both sides do the lower of their plans."""
    lift = lift_on(context)
    how = lift_range(context)
    found = sides_on(context, how, lift)
    weak = min(found.values(), key=lambda one: one.tracker.level)
    pairs = tuple(
        min(sets) for sets in zip(*(one.plan.sets for one in found.values()), strict=True)
    )
    if weak.tracker.fresh:
        step = Step(
            action=Action.START,
            sets=_measures(context, pairs),
            reasons=_start_reasons(context, lift, pairs),
        )
        return LiftStep(step=step, side=weak, lift=lift)
    pairs = _no_fewer_at_the_end(context, how, lift, pairs)
    before = _planned_last(context, weak.tracker)
    missed = any(one.tracker.missed for one in found.values())
    held = HELD_FOR.get(context.bouts[-1].cause) if context.bouts else None
    if (missed or held) and compared(pairs, before) is Action.INCREASE:
        pairs = _no_higher(lift, pairs, before)
    action = compared(pairs, before)
    reasons = _reasons(context, how, lift, weak, pairs)
    if held and action is Action.HOLD:
        reasons = (Reason(held), *reasons)
    step = Step(action=action, sets=_measures(context, pairs), reasons=reasons)
    return LiftStep(step=step, side=weak, lift=lift)


def lift_on(context: RuleContext) -> Lift:
    """The lift with its loads and the runner's weight on the day."""
    assert context.loads is not None
    return lift_of(context.setup, context.state, context.exercise, context.loads)


def lift_range(context: RuleContext) -> Range:
    """The rep range, reps in reserve and number of sets of a lift on the day."""
    dose = context.dose
    low = dose.measures.reps or 3
    beginner = context.level is Level.BEGINNER
    settled = context.history is not None and context.history.sessions >= SETTLED_SESSIONS
    if beginner and settled and dose == context.exercise.doses[context.level]:
        low = min(low, SETTLED_LOW)
    return Range(
        low=low,
        high=dose.reps_top or max(low, DEFAULT_TOP),
        rir=1 if dose.target_rir is None else dose.target_rir,
        sets=set_count(context, _base_sets(context)),
        share=dose.load_factor,
        search=BEGINNER_SEARCH if beginner else SEARCH,
    )


def sides_on(context: RuleContext, how: Range, lift: Lift) -> dict[Side, OneSide]:
    """The sides of a lift on the day. A side never trained is left out if the other one was."""
    known = context.history.trackers if context.history is not None else {}
    easing = easing_of(context.guards)
    found = {}
    for side in sides_of(context.exercise):
        before = tracker_before(context.setup, context.exercise, lift, known.get(side), context.day)
        morning = on_day(before, context.day, easing)
        found[side] = OneSide(morning=morning, plan=plan(morning, how, lift))
    trained = {side: one for side, one in found.items() if not one.tracker.fresh}
    return trained or found


def _base_sets(context: RuleContext) -> int:
    sets = context.dose.sets
    new = context.history is None or (context.day - context.history.first).days < NEW_DAYS
    if new and context.level is Level.BEGINNER:
        return min(NEW_SETS, sets)
    return sets + 1 if extra_set(context) else sets


def extra_set(context: RuleContext) -> bool:
    """Whether an extra set is due: in the lift's first session of every second ISO week, well
    before a race and without a guard, if the programme asks for weeks of more volume
    (running-power) or the runner wants it (source project). Beginners stay at three sets at most
    (trailrunner-lift) unless they want it."""
    usual = context.dose.extra_sets > 0 and context.level is not Level.BEGINNER
    wanted = holding(context.setup.profile.extra_set, context.day, usual)
    year_week = context.day.isocalendar()
    if not wanted or context.guards or context.history is None:
        return False
    last = context.history.last
    if last.ease is Ease.BACK:
        return False  # On the way back from pain or a layoff only the load rises.
    first = last.guarded or last.day.isocalendar()[:2] != year_week[:2]
    return first and year_week.week % 2 == 0 and not near_race(context.setup.calendar, context.day)


def _planned_last(context: RuleContext, tracker: Tracker) -> Pairs:
    """The sets of the last session as planned, if more or less was lifted."""
    planned = context.history.last.planned if context.history is not None else Measures()
    load, sets = planned.load_kg, steady(tracker.sets)
    if load is None or sets != tracker.sets:
        return sets
    return ((load, planned.reps or 0), *((min(load, kg), n) for kg, n in sets[1:]))


def _no_higher(lift: Lift, pairs: Pairs, last: Pairs) -> Pairs:
    """The sets, each no higher than the same set of the last session, comparing load first. A load
    of the last session that is not owned (any more) counts as the next lower owned one, or the
    lightest."""
    owned = [(lift.loads.down(load), reps) for load, reps in last]
    return tuple(min(pair, owned[min(number, len(owned) - 1)]) for number, pair in enumerate(pairs))


def _no_fewer_at_the_end(context: RuleContext, how: Range, lift: Lift, pairs: Pairs) -> Pairs:
    """The sets, with the heaviest load there is for no fewer reps than after a clean session: the
    chart ends there, so the estimate lags behind."""
    last = context.bouts[-1] if context.bouts else None
    if context.guards or last is None or not is_clean(last) or how.share != 1.0:
        return pairs
    done = last.done.reps or 0
    return tuple(
        (load, max(reps, min(done, top_reps(how, lift, load))))
        if load == last.done.load_kg and lift.loads.above(load) is None
        else (load, reps)
        for load, reps in pairs
    )


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


def _start_reasons(context: RuleContext, lift: Lift, pairs: Pairs) -> tuple[Reason, ...]:
    """Why the first session begins where it does."""
    load = pairs[0][0]
    if context.history is not None and context.history.trackers:
        empty = not context.history.last.done.reps
        return (Reason("BEGIN_AGAIN" if empty else "ODD_BELIEVED", {"load": load}),)
    known = _told_max(context, lift)
    if known is not None:
        # To the gram, so that a maximum stated in pounds is shown as those pounds again.
        told = {"max": round(known, 3 if _told_once(context) else 1), "load": load}
        share_of = FIRST_SHARE * context.guards.load
        if lift.body_kg:
            percent = round(100 * FIRST_SHARE)
            reason = Reason("START_WITH_BODY", {"load": load, "percent": percent})
        elif load > share_of * known + 1e-9:
            reason = Reason("START_LIGHTEST", told)
        else:
            reason = Reason("START_SHARE", {**told, "percent": round(100 * share_of)})
    elif lift.weight_known:
        reason = Reason("START_GUESS", {"weight": round(lift.weight_kg, 1)})
    else:
        reason = Reason("START_UNKNOWN", {"weight": round(lift.weight_kg, 1)})
    return (reason, *_system(context, lift, load))


def _told_max(context: RuleContext, lift: Lift) -> float | None:
    """The maximum stated by the runner, in kg of one implement, that the first session rests on;
    None if there is none."""
    stated = context.setup.profile.maxes.get(context.exercise.id, ())
    if not stated:
        return None
    told = holding(stated, context.day, stated[0].value)
    return lift.in_hand(lift.single(told.load_kg, told.reps))


def _told_once(context: RuleContext) -> bool:
    """Whether the stated maximum is a single."""
    stated = context.setup.profile.maxes[context.exercise.id]
    return holding(stated, context.day, stated[0].value).reps == 1


def too_heavy_yet(side: OneSide, lift: Lift) -> bool:
    """Whether the lightest load there is leaves too little in a first session (source project):
    an empty bar may be more than a beginner should begin with."""
    if not side.tracker.fresh or lift.body_kg:
        return False
    lightest = lift.system(lift.loads.lightest)
    return side.tracker.belief.fits(lightest) < FIRST_REPS + 1


def _system(context: RuleContext, lift: Lift, load_kg: float) -> tuple[Reason, ...]:
    """How much of the body weight counts as load."""
    if not lift.body_kg:
        return ()
    facts = {
        "percent": round(100 * context.exercise.body_share),
        "system": round(lift.system(load_kg), 1),
    }
    return (Reason("SYSTEM" if load_kg else "NO_WEIGHT", facts),)


def _reasons(
    context: RuleContext, how: Range, lift: Lift, side: OneSide, pairs: Pairs
) -> tuple[Reason, ...]:
    """The reasons for the plan, the main one first."""
    tracker = side.tracker
    load, reps = pairs[0]
    reasons = [*_odd(context), *_on_the_way_back(tracker, load), *_after_last(context, side, pairs)]
    heavier = lift.loads.above(load)
    before = tracker.sets[0] if tracker.sets else None
    if reps > how.high and heavier is not None:
        more = round(100 * (lift.system(heavier) / lift.system(load) - 1))
        reasons.append(Reason("STEP_FAR", {"percent": more, "load": heavier, "reps": reps}))
    elif (
        before is not None
        and load == before[0]
        and reps > before[1]
        and heavier is not None
        and not context.guards
        and solve(side.plan.level, how, lift, 0, math.inf)[0] < heavier
    ):
        reasons.append(Reason("NEXT_PLATE", {"load": heavier}))
    if heavier is None and reps >= top_reps(how, lift, load):
        reasons.append(Reason("AT_CEILING"))
    elif heavier is None and reps > how.high:
        reasons.append(Reason("HEAVIEST", {"load": load}))
    if how.share < 1:
        reasons.append(Reason("POWER", {"percent": round(100 * (1 - how.share))}))
    reasons += _belief(context, lift, side, load, reps)
    if load and any(reason.code == "STEP_FAR" for reason in reasons):
        reasons += _system(context, lift, load)
    return tuple(reasons)


def _odd(context: RuleContext) -> tuple[Reason, ...]:
    """A set of the last session that does not count until the runner says that it is right."""
    odd = None if context.history is None else context.history.odd
    if odd is None:
        return ()
    if odd.load_kg != odd.planned_kg:
        return (Reason("ODD_LOAD", {"load": odd.load_kg, "planned": odd.planned_kg}),)
    return (Reason("ODD_REPS", {"reps": odd.reps, "planned_reps": odd.planned_reps}),)


def _on_the_way_back(tracker: Tracker, load: float) -> tuple[Reason, ...]:
    """Where a lift is on its way back from a load that hurt."""
    if tracker.hurt is None:
        return ()
    code = "HURT_AT" if tracker.calm < CALM_SESSIONS else "BACK_TOWARDS"
    return (Reason(code, {"hurt": tracker.hurt, "load": load}),)


def _after_last(context: RuleContext, side: OneSide, pairs: Pairs) -> tuple[Reason, ...]:
    """What the last session led to."""
    tracker = side.tracker
    load = pairs[0][0]
    last = context.history.last if context.history is not None else None
    if tracker.missed:
        less = round(100 * (1 - load / tracker.lifted), 1) if tracker.lifted else 0.0
        if less > 0:
            return (Reason("MISS_LIGHTER", {"percent": less}),)
        return (Reason("NO_HEAVIER"),)
    if last is not None and last.grade is Grade.LIGHTER:
        return (Reason("LIGHTER_THAN_PLANNED"),)
    if context.guards or tracker.hurt is not None:
        return ()
    if side.morning.looking and tracker.easy > 0 and load > tracker.lifted:
        return (Reason("SEARCH"),)
    if context.history is not None and context.history.run > 1:
        return (Reason("RUN_CLEAN", {"sessions": context.history.run}),)
    return ()


def _belief(
    context: RuleContext, lift: Lift, side: OneSide, load: float, reps: int
) -> list[Reason]:
    """What is believed of the maximum, and how surely."""
    tracker = side.tracker
    if not tracker.informed:
        return [Reason("NO_RIR")]
    if not tracker.found:
        return [Reason("AT_LEAST")]
    reasons = []
    if context.guards.load < 1 or tracker.hurt is not None:
        reasons.append(Reason("ESTIMATE_KEPT", _band(tracker, lift, load)))
    else:
        reasons.append(_estimate_reason(side, lift, load, reps))
        if tracker.sd > WIDE_SD:
            below = round(100 * CAUTION * math.sqrt(tracker.belief.zz))
            reasons.append(Reason("WIDE", {"percent": below}))
    kept = round(tracker.belief.kept)
    if abs(tracker.belief.kept) > MUCH_KEPT and math.sqrt(tracker.belief.bb) < KEPT_SURE:
        code = "KEPT_BACK" if kept > 0 else "OVER_REPORTED"
        reasons.append(Reason(code, {"kept": abs(kept)}))
    return reasons


def _band(tracker: Tracker, lift: Lift, load: float) -> dict[str, float]:
    shown = estimate(tracker, lift, load)
    return {"e1rm": shown.one_rm_kg, "low": shown.low_kg, "high": shown.high_kg}


def _estimate_reason(side: OneSide, lift: Lift, load: float, reps: int) -> Reason:
    able = math.exp(side.plan.level)
    possible = round(reps_at(100 * lift.system(load) / able) * tired(0), 1)
    facts = {**_band(side.tracker, lift, load), "load": load, "possible": possible}
    if reps > possible:
        return Reason("ESTIMATE_LIGHTEST", facts)
    return Reason("ESTIMATE", {**facts, "reps": reps, "left": round(possible - reps, 1)})


def estimate(tracker: Tracker, lift: Lift, load_kg: float) -> Estimate:
    """The day's best single in kg of one implement with its likely range, for a lift trained with
    ``load_kg``, and the usual formulas for comparison."""
    mid, low, high = (round(max(0.0, kg), 1) for kg in best_single(tracker.belief, lift, load_kg))
    return Estimate(one_rm_kg=mid, low_kg=low, high_kg=high, compared=_compared(tracker, lift))


def expected(lift: LiftStep) -> Expected | None:
    """The report to expect of the first set; None if the lift has no estimate yet."""
    tracker, first = lift.side.tracker, lift.step.sets[0]
    if tracker.fresh or not tracker.informed or first.load_kg is None or not first.reps:
        return None
    band = expected_report(tracker.belief, lift.lift, first.load_kg, first.reps)
    rir, low, high = (round(value, 1) for value in band)
    return Expected(rir=rir, low=low, high=high)


def _compared(tracker: Tracker, lift: Lift) -> dict[str, float]:
    """What the formulas give for the last session's heaviest set, in kg of one implement, as if
    done to failure."""
    if not tracker.sets:
        return {}
    load, reps = max(tracker.sets)
    if not 1 <= reps <= MOST_REPS:
        return {}
    system = lift.system(load)
    if system <= 0:
        return {}
    return {name: round(lift.in_hand(f(system, reps)), 1) for name, f in FORMULAS.items()}


def confidence(tracker: Tracker) -> Confidence:
    """The confidence in the plan of a lift, from the spread of its estimate."""
    if not tracker.informed or not tracker.found or tracker.sd > WIDE_SD:
        return Confidence.LOW
    return Confidence.HIGH if tracker.sd < SURE_SD else Confidence.MEDIUM
