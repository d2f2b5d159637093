"""Apply the guards to a dose: fewer sets, less load, nothing rising (source project)."""

from __future__ import annotations

import math

from msgspec.structs import replace

from tui.domain.calculator.advice import Action
from tui.domain.calculator.holds import LOWERINGS, RUNGS, down_to_5
from tui.domain.calculator.step import RuleContext, Step, even, reachable, working
from tui.domain.model.values import Kind, Measures

RISING = (Action.INCREASE, Action.VARIANT_UP)


def set_count(context: RuleContext, sets: int) -> int:
    """The number of sets under the guards: the smallest share, rounded half up, minus one if a
    guard takes one off; at least one."""
    shared = math.floor(sets * context.guards.sets + 0.5)
    return max(1, shared - context.guards.one_less)


def eased(context: RuleContext, step: Step) -> Step:
    """A step under the guards: nothing rises above the last session, and the smallest share of the
    load is applied to the lower of plan and last session."""
    count = set_count(context, len(step.sets))
    planned = step.sets[0]
    if context.history is None or not context.bouts:
        return replace(step, sets=even(lowered(context, planned), count))
    last = working(context.bouts)
    # If the plan was to rise, use the last session as a whole: the next load at the bottom of its
    # range is not a lower dose.
    base = last if step.action in RISING else lower(planned, last)
    less = reachable(context, lower(lowered(context, base), context.history.last.asked))
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


def lowered(context: RuleContext, dose: Measures) -> Measures:
    """A dose reduced to the guards' share of its load, or without a load of its seconds or reps."""
    share = context.guards.load
    if share >= 1:
        return dose
    match context.exercise.kind:
        case Kind.HOLD:
            return replace(dose, hold_s=down_to_5((dose.hold_s or 5) * share))
        case Kind.CLUSTER:
            wanted = (dose.hold_s or 5) * share
            holds, seconds = max(
                (rung for rung in RUNGS if rung[1] <= wanted), default=RUNGS[0], key=lambda r: r[1]
            )
            return replace(dose, holds=min(holds, dose.holds or holds), hold_s=seconds)
        case Kind.ECCENTRIC:
            wanted = (dose.tempo_s or 3) * share
            slow = max((s for s, _ in LOWERINGS if s <= wanted), default=LOWERINGS[0][0])
            return replace(dose, tempo_s=slow)
        case Kind.MOBILITY | Kind.PLYOMETRIC:
            return dose
    if dose.load_kg is not None and context.loads is not None:
        less = replace(dose, load_kg=context.loads.down(dose.load_kg * share))
        return (
            less
            if dose.reps is None
            else replace(less, reps=max(1, dose.reps - context.guards.spare))
        )
    if dose.reps is None:
        return dose
    fewer = min(math.floor(dose.reps * share + 1e-9), dose.reps - context.guards.spare)
    return replace(dose, reps=max(1, fewer))
