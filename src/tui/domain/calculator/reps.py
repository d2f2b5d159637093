"""Double progression: more reps first, then more load or a harder variant.

The ranges are the articles' if they give one (kawamoto-speed: up to 25; clarke-runrun: 10 to 15 a
side); the steps are the project's.
"""

from __future__ import annotations

from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason, holding
from tui.domain.calculator.estimates import share
from tui.domain.calculator.step import (
    FIRST_CUT,
    SECOND_CUT,
    RuleContext,
    Step,
    even,
    held,
    is_clean,
    is_miss,
    lightened,
    reachable,
    running,
    working,
)
from tui.domain.calculator.tracker import FIRST_SHARE
from tui.domain.model.values import Level, Measures

EXTENDED_REPS = 4
BIG_JUMP = 1.10
MISSES_DOWN = 3


def high_rep(context: RuleContext) -> Step:
    """Loaded work in a high rep range: one more rep after a clean session; after two sessions in a
    row at the top (beginners: one), the next load."""
    low, high = _range(context)
    if not context.bouts:
        return _start(context, low)
    base = reachable(context, working(context.bouts))
    misses = running(context.bouts, is_miss)
    if misses:
        return _after_misses(context, base, misses, low)
    if not is_clean(context.bouts[-1]):
        return Step(
            action=Action.HOLD, sets=even(base, context.dose.sets), reasons=held(context.bouts[-1])
        )
    reps = base.reps or low
    if reps < high:
        return _more_reps(context, base, reps, ())
    return _at_top(context, base, low, high)


def bodyweight(context: RuleContext) -> Step:
    """Reps without load: one more after a clean session; after two sessions in a row at the top,
    the harder variant; after three misses, the easier one."""
    low, high = _range(context)
    if not context.bouts:
        start = replace(context.dose.measures, reps=low)
        return Step(
            action=Action.START, sets=even(start, context.dose.sets), reasons=(Reason("START"),)
        )
    base = working(context.bouts)
    sets = even(base, context.dose.sets)
    misses = running(context.bouts, is_miss)
    if misses >= MISSES_DOWN:
        facts = {"sessions": misses}
        return Step(action=Action.VARIANT_DOWN, sets=sets, reasons=(Reason("MISSES", facts),))
    if misses:
        return Step(action=Action.HOLD, sets=sets, reasons=(Reason("MISSED"),))
    if not is_clean(context.bouts[-1]):
        return Step(action=Action.HOLD, sets=sets, reasons=held(context.bouts[-1]))
    reps = base.reps or low
    if reps < high:
        return _more_reps(context, base, reps, ())
    times = running(context.bouts, lambda one: is_clean(one) and (one.done.reps or 0) >= high)
    if times < 2:
        return Step(action=Action.HOLD, sets=sets, reasons=(Reason("CONFIRM_TOP"),))
    reason = Reason("TOP_TWICE", {"reps": high})
    return Step(action=Action.VARIANT_UP, sets=sets, reasons=(reason,))


def _range(context: RuleContext) -> tuple[int, int]:
    """The fewest and most reps. A slot with a single number of reps means the top; the bottom is
    that of the exercise's own range."""
    own = context.exercise.doses[context.level]
    low = context.dose.measures.reps or own.measures.reps or 1
    if context.dose.reps_top is not None:
        return low, context.dose.reps_top
    least = own.measures.reps or low
    return (least, low) if own.reps_top is not None and least < low else (low, low)


def _start(context: RuleContext, low: int) -> Step:
    """The first session: the fewest reps, with a load that suits the stated maximum."""
    stated = context.setup.profile.maxes.get(context.exercise.id, ())
    best = holding(stated, context.day, stated[0].value).single_kg if stated else 0.0
    load: float | None = None
    reasons: tuple[Reason, ...] = (Reason("START"),)
    if best and context.loads is not None:
        left = context.dose.target_rir or 0
        load = context.loads.down(best * min(FIRST_SHARE, share(low + left) / 100))
    elif context.loads is not None:
        reasons = (Reason("CHOOSE_LOAD", {"reps": low, "left": context.dose.target_rir or 1}),)
    measures = replace(context.dose.measures, reps=low, load_kg=load)
    return Step(action=Action.START, sets=even(measures, context.dose.sets), reasons=reasons)


def _more_reps(
    context: RuleContext, base: Measures, reps: int, reasons: tuple[Reason, ...]
) -> Step:
    more = replace(base, reps=reps + 1)
    return Step(
        action=Action.INCREASE,
        sets=even(more, context.dose.sets),
        reasons=reasons or (Reason("MORE_REPS", {"reps": reps + 1}),),
    )


def _after_misses(context: RuleContext, base: Measures, misses: int, low: int) -> Step:
    """After the first miss the dose holds, after the second it drops by 5 %, after the third by
    10 %: the load, with reps back in the range, or the reps if there is no load."""
    less = base
    if misses > 1 and base.load_kg is None:
        cut = FIRST_CUT if misses == 2 else SECOND_CUT
        less = replace(base, reps=max(1, int((base.reps or 1) * cut)))
    elif misses > 1 and (lighter := lightened(context, base, misses)) != base:
        less = replace(lighter, reps=max(low, base.reps or low))
    suggested = (Reason("DELOAD_SUGGEST"),) if misses >= MISSES_DOWN else ()
    sets = even(less, context.dose.sets)
    if less == base:
        return Step(action=Action.HOLD, sets=sets, reasons=(Reason("MISSED"), *suggested))
    reason = Reason("MISSES", {"sessions": misses})
    return Step(action=Action.DECREASE, sets=sets, reasons=(reason, *suggested))


def _at_top(context: RuleContext, base: Measures, low: int, high: int) -> Step:
    """At the top of the range: confirm it, then the next load; if that is a big jump, first do
    extra reps."""
    sets = even(base, context.dose.sets)
    needed = 1 if context.level is Level.BEGINNER else 2

    def times(reps: int) -> int:
        return running(
            context.bouts,
            lambda one: (
                is_clean(one)
                and one.done.load_kg == context.bouts[-1].done.load_kg
                and (one.done.reps or 0) >= reps
            ),
        )

    if times(high) < needed:
        return Step(action=Action.HOLD, sets=sets, reasons=(Reason("CONFIRM_TOP"),))
    load = base.load_kg
    after = None if load is None or context.loads is None else context.loads.above(load)
    if load is None or after is None:
        facts = {"reps": high}
        return Step(action=Action.VARIANT_UP, sets=sets, reasons=(Reason("AT_TOP", facts),))
    heavier = Step(
        action=Action.INCREASE,
        sets=even(replace(base, load_kg=after, reps=low), context.dose.sets),
        reasons=(Reason("NEXT_LOAD", {"load": after}),),
    )
    if after <= load * BIG_JUMP + 1e-9:
        return heavier
    top = high + EXTENDED_REPS
    reps = base.reps or low
    if reps < top:
        percent = round(100 * (after / load - 1))
        reason = Reason("REP_EXTEND", {"percent": percent, "load": after, "top": top})
        return _more_reps(context, base, reps, (reason,))
    if times(top) < needed:
        return Step(action=Action.HOLD, sets=sets, reasons=(Reason("CONFIRM_TOP"),))
    return heavier
