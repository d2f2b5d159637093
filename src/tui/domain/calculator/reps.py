"""Double progression: more reps first, then more load or a harder variant.

The ranges are the articles' if they give one (kawamoto-speed: up to 25; clarke-runrun: 10 to 15 a
side); the steps are the project's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason, holding
from tui.domain.calculator.bouts import Bout
from tui.domain.calculator.estimates import LONGEST, reps_at, share
from tui.domain.calculator.loads import EQUAL
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
    sets_asked,
    standing,
    way_back,
    working,
)
from tui.domain.calculator.tracker import FIRST_SHARE
from tui.domain.model.values import Kind, Level, Measures

EXTENDED_REPS = 4
BIG_JUMP = 1.10
MISSES_DOWN = 3
AGAIN = 0.8  # The share of the top with which an easier rung, or one more set, begins.
REP_PERCENT = 2.6  # What one rep less is worth, as a percentage of the load (the RTS chart).
LOWERING_S, PAUSE_S = 3, 2  # The slow lowering and the pause that come after the last rep.
# Its dose is begun with in full from the intermediate level on.
ARTICLE = "kawamoto-speed"


def high_rep(context: RuleContext) -> Step:
    """Loaded work in a high rep range: one more rep after a clean session; after two sessions in a
    row at the top (beginners: one), the next load. On the way back from pain or a layoff: the next
    load after each clean session, up to the load before it."""
    low, high = rep_range(context)
    if not context.bouts:
        return _start(context, low, high)
    base = reachable(context, working(context.bouts))
    misses = running(context.bouts, is_miss)
    if misses:
        return _after_misses(context, base, misses, low)
    if not is_clean(context.bouts[-1]):
        return Step(
            action=Action.HOLD, sets=even(base, _sets(context)), reasons=held(context.bouts[-1])
        )
    reps = base.reps or low
    if (back := next_back(context, base)) is not None:
        load = base.load_kg or back
        # A small step back to a load that was lifted before costs no reps.
        if back > load * BIG_JUMP + 1e-9:
            reps = _reps_after(reps, load, back, low, high)
        heavier, reason = replace(base, load_kg=back, reps=reps), Reason("BACK_UP", {"load": back})
        return Step(action=Action.INCREASE, sets=even(heavier, _sets(context)), reasons=(reason,))
    if reps < high:
        return _more_reps(context, base, reps, ())
    return _at_top(context, base, low, high)


def bodyweight(context: RuleContext) -> Step:
    """Reps without load: one more after a clean session; after two sessions in a row at the top,
    the harder variant; after three misses, a rung back or the easier one."""
    low, high = rep_range(context)
    if not context.bouts:
        start = replace(context.dose.measures, reps=low)
        return Step(
            action=Action.START, sets=even(start, context.dose.sets), reasons=(Reason("START"),)
        )
    base = _at_hand(context, working(context.bouts))
    sets = even(base, _sets(context))
    misses = running(context.bouts, is_miss)
    missed = Reason("MISSES", {"sessions": misses})
    below = rung_below(base)
    if misses >= MISSES_DOWN and below is None:
        return Step(action=Action.VARIANT_DOWN, sets=sets, reasons=(missed,))
    if misses and misses % MISSES_DOWN == 0 and below is not None:
        less = replace(below, reps=max(low, int(high * AGAIN)))
        return Step(action=Action.DECREASE, sets=even(less, context.dose.sets), reasons=(missed,))
    if misses:
        return Step(action=Action.HOLD, sets=sets, reasons=(Reason("MISSED"),))
    if not is_clean(context.bouts[-1]):
        return Step(action=Action.HOLD, sets=sets, reasons=held(context.bouts[-1]))
    reps = base.reps or low
    if reps < high:
        return _more_reps(context, base, reps, ())
    if times_at(context.bouts, high) < 2:
        return Step(action=Action.HOLD, sets=sets, reasons=(Reason("CONFIRM_TOP"),))
    reason = Reason("TOP_TWICE", {"reps": high})
    return Step(action=Action.VARIANT_UP, sets=sets, reasons=(reason,))


def times_at(bouts: Sequence[Bout], reps: int) -> int:
    """The number of newest clean sessions in a row on the last one's rung with so many reps."""
    last = rung_of(bouts[-1].done)
    return running(
        bouts,
        lambda one: is_clean(one) and rung_of(one.done) == last and (one.done.reps or 0) >= reps,
    )


def rung_of(m: Measures) -> tuple[float | None, ...]:
    """What sets of so many reps must have in common to be compared: load or help, tempo, pause."""
    return m.net_kg, m.tempo_s, m.pause_s


def rung_below(m: Measures) -> Measures | None:
    """An exercise without load of its own, one rung easier; None on its first rung."""
    if m.load_kg is not None:
        return replace(m, load_kg=None, tempo_s=LOWERING_S, pause_s=PAUSE_S)
    if m.pause_s is not None:
        return replace(m, pause_s=None)
    return None if m.tempo_s is None else replace(m, tempo_s=None)


