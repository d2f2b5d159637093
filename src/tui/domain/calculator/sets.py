"""Apply the guards to a dose: fewer sets, less load, nothing rising (source project)."""

from __future__ import annotations

import math

from msgspec.structs import replace

from tui.domain.calculator.advice import Action
from tui.domain.calculator.bouts import amount
from tui.domain.calculator.holds import LOWERINGS, RUNGS, down_to_5
from tui.domain.calculator.loads import EQUAL
from tui.domain.calculator.step import RuleContext, Step, even, full, reachable, working
from tui.domain.model.values import Kind, Measures

RISING = (Action.INCREASE, Action.VARIANT_UP)
WAY_STEP = 5  # A carry is shortened to a multiple of so many metres or seconds.


def set_count(context: RuleContext, sets: int) -> int:
    """The number of sets under the guards: the smallest share, rounded half up, minus one if a
    guard takes one off; at least one."""
    shared = math.floor(sets * context.guards.sets + 0.5)
    return max(1, shared - context.guards.one_less)


def eased(context: RuleContext, step: Step) -> Step:
    """A step under the guards: the lower of the plan and the guards' share of the last full
    session. Nothing rises above the last one, full or not."""
    count = set_count(context, len(step.sets))
    planned, share = step.sets[0], context.guards.load
    if not context.bouts:
        return replace(step, sets=even(lowered(context, planned, share), count))
    # A guard that fires again takes its share of the same session, not of what it left.
    whole = full(context) if share < 1 else context.bouts[-1]
    less = lowered(context, working((whole,)), share)
    # If the plan was to rise, use the last session as a whole: the next load at the bottom of its
    # range is not a lower dose.
    if step.action not in RISING:
        less = lower(planned, less)
    less = reachable(context, lower(less, context.bouts[-1].asked))
    action = Action.HOLD if step.action in RISING else step.action
    kept = step.reasons if step.action is Action.DECREASE else ()
    return Step(action=action, sets=even(less, count), reasons=kept)


def lower(one: Measures, other: Measures) -> Measures:
    """The smaller of two doses, measure by measure."""
    values = {}
    for name in one.__struct_fields__:
        mine, theirs = getattr(one, name), getattr(other, name)
        values[name] = mine if theirs is None else theirs if mine is None else min(mine, theirs)
    return Measures(**values)


def lowered(context: RuleContext, dose: Measures, share: float) -> Measures:
    """A dose reduced to a share of its load, or, without a load or with none so light, of its
    seconds, reps or metres. Below 1 it is always less than the dose, down to one rep or second."""
    if share >= 1:
        return dose
    match context.exercise.kind:
        case Kind.HOLD:
            return replace(dose, hold_s=_shorter(dose.hold_s or 5, share))
        case Kind.CLUSTER:
            wanted = (dose.hold_s or 5) * share
            reached = [rung for rung in RUNGS if rung[1] <= wanted]
            if not reached:
                return replace(dose, holds=_fewer(dose.holds or 1, share))
            holds, seconds = reached[-1]
            return replace(dose, holds=min(holds, dose.holds or holds), hold_s=seconds)
        case Kind.ECCENTRIC:
            slow = [s for s, _ in LOWERINGS if s <= (dose.tempo_s or 3) * share]
            if not slow:
                return replace(dose, reps=_fewer(dose.reps or 1, share))
            return replace(dose, tempo_s=max(slow))
        case Kind.MOBILITY | Kind.PLYOMETRIC:
            return dose
    spare = context.guards.spare
    if dose.load_kg is not None and context.loads is not None:
        wanted = dose.load_kg * share
        if wanted >= context.loads.lightest - EQUAL:
            less = replace(dose, load_kg=context.loads.down(wanted))
            return less if dose.reps is None else replace(less, reps=max(1, dose.reps - spare))
        dose = replace(dose, load_kg=context.loads.down(dose.load_kg))
    if dose.reps is not None:
        return replace(dose, reps=max(1, min(_fewer(dose.reps, share), dose.reps - spare)))
    way = amount(context.exercise.kind, dose)
    if way is None:
        return dose
    shorter = max(WAY_STEP, math.floor(way * share / WAY_STEP + 1e-9) * WAY_STEP)
    name = "distance_m" if dose.distance_m is not None else "duration_s"
    return replace(dose, **{name: min(way, shorter)})


def _shorter(seconds: float, share: float) -> float:
    """A share of a hold, in steps of five seconds or, below that, of one."""
    wanted = seconds * share
    return down_to_5(wanted) if wanted >= 5 else max(1, math.floor(wanted + 1e-9))


def _fewer(count: int, share: float) -> int:
    return max(1, math.floor(count * share + 1e-9))
