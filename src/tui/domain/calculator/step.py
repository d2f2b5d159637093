"""What the rules of the kinds of work share: the question they are asked and the step they give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.bouts import Bout, Grade, size
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.loads import Loads
from tui.domain.calculator.state import ExerciseHistory, Setup, State
from tui.domain.model.values import Dose, Exercise, Kind, Level, Measures

STEP_CAP = 1.10
FIRST_CUT, SECOND_CUT = 0.95, 0.90  # Of the load after two misses running, and after three.
LATELY_DAYS = 28  # What was lifted before a race is no matter of long ago.


class RuleContext(Struct, frozen=True, kw_only=True):
    """One exercise on one day: what the log says of it, its dose at the runner's level, the loads
    that can be put together (None where it takes none that is known) and the guards that fired."""

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
        """The sessions that progress is read from, newest last."""
        return self.history.bouts if self.history is not None else ()


class Step(Struct, frozen=True, kw_only=True):
    """What the rule of a kind asks for, before any guard: an action and the measures of each set.
    VARIANT_UP and VARIANT_DOWN ask for another exercise; their sets are for where there is none."""

    action: Action
    sets: tuple[Measures, ...]
    reasons: tuple[Reason, ...] = ()


def lifted_last(context: RuleContext) -> float | None:
    """The load in kg that the next session may go on from: the last session's, or, where that was
    the light one after a race, the one before it; None where there was none."""
    if context.history is None:
        return None
    last = context.history.last
    before = context.bouts[-1] if context.bouts else last
    if last.light and (last.day - before.day).days < LATELY_DAYS:
        loads = [m.load_kg for m in (last.done, before.done) if m.load_kg is not None]
        return max(loads, default=None)
    return last.done.load_kg


def even(measures: Measures, count: int) -> tuple[Measures, ...]:
    """So many sets alike."""
    return (measures,) * count


def running(bouts: Sequence[Bout], holds: Callable[[Bout], bool]) -> int:
    """How many of the newest sessions in a row ``holds`` is true of."""
    count = 0
    for one in reversed(bouts):
        if not holds(one):
            break
        count += 1
    return count


def is_clean(one: Bout) -> bool:
    """All of it was done as planned."""
    return one.grade is Grade.CLEAN


def is_miss(one: Bout) -> bool:
    """It fell short of what can be called a session of it."""
    return one.grade is Grade.MISS


def working(bouts: Sequence[Bout]) -> Measures:
    """What the runner works at: what was done where that was all that was asked, or more; else what
    was asked."""
    last = bouts[-1]
    return last.done if is_clean(last) else last.asked


def lightened(context: RuleContext, base: Measures, misses: int) -> Measures:
    """A dose with the load that is left after so many misses running; the same where nothing
    lighter is owned, or it has no load."""
    if base.load_kg is None or context.loads is None:
        return base
    cut = FIRST_CUT if misses == 2 else SECOND_CUT
    return replace(base, load_kg=context.loads.down(base.load_kg * cut))


def named(context: RuleContext, step: Step) -> Step:
    """A step called by how it compares with what the last session was to be: more is an increase,
    as much the same, less a decrease. A small dose that stays is what it is."""
    kind = context.exercise.kind
    if step.action not in (Action.HOLD, Action.INCREASE) or kind is Kind.MOBILITY:
        return step
    if context.history is None or not context.bouts:
        return step
    before = context.history.last.asked
    now, last = size(kind, step.sets[0]), size(kind, before)
    if now > last and is_miss(context.bouts[-1]):
        return replace(
            step, action=Action.HOLD, sets=even(reachable(context, before), len(step.sets))
        )
    if now == last:
        return replace(step, action=Action.HOLD)
    return replace(step, action=Action.INCREASE if now > last else Action.DECREASE)


def held(last: Bout) -> tuple[Reason, ...]:
    """Why the dose stays after a session that was not clean."""
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
    """A dose at a load that is owned, and no more than a tenth or one owned step above what was
    lifted last."""
    if base.load_kg is None or context.loads is None:
        return base
    lifted = lifted_last(context)
    if lifted is None:
        return replace(base, load_kg=context.loads.down(base.load_kg))
    step = context.loads.above(lifted)
    most = max(lifted * STEP_CAP, lifted if step is None else step)
    return replace(base, load_kg=context.loads.down(min(base.load_kg, most)))
