"""Turn a rule's step into advice: the action, the plan set by set, the reasons and sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Advice, Confidence, Reason
from tui.domain.calculator.bouts import MORE
from tui.domain.calculator.claims import sayable
from tui.domain.calculator.reasons import sources_of
from tui.domain.calculator.sides import Balance
from tui.domain.calculator.step import RuleContext, Step
from tui.domain.model.values import Exercise, Goal, Measures, Prescription, SetPlan, Side, Sides

SURENESS = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def build_advice(context: RuleContext, step: Step, sides: Balance | None = None) -> Advice:
    """A step as advice. The first guard that fired names the action; all reasons are listed."""
    sides = sides or Balance()
    action = context.guards.fired[0].action if context.guards else step.action
    if not context.guards and sides.holds and not sides.frozen and action is Action.INCREASE:
        action = Action.HOLD
    lighter = _lighter(context, step)
    told = (
        *_fired(context, less=bool(lighter)),
        *lighter,
        *sides.reasons,
        *step.reasons,
        *_noticed(context, step),
    )
    reasons = sayable(told, action, step.sets, context)
    rir = context.dose.target_rir
    return Advice(
        exercise=context.exercise.id,
        variant=context.exercise.id,
        action=action,
        plan=Prescription(
            sets=_set_plans(context.exercise, step.sets, sides),
            rest_s=context.dose.rest_s,
            target_rir=None if rir is None else rir + context.guards.spare,
        ),
        reasons=reasons,
        sources=sources_of(reasons, context.exercise),
        confidence=sureness(context),
        days=rests_on(context),
    )


def rest_advice(exercise: Exercise, reasons: tuple[Reason, ...]) -> Advice:
    """The advice to rest, with its reasons."""
    return Advice(
        exercise=exercise.id,
        variant=exercise.id,
        action=Action.REST,
        plan=Prescription(sets=(), rest_s=0),
        reasons=reasons,
        sources=sources_of(reasons, exercise),
        confidence=Confidence.HIGH,
    )


def substitute_advice(
    exercise: Exercise, action: Action, inner: Advice, *reasons: Reason
) -> Advice:
    """The advice for another exercise as the answer for this one; the reasons for the swap come
    first."""
    every = (*reasons, *inner.reasons)
    return replace(
        inner,
        exercise=exercise.id,
        action=inner.action if inner.action is Action.REST else action,
        reasons=every,
        sources=sources_of(every, exercise),
    )


def unsure(said: Advice) -> Advice:
    """Advice from a log of which a part is not known: it says so, and is as sure as a first guess.
    A rest stays as it is."""
    if not said.plan.sets:
        return said
    return replace(said, reasons=(*said.reasons, Reason("LOG_GAP")), confidence=Confidence.LOW)


def rests_on(context: RuleContext) -> tuple[date, ...]:
    """The days of the last two sessions that count, newest first."""
    return tuple(one.day for one in reversed(context.bouts[-2:]))


def sureness(context: RuleContext) -> Confidence:
    """The confidence in a rule's advice: higher if effort was reported in the last two sessions."""
    return SURENESS[sum(one.rated for one in context.bouts[-2:])]


def _fired(context: RuleContext, *, less: bool) -> tuple[Reason, ...]:
    """The reasons of the guards. A gap after which the same is asked again does not say so if
    something else makes it less."""
    fired = context.guards.fired
    less = less or any(guard.lowers for guard in fired)
    return tuple(
        Reason("LAYOFF_LESS", guard.reason.facts)
        if less and guard.reason.code == "LAYOFF_11_17"
        else guard.reason
        for guard in fired
    )


def _noticed(context: RuleContext, step: Step) -> tuple[Reason, ...]:
    """A remark if the runner did more than planned: progress goes on from there, unless it was too
    much or long ago."""
    more = context.history is not None and context.history.last.cause == MORE
    more = more and step.action not in (Action.DECREASE, Action.LAYOFF)
    return (Reason("NOTICED_MORE"),) if more and not context.guards else ()


def _lighter(context: RuleContext, step: Step) -> tuple[Reason, ...]:
    """Under a guard, by how much the load is really lighter than last session."""
    if not context.guards or context.history is None:
        return ()
    lifted = [tracker.lifted for tracker in context.history.trackers.values()]
    last = max(lifted) if lifted else context.history.last.done.load_kg
    now = max((m.load_kg for m in step.sets if m.load_kg is not None), default=None)
    if not last or now is None or now >= last:
        return ()
    return (Reason("LIGHTER", {"percent": round(100 * (1 - now / last), 1)}),)


def _for_side(measures: Measures, number: int, side: Side, sides: Balance) -> Measures:
    """The measures of one side: the stronger side, while it waits, does no more than last time."""
    if not sides.frozen or side is sides.weak or measures.load_kg is None:
        return measures
    load, count = sides.frozen[min(number, len(sides.frozen)) - 1]
    if (measures.load_kg, measures.reps or 0) <= (load, count):
        return measures
    return replace(measures, load_kg=load, reps=count)


def _set_plans(exercise: Exercise, sets: Sequence[Measures], sides: Balance) -> tuple[SetPlan, ...]:
    """The sets of a plan. For a one-sided exercise, the weaker side comes first and, if it needs
    it, gets one more set."""
    if exercise.sides is Sides.BOTH:
        return tuple(
            SetPlan(number=n, goals=(Goal(side=Side.BOTH, measures=m),))
            for n, m in enumerate(sets, start=1)
        )
    order = (Side.RIGHT, Side.LEFT) if sides.weak is Side.RIGHT else (Side.LEFT, Side.RIGHT)
    made = [
        SetPlan(
            number=n,
            goals=tuple(Goal(side=side, measures=_for_side(m, n, side, sides)) for side in order),
        )
        for n, m in enumerate(sets, start=1)
    ]
    if sides.more and sets and sides.weak is not None:
        goal = Goal(side=sides.weak, measures=sets[-1])
        made.append(SetPlan(number=len(made) + 1, goals=(goal,)))
    return tuple(made)
