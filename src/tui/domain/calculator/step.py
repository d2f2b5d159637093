"""Shared by the progression rules of all kinds of work: their input, output and helpers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.bouts import PAIN, Bout, Ease, Grade, size
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.loads import Loads
from tui.domain.calculator.state import ExerciseHistory, Setup, State
from tui.domain.model.values import Dose, Exercise, Kind, Level, Measures

STEP_CAP = 1.10
FIRST_CUT, SECOND_CUT = 0.95, 0.90  # The share of the load after two misses in a row, after three.


class RuleContext(Struct, frozen=True, kw_only=True):
    """The input of a rule: one exercise on one day, with its history, its dose at the runner's
    level, the possible loads (None without known loads) and the guards that fired."""

    setup: Setup
    state: State
    exercise: Exercise
    dose: Dose
    level: Level
    day: date
    history: ExerciseHistory | None = None
    loads: Loads | None = None
    guards: Guards = Guards()

    @property
    def bouts(self) -> tuple[Bout, ...]:
        """The sessions from which progress is read, newest last."""
        return self.history.bouts if self.history is not None else ()


class Step(Struct, frozen=True, kw_only=True):
    """The output of a rule, before any guard: an action and the measures of each set. VARIANT_UP
    and VARIANT_DOWN ask for another exercise; their sets apply if there is none."""

    action: Action
    sets: tuple[Measures, ...]
    reasons: tuple[Reason, ...] = ()


def lifted_last(context: RuleContext) -> float | None:
    """The load in kg from which the next session goes on: that of the last session or, if that was
    planned to be easy, the higher of it and the last full one; None without a load."""
    if context.history is None:
        return None
    last = context.history.last
    full = context.bouts[-1] if context.bouts and last.ease is Ease.PLANNED else last
    loads = [m.load_kg for m in (last.done, full.done) if m.load_kg is not None]
    return max(loads, default=None)


def even(measures: Measures, count: int) -> tuple[Measures, ...]:
    """``count`` equal sets."""
    return (measures,) * count


def sets_asked(context: RuleContext, *, late: bool) -> int:
    """The number of sets: the dose's, and one more if that was given for the last rung of the
    exercise. ``late``: its standing session was planned on that rung or just below it."""
    more = late and bool(context.bouts) and standing(context).sets == context.dose.sets + 1
    return context.dose.sets + more


def running(bouts: Sequence[Bout], holds: Callable[[Bout], bool]) -> int:
    """The number of newest sessions in a row for which ``holds`` is true."""
    count = 0
    for one in reversed(bouts):
        if not holds(one):
            break
        count += 1
    return count


def is_clean(one: Bout) -> bool:
    """Whether everything was done as planned."""
    return one.grade is Grade.CLEAN


def is_miss(one: Bout) -> bool:
    """Whether it fell too far short of the plan to count as partial."""
    return one.grade is Grade.MISS


def working(bouts: Sequence[Bout]) -> Measures:
    """The runner's working level: what was done in the last session if it was clean, else what was
    planned."""
    last = bouts[-1]
    return last.done if is_clean(last) else last.asked


def way_back(context: RuleContext) -> Measures | None:
    """The dose before pain or a layoff lowered it, while it has not been reached again; or None."""
    before = context.history.before if context.history is not None else None
    return None if before is None else working((before,))


def standing(context: RuleContext) -> Bout:
    """The session that tells which rung the runner is on: on the way back the one before pain or a
    layoff, else the last. There must be one."""
    before = context.history.before if context.history is not None else None
    return before or context.bouts[-1]


def full(context: RuleContext) -> Bout:
    """The session of which guards take a share: the last one that pain or a layoff had not lowered,
    or one since then that hurt at less. There must be one."""
    since = running(context.bouts, lambda one: one.ease is Ease.BACK)
    lowered = context.bouts[len(context.bouts) - since :]
    whole = context.bouts[-since - 1] if since < len(context.bouts) else standing(context)
    hurt = (one for one in lowered if one.cause == PAIN)
    return min((whole, *hurt), key=lambda one: size(context.exercise.kind, working((one,))))


def lightened(context: RuleContext, base: Measures, misses: int) -> Measures:
    """A dose with its load reduced after a number of misses in a row; unchanged if it has no load
    or nothing lighter is owned."""
    if base.load_kg is None or context.loads is None:
        return base
    cut = FIRST_CUT if misses == 2 else SECOND_CUT
    return replace(base, load_kg=context.loads.down(base.load_kg * cut))


def relabelled(context: RuleContext, step: Step) -> Step:
    """A step with its action corrected by comparison with the plan of the last full session: more
    is an increase, the same a hold, less a decrease. After a miss, more becomes a hold at the last
    plan. A set that pain or a layoff took comes back alone. Mobility does not change."""
    kind = context.exercise.kind
    if step.action not in (Action.HOLD, Action.INCREASE) or kind is Kind.MOBILITY:
        return step
    if not context.bouts:
        return step
    count = len(step.sets)
    more = 0 < context.bouts[-1].sets < count
    if more and step.action is Action.INCREASE and context.bouts[-1].ease is Ease.BACK:
        return more_sets(reachable(context, working(context.bouts)), count)
    before = context.bouts[-1].asked
    now, last = size(kind, step.sets[0]), size(kind, before)
    if now > last and is_miss(context.bouts[-1]):
        return replace(step, action=Action.HOLD, sets=even(reachable(context, before), count))
    if now == last:
        return step if more else replace(step, action=Action.HOLD)
    return replace(step, action=Action.INCREASE if now > last else Action.DECREASE)


def more_sets(measures: Measures, count: int) -> Step:
    """The same dose in more sets than last time."""
    reason = Reason("MORE_SETS", {"sets": count})
    return Step(action=Action.INCREASE, sets=even(measures, count), reasons=(reason,))


def held(last: Bout) -> tuple[Reason, ...]:
    """Why the dose holds after a session that was not clean."""
    words = {
        "short": "HOLD_SHORT",
        "lighter": "LIGHTER_THAN_PLANNED",
        "form": "HOLD_FORM",
        "effort": "HOLD_EFFORT",
        "pain": "HOLD_PAIN",
    }
    if last.grade is Grade.FRESH:
        return (Reason("HOLD_AGAIN"),)
    if last.grade is Grade.STOPPED:
        return (Reason("HOLD_STOPPED"),)
    return (Reason(words.get(last.cause, "HOLD_SHORT")),)


def reachable(context: RuleContext, base: Measures) -> Measures:
    """A dose with an owned load, at most a tenth or one owned step above what was lifted last. As
    long as it is not stated what is owned, what was lifted is."""
    if base.load_kg is None or context.loads is None:
        return base
    lifted = lifted_last(context)
    if lifted is None:
        return replace(base, load_kg=context.loads.down(base.load_kg))
    if context.loads.owned is None and 0 < base.load_kg == lifted:
        return base
    step = context.loads.above(lifted)
    most = max(lifted * STEP_CAP, lifted if step is None else step)
    return replace(base, load_kg=context.loads.down(min(base.load_kg, most)))
