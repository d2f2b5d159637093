"""Advice made of a step: which action it is, the plan set by set, and all that is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Advice, Confidence, Reason
from tui.domain.calculator.bouts import MORE
from tui.domain.calculator.reasons import sources_of
from tui.domain.calculator.sides import Balance
from tui.domain.calculator.step import Ask, Step
from tui.domain.model.values import Exercise, Goal, Measures, Prescription, SetPlan, Side, Sides

SURENESS = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def told(ask: Ask, step: Step, sides: Balance | None = None) -> Advice:
    """A step as advice: the guards name the action, and all reasons are told."""
    sides = sides or Balance()
    action = ask.guards.fired[0].action if ask.guards else step.action
    if not ask.guards and sides.holds and not sides.frozen and action is Action.INCREASE:
        action = Action.HOLD
    fired = tuple(guard.reason for guard in ask.guards.fired)
    reasons = (*fired, *_lighter(ask, step), *sides.reasons, *step.reasons, *_noticed(ask))
    rir = ask.dose.target_rir
    return Advice(
        exercise=ask.exercise.id,
        variant=ask.exercise.id,
        action=action,
        plan=Prescription(
            sets=_set_plans(ask.exercise, step.sets, sides),
            rest_s=ask.dose.rest_s,
            target_rir=None if rir is None else rir + ask.guards.spare,
        ),
        reasons=reasons,
        sources=sources_of(reasons, ask.exercise),
        confidence=sureness(ask),
        days=rests_on(ask),
    )


def nothing(exercise: Exercise, reasons: tuple[Reason, ...]) -> Advice:
    """Rest, and why."""
    return Advice(
        exercise=exercise.id,
        variant=exercise.id,
        action=Action.REST,
        plan=Prescription(sets=(), rest_s=0),
        reasons=reasons,
        sources=sources_of(reasons, exercise),
        confidence=Confidence.HIGH,
    )


def instead(exercise: Exercise, action: Action, inner: Advice, *reasons: Reason) -> Advice:
    """Another exercise's advice as the answer for this one, with the reasons why first."""
    every = (*reasons, *inner.reasons)
    return replace(
        inner,
        exercise=exercise.id,
        action=inner.action if inner.action is Action.REST else action,
        reasons=every,
        sources=sources_of(every, exercise),
    )


def rests_on(ask: Ask) -> tuple[date, ...]:
    """The days of the sessions that count, newest first."""
    return tuple(one.day for one in reversed(ask.bouts[-2:]))


def sureness(ask: Ask) -> Confidence:
    """How far a rule can be trusted: by whether effort was told in the last two sessions."""
    return SURENESS[sum(one.rated for one in ask.bouts[-2:])]


def _noticed(ask: Ask) -> tuple[Reason, ...]:
    """That the runner did more than was asked, and that it goes on from there."""
    more = ask.course is not None and ask.course.last.cause == MORE
    return (Reason("NOTICED_MORE"),) if more and not ask.guards else ()


def _lighter(ask: Ask, step: Step) -> tuple[Reason, ...]:
    """Under a guard, how much lighter than the last session the load really is."""
    if not ask.guards or ask.course is None:
        return ()
    lifted = [tracker.lifted for tracker in ask.course.trackers.values()]
    last = max(lifted) if lifted else ask.course.last.done.load_kg
    now = max((m.load_kg for m in step.sets if m.load_kg is not None), default=None)
    if not last or now is None or now >= last:
        return ()
    return (Reason("LIGHTER", {"percent": round(100 * (1 - now / last), 1)}),)


def _for_side(measures: Measures, number: int, side: Side, sides: Balance) -> Measures:
    """What a side does: the stronger one no more than last time while it waits."""
    if not sides.frozen or side is sides.weak or measures.load_kg is None:
        return measures
    load, count = sides.frozen[min(number, len(sides.frozen)) - 1]
    if (measures.load_kg, measures.reps or 0) <= (load, count):
        return measures
    return replace(measures, load_kg=load, reps=count)


def _set_plans(exercise: Exercise, sets: Sequence[Measures], sides: Balance) -> tuple[SetPlan, ...]:
    """The sets of a plan; on each side where the exercise has sides, the weaker one first and, if
    it needs one, with a set more."""
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
