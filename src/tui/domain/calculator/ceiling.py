"""What comes after the top of an exercise that has no harder variant (source project).

Reps get a slow lowering, then a pause at the hard point, then a load; everything gets one more set,
once. Only then does it stay as it is.
"""

from __future__ import annotations

from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.holds import (
    LAST_LOWERING,
    LAST_RUNG,
    LOWERINGS,
    RUNGS,
    CarryScale,
    cap_s,
    last_hold_s,
)
from tui.domain.calculator.reps import AGAIN, LOWERING_S, PAUSE_S, rep_range
from tui.domain.calculator.step import RuleContext, Step, even
from tui.domain.model.phases import HARD_LEG_LOAD
from tui.domain.model.values import Kind, Measures

UPPER = "upper"
REPS_LESS = 4  # With more of a load, or less help, that is not known.


def beyond(context: RuleContext, step: Step) -> Step:
    """The next rung for an exercise whose own top was confirmed in ``step``, or HOLD."""
    base = step.sets[0]
    if base.assist_kg is not None and base.reps is not None:
        return _less_help(context, base)
    if context.exercise.kind is Kind.LOADED and base.load_kg is None:
        return _heavier(context, base)
    if context.exercise.kind in (Kind.LOADED, Kind.BODYWEIGHT):
        harder = _harder_reps(context, base)
        if harder is not None:
            return harder
    if len(step.sets) > context.dose.sets:
        return replace(step, action=Action.HOLD, reasons=(_enough(context),))
    count = context.dose.sets + 1
    first = _first_of_more(context, base)
    return Step(
        action=Action.INCREASE,
        sets=even(first, count),
        reasons=(Reason("MORE_SETS", {"sets": count}),),
    )


def _heavier(context: RuleContext, base: Measures) -> Step:
    """A load of which nothing was told: the runner takes more of it, with fewer reps."""
    low, high = rep_range(context)
    fewer = replace(base, reps=max(low, high - REPS_LESS))
    return _to(context, fewer, Reason("TAKE_MORE", {"reps": high}))


def _less_help(context: RuleContext, base: Measures) -> Step:
    """At the top with help: fewer reps, for which the runner takes less of it. How much less her
    machine or her bands allow only she knows, so the plan keeps what she had."""
    low, high = rep_range(context)
    fewer = max(low, high - REPS_LESS)
    reason = Reason("LESS_HELP", {"reps": high, "fewer": fewer})
    return _to(context, replace(base, reps=fewer), reason)


def _harder_reps(context: RuleContext, base: Measures) -> Step | None:
    """The reps at the bottom of the range again, slower, with a pause, or with a load."""
    low = replace(base, reps=rep_range(context)[0])
    unloaded = context.exercise.kind is Kind.BODYWEIGHT
    if not (unloaded and base.load_kg is not None):
        if (base.tempo_s or 0) < LOWERING_S:
            facts = {"seconds": LOWERING_S, "reps": low.reps or 1}
            return _to(context, replace(low, tempo_s=LOWERING_S), Reason("LOWER_SLOWLY", facts))
        if (base.pause_s or 0) < PAUSE_S:
            facts = {"seconds": PAUSE_S, "reps": low.reps or 1}
            return _to(context, replace(low, pause_s=PAUSE_S), Reason("PAUSE", facts))
    if not unloaded or (base.load_kg is not None and not _grows(context)):
        return None
    loads = context.setup.inventory.added()
    load = None if loads is None else loads.above(base.load_kg or 0.0)
    if load is None:
        return None
    plain = replace(low, load_kg=load, tempo_s=None, pause_s=None)
    return _to(context, plain, Reason("ADD_LOAD", {"load": load}))


def _grows(context: RuleContext) -> bool:
    """Whether an added load goes on rising: for hard leg work and the upper body. Small exercises
    of hip and core have enough with the first."""
    exercise = context.exercise
    return exercise.leg_load >= HARD_LEG_LOAD or exercise.category == UPPER


def _to(context: RuleContext, measures: Measures, reason: Reason) -> Step:
    sets = even(measures, context.dose.sets)
    return Step(action=Action.INCREASE, sets=sets, reasons=(reason,))


def _first_of_more(context: RuleContext, base: Measures) -> Measures:
    """Each set of the first session with one more set: a little below the top, but more in all."""
    match context.exercise.kind:
        case Kind.HOLD:
            return replace(base, hold_s=last_hold_s(context.exercise.id))
        case Kind.CLUSTER:
            holds, seconds = RUNGS[LAST_RUNG]
            return replace(base, holds=holds, hold_s=seconds)
        case Kind.ECCENTRIC:
            seconds, reps = LOWERINGS[LAST_LOWERING]
            return replace(base, tempo_s=seconds, reps=reps)
        case Kind.CARRY:
            way = CarryScale.of(base)
            return way.at(base, way.top - way.step / 2)
    return replace(base, reps=int(rep_range(context)[1] * AGAIN))


def _enough(context: RuleContext) -> Reason:
    if context.exercise.kind is Kind.HOLD:
        return Reason("ENOUGH_HOLD", {"seconds": cap_s(context.exercise.id)})
    return Reason("ENOUGH")