def next_back(context: RuleContext, base: Measures) -> float | None:
    """The next load in kg on the way back to the one before pain or a layoff; None off that way."""
    goal = way_back(context)
    if goal is None or goal.load_kg is None or base.load_kg is None or context.loads is None:
        return None
    after = context.loads.above(base.load_kg)
    return None if after is None or after > goal.load_kg + EQUAL else after


def rep_range(context: RuleContext) -> tuple[int, int]:
    """The fewest and most reps. A slot with a single number of reps means the top; the bottom is
    that of the exercise's own range."""
    own = context.exercise.doses[context.level]
    low = context.dose.measures.reps or own.measures.reps or 1
    if context.dose.reps_top is not None:
        return low, context.dose.reps_top
    least = own.measures.reps or low
    return (least, low) if own.reps_top is not None and least < low else (low, low)


def _sets(context: RuleContext) -> int:
    """The number of sets; one more if that was given on the last rung."""
    asked = standing(context).asked
    loaded = context.exercise.kind is Kind.BODYWEIGHT and asked.load_kg is not None
    return sets_asked(context, late=loaded or asked.pause_s is not None)


def _at_hand(context: RuleContext, base: Measures) -> Measures:
    """A dose without load of its own, its added load one that is at hand; without any, slowly."""
    if base.load_kg is None:
        return base
    loads = context.setup.inventory.added()
    if loads is None:
        return rung_below(base) or base
    return replace(base, load_kg=loads.down(base.load_kg))


def _start(context: RuleContext, low: int, high: int) -> Step:
    """The first session: the fewest reps, or from the intermediate level on those of the article,
    with a load that suits the stated maximum."""
    article = ARTICLE in context.exercise.sources
    reps = high if article and context.level is not Level.BEGINNER else low
    stated = context.setup.profile.maxes.get(context.exercise.id, ())
    best = holding(stated, context.day, stated[0].value).single_kg if stated else 0.0
    left = context.dose.target_rir or 0
    load: float | None = None
    reason = Reason("START")
    if best and context.loads is not None and context.loads.lightest > best + EQUAL:
        reason = Reason("TOO_HEAVY", {"load": context.loads.lightest, "max": best})
    elif best and context.loads is not None:
        # The chart ends at 16 reps; beyond it Epley's curve is the lower one.
        most = min(FIRST_SHARE, share(reps + left) / 100, 1 / (1 + (reps + left) / 30))
        load = context.loads.down(best * most)
        # The lightest load may be more than that, and then it is lifted less often.
        possible = reps_at(100 * load / best)
        if possible < LONGEST:
            reps = max(1, min(reps, math.floor(possible) - left))
    elif context.loads is not None or article:
        left = context.dose.target_rir or 1
        reason = Reason("CHOOSE_LOAD", {"reps": reps, "left": left, "most": reps + left})
    asks = (_article_asks(context, high),) if article and reps < high else ()
    measures = replace(context.dose.measures, reps=reps, load_kg=load)
    return Step(
        action=Action.START, sets=even(measures, context.dose.sets), reasons=(reason, *asks)
    )


def _article_asks(context: RuleContext, high: int) -> Reason:
    return Reason("ARTICLE_REPS", {"sets": context.dose.sets, "reps": high})


def _reps_after(reps: int, load: float, after: float, low: int, high: int) -> int:
    """The reps with the next load: fewer by what the step costs, and one more; within the range."""
    cost = math.ceil(100 * (after / load - 1) / REP_PERCENT - 1e-9) + 1
    return max(low, min(high, reps - cost))


def _more_reps(
    context: RuleContext, base: Measures, reps: int, reasons: tuple[Reason, ...]
) -> Step:
    more = replace(base, reps=reps + 1)
    return Step(
        action=Action.INCREASE,
        sets=even(more, _sets(context)),
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
    sets = even(base, _sets(context))
    needed = 1 if context.level is Level.BEGINNER else 2

    if times_at(context.bouts, high) < needed:
        return Step(action=Action.HOLD, sets=sets, reasons=(Reason("CONFIRM_TOP"),))
    load = base.load_kg
    after = None if load is None or context.loads is None else context.loads.above(load)
    if load is None or after is None:
        facts = {"reps": high}
        return Step(action=Action.VARIANT_UP, sets=sets, reasons=(Reason("AT_TOP", facts),))
    fewer = _reps_after(base.reps or low, load, after, low, high)
    plain = replace(base, load_kg=after, reps=fewer, tempo_s=None, pause_s=None)
    heavier = Step(
        action=Action.INCREASE,
        sets=even(plain, context.dose.sets),
        reasons=(Reason("NEXT_LOAD", {"load": after}),),
    )
    if after <= load * BIG_JUMP + 1e-9:
        return heavier
    top = high + EXTENDED_REPS
    reps = base.reps or low
    # Once for each load: a runner who has come back to it takes the jump.
    before = any(one.done.load_kg == load and (one.done.reps or 0) >= top for one in context.bouts)
    if reps < top and not before:
        percent = round(100 * (after / load - 1))
        reason = Reason("REP_EXTEND", {"percent": percent, "load": after, "top": top})
        return _more_reps(context, base, reps, (reason,))
    if reps >= top and times_at(context.bouts, top) < needed:
        return Step(action=Action.HOLD, sets=sets, reasons=(Reason("CONFIRM_TOP"),))
    return heavier
